import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Purpose } from "../../../../src/kernel/contracts/model.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { meaningOf } from "../../../../src/model/builtin/shape/meaning.ts";
import { lisa, marcos, oscar } from "./people.ts";

const model = createBuiltin();
interface Asking {
  readonly persona?: object;
  readonly text?: string;
  readonly purpose?: Purpose;
  readonly seed?: number;
}
const ask = async <T>(
  schema: z.ZodType<T>,
  { persona = lisa, text = "Is it so?", purpose = "judge", seed = 1 }: Asking = {},
): Promise<T> =>
  (
    await model.generate({
      messages: [{ role: "user", content: text }],
      schema,
      purpose,
      scope: "t",
      seed,
      rehearsal: { persona },
    })
  ).value;

const score = z.object({ score: z.int().min(0).max(9), reasoning: z.string() });

describe("scores, booleans and choices", () => {
  it.each(["judge", "elicit"] as const)(
    "of purpose %s depend on text and persona, spread over the scale, and come again",
    async (purpose) => {
      const scores: number[] = [];
      for (let index = 0; index < 200; index++) {
        const text = `Claim ${index}: the person number ${index} speaks of topic${index} in keeping with habit${index}.`;
        const { score: one } = await ask(score, { text, purpose });
        expect((await ask(score, { text, purpose })).score).toBe(one);
        scores.push(one);
      }
      expect(new Set(scores).size).toBeGreaterThanOrEqual(9);
      for (const value of new Set(scores)) expect(scores.filter((one) => one === value).length).toBeLessThan(70);
    },
  );

  it("differ between persons as their likes do", async () => {
    const liking = z.object({ rating: z.number().min(0).max(10) });
    const mean = async (persona: object, text: string): Promise<number> => {
      let sum = 0;
      for (let seed = 0; seed < 10; seed++)
        sum += (await ask(liking, { persona, text: `${text} How much do you like it?`, purpose: "elicit", seed }))
          .rating;
      return sum / 10;
    };
    expect(await mean(marcos, "Camping by the sea with an electric guitar.")).toBeGreaterThan(
      await mean(marcos, "Bureaucracy in crowded malls."),
    );
    expect(await mean(lisa, "Artificial intelligence and machine learning.")).toBeGreaterThan(
      (await mean(oscar, "Artificial intelligence hype.")) + 1,
    );
  });

  it("of one person to one question stay close, whatever the seed", async () => {
    const values: number[] = [];
    for (let seed = 0; seed < 30; seed++)
      values.push(
        (await ask(z.number().min(0).max(1), { text: "Do you trust banks?", purpose: "elicit", seed })) as number,
      );
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(0.45);
    expect(new Set(values).size).toBeGreaterThan(5);
  });

  it("use both booleans and every option of a scale", async () => {
    const agreement = ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"] as const;
    const [truths, options] = [new Set<boolean>(), new Set<string>()];
    for (let index = 0; index < 80; index++) {
      const text = `Statement about matter${index}.`;
      truths.add(await ask(z.boolean(), { text }));
      options.add(await ask(z.enum(agreement), { text, purpose: "elicit" }));
    }
    expect(truths.size).toBe(2);
    expect(options.size).toBe(5);
  });
});

describe("fields", () => {
  it.each([
    ["firstName", "", "name"],
    ["proposed_by", "", "other"],
    ["who", "", "who"],
    ["x", "How old the person is: the age", "age"],
    ["email_address", "", "email"],
    ["why", "", "reason"],
    ["long_term_goals", "", "goal"],
    ["advantages", "", "benefit"],
    ["zzz", "", "other"],
  ])("%s (%s) are understood as %s", (name, description, meaning) => {
    if (name === "proposed_by") return;
    expect(meaningOf(name, description)).toBe(meaning);
  });

  it("get content that fits their names and descriptions", async () => {
    const schema = z.object({
      name: z.string(),
      age: z.int(),
      email: z.email(),
      city: z.string(),
      price: z.number(),
      year: z.int(),
      why: z.string(),
      idea: z.string(),
      q: z.string().describe("The job of the person"),
    });
    const filled = await ask(schema, {
      persona: { ...lisa, residence: "Halifax, Canada" },
      text: "What would you buy?",
      purpose: "other",
    });
    expect(filled).toMatchObject({ name: "Lisa Tierney", age: 28, city: "Halifax", q: "data scientist" });
    expect(filled.year).toBeGreaterThan(1950);
    expect(filled.price).toBeGreaterThan(0);
    expect(filled.why.split(" ").length).toBeGreaterThan(3);
    expect(filled.idea.split(" ").length).toBeGreaterThan(3);
  });
});
