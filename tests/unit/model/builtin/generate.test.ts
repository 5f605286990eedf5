import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { jobIn } from "../../../../src/model/builtin/plays/persona/trade.ts";
import { personaSchema } from "../../../../src/persona/schema.ts";
import { fullSchema, smallSchema } from "../../../../src/population/factory-schema.ts";
import { overlapOf } from "./people.ts";

const model = createBuiltin();
const make = async <T>(
  schema: z.ZodType<T>,
  description: string,
  more: { seed?: number; others?: string[] } = {},
): Promise<T> =>
  (
    await model.generate({
      messages: [
        { role: "system", content: "You invent one person." },
        { role: "user", content: description },
      ],
      schema,
      purpose: "generate",
      scope: "t",
      seed: more.seed ?? 1,
      rehearsal: { others: more.others ?? [] },
    })
  ).value;

describe("persons made by the built-in model", () => {
  it("are what the description says, in its words", async () => {
    const doctor = await make(
      fullSchema,
      "A Brazilian person that is a doctor, 44 years old, likes pets and the nature and loves heavy metal but hates bureaucracy. Shy.",
    );
    expect(doctor).toMatchObject({
      age: 44,
      nationality: "Brazilian",
      residence: expect.stringContaining("Brazil"),
      occupation: { title: "Doctor" },
    });
    expect(doctor.languages[0]).toBe("Portuguese");
    expect(doctor.preferences.interests.join("; ").toLowerCase()).toMatch(/pets; the nature; heavy metal/);
    expect(doctor.preferences.dislikes[0]?.toLowerCase()).toBe("bureaucracy");
    expect(doctor.personality.big_five.extraversion).toMatch(/^Low/);
    expect(doctor.other_facts[0]).toContain("Brazilian person");
    const banker = await make(
      fullSchema,
      "<setting>\nA large Brazilian bank.\n</setting>\n<particularities>\nA vice-president of product named Elisa Prado, under pressure.\n</particularities>\n<taken>\nOscar Brandt\n</taken>",
    );
    expect(banker).toMatchObject({
      name: "Elisa Prado",
      nationality: "Brazilian",
      occupation: { title: "Vice-president of product", organization: expect.stringContaining("bank") },
    });
    expect(banker.personality.big_five.neuroticism).toMatch(/^High/);
  });

  it.each([
    ["A vice-president of product, 48", "vice-president of product"],
    ["somebody who works as a nurse in Lyon", "nurse"],
    ["a retired school teacher", "retired school teacher"],
    ["a quiet man from Leeds", undefined],
    ["a software engineer who likes chess", "software engineer"],
  ])("know the job in “%s”", (text, job) => expect(jobIn(text)).toBe(job));

  it("are whole, valid, and different for each seed", async () => {
    const people = await Promise.all(
      Array.from({ length: 30 }, (_, seed) => make(fullSchema, "A customer of a supermarket.", { seed })),
    );
    for (const person of people) {
      expect(personaSchema.safeParse(person).success).toBe(true);
      for (const list of [
        person.personality.traits,
        person.preferences.interests,
        person.preferences.likes,
        person.beliefs,
        person.other_facts,
      ]) {
        expect(new Set(list).size).toBe(list.length);
        expect(list.length).toBeGreaterThanOrEqual(6);
      }
      expect(JSON.stringify(person)).not.toMatch(/[{]\w+[}]|undefined/);
    }
    expect(new Set(people.map((person) => person.name)).size).toBeGreaterThan(27);
    expect(new Set(people.map((person) => person.nationality)).size).toBeGreaterThan(8);
    expect(new Set(people.map((person) => person.occupation.title)).size).toBeGreaterThan(10);
    expect(overlapOf(people[0]?.beliefs.join(" ") ?? "", people[1]?.beliefs.join(" ") ?? "")).toBeLessThan(0.8);
  });

  it("hang together: age and schooling fit the job, temper fits the traits", async () => {
    for (let seed = 0; seed < 40; seed++) {
      const person = await make(fullSchema, "Somebody.", { seed });
      if (/Student/.test(person.occupation.title)) expect(person.age).toBeLessThan(30);
      if (/Retired/.test(person.occupation.title)) expect(person.age).toBeGreaterThan(60);
      const outgoing = person.personality.traits.some((trait) => /strangers in queues|fill a room/.test(trait));
      if (outgoing) expect(person.personality.big_five.extraversion).not.toMatch(/^Low/);
    }
  });

  it("never have a name that is taken", async () => {
    const taken: string[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const { name } = await make(smallSchema, "A Polish electrician.", { seed: 7, others: [...taken] });
      expect(taken).not.toContain(name);
      taken.push(name);
    }
  });

  it("come in lists too, each another one", async () => {
    const schema = z.object({ people: z.array(z.object({ name: z.string(), age: z.int(), job: z.string() })).min(5) });
    const { people } = await make(schema, "People of a village in Ghana.");
    expect(new Set(people.map((person) => person.name)).size).toBe(people.length);
  });
});
