import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LivedTurn } from "../../../../src/kernel/contracts/faculty.ts";
import { SocialFaculty } from "../../../../src/person/faculties/social/social-faculty.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, says, testPerson, textOf } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const quiet = { actions: [{ type: "DONE" }] };

/** Lisa says something, and hears these from Oscar, one a turn. */
async function hears(said: string, heard: readonly string[], options: { readonly source?: string } = {}) {
  const social = new SocialFaculty();
  const script = [says(said), ...heard.map(() => quiet), quiet];
  const one = testPerson(script, { faculties: [social] });
  await one.person.listenAndAct("What is a good kettle?", "Ilse");
  for (const text of heard) await one.person.listenAndAct(text, options.source ?? "Oscar");
  const oscar = async () => (await social.others(one.person)).find(({ name }) => name === "Oscar");
  return { ...one, social, oscar };
}

describe("the picture of somebody", () => {
  it("has what they said, by the event that brought it", async () => {
    const { oscar, context } = await hears("One that can be repaired.", ["I bought mine in Porto last year."]);
    const heard = context.events.find((event) => event.type === "stimulus" && event.stimulus.source === "Oscar");
    expect((await oscar())?.said).toEqual([{ event: heard?.id, text: "I bought mine in Porto last year." }]);
    expect(await oscar()).toMatchObject({ first: heard?.id, last: heard?.id, times: 1 });
  });

  it("has their stance on what they answer, and loses trust where they contradict without a reason", async () => {
    const { oscar } = await hears("A kettle should be repairable.", ["I do not agree with you."]);
    expect((await oscar())?.stances).toMatchObject([
      { topic: "A kettle should be repairable.", stance: "against", firmness: 0.6 },
    ]);
    expect((await oscar())?.reasons.map(({ cue }) => cue)).toEqual(["contradiction"]);
    expect((await oscar())?.trust).toBeLessThan(0.5);
  });

  it("takes up the sentence that is answered, of whoever is named", async () => {
    const said = "The harbour should have a longer bridge for everybody who walks. Kettles should have spare parts.";
    const { oscar } = await hears(said, ["Lisa, I don't buy that about kettles, because mine broke."]);
    expect((await oscar())?.stances).toMatchObject([{ topic: "Kettles should have spare parts.", stance: "against" }]);
  });

  it("keeps trust where a contradiction has its reason, and gains by agreement", async () => {
    const because = await hears("A kettle should be repairable.", ["I don't buy that, because the parts cost more."]);
    expect((await because.oscar())?.tally).toEqual({ reason: 1 });
    const agreed = await hears("A kettle should be repairable.", ["Exactly, that is what I have said all along."]);
    expect((await agreed.oscar())?.tally).toEqual({ agreement: 1 });
    expect((await agreed.oscar())?.trust).toBeGreaterThan(0.5);
  });

  it("notices who changes sides without a reason", async () => {
    const { oscar } = await hears("A kettle should be repairable.", [
      "I don't buy that, because the parts are dear.",
      "Lisa, I agree with you.",
    ]);
    expect((await oscar())?.reasons.map(({ cue }) => cue)).toEqual(["reason", "agreement", "turnabout"]);
    expect((await oscar())?.stances.map(({ stance }) => stance)).toEqual(["for"]);
  });

  it("knows how they stand to each other from the persona, and rather from a note", async () => {
    const social = new SocialFaculty();
    const persona = { relationships: [{ name: "Oscar", description: "Your brother." }] };
    const { person } = testPerson([quiet], { faculties: [social], persona });
    await person.listenAndAct("Hello.", "Oscar");
    expect((await social.others(person))[0]?.relation).toBe("Your brother.");
    await person.memory.remember("Oscar owes me money.", { kind: "relationship", about: ["Oscar"] });
    expect((await social.others(person))[0]?.relation).toBe("Oscar owes me money.");
  });

  it("judges nothing in a language without word lists", async () => {
    const { oscar } = await hears("A kettle should be repairable.", ["En ole samaa mieltä, koska se on kallis."]);
    expect(await oscar()).toMatchObject({ trust: 0.5, tally: {}, stances: [], times: 1 });
  });
});

describe("what comes to mind of those who are there", () => {
  it("stands in the last message when they speak or are within reach, and not otherwise", async () => {
    const { person, model } = await hears("A kettle should be repairable.", ["No, I don't buy that."]);
    await person.listenAndAct("And you?", "Ilse");
    expect(promptOf(model.requests.at(-1))).not.toContain("What you think of");
    const again = await hears("A kettle should be repairable.", ["No, I don't buy that.", "Well then."]);
    expect(textOf(again.model.requests.at(-1)?.messages.at(-1))).toMatchInlineSnapshot(`
      "<now>
      What you remember:
      - What you think of Oscar: trust 0.3, as they contradicted you without a reason; against “A kettle should be repairable.”
      </now>
      One thing is new to you: what the message above holds. Go on as Lisa: \`state\`, then \`actions\`."
    `);
    again.person.makeAccessible({ name: "Oscar" });
    await again.person.listenAndAct("And you?", "Ilse").catch(() => undefined);
    expect(promptOf(again.model.requests.at(-1))).toContain("What you think of Oscar");
  });

  it("stays within its bounds, however many are there and whatever they say", async () => {
    const social = new SocialFaculty();
    const names = Array.from({ length: 200 }, (_, index) => `Person ${index}`);
    const answers = Array.from({ length: 3 }, () => says("We need a library, a harbour and a longer bridge here."));
    const { person, model } = testPerson(answers, { faculties: [social] });
    for (let turn = 0; turn < 3; turn++) {
      for (const name of names)
        person.listen(`No, I disagree. ${"The harbour and the bridge are not what we want here. ".repeat(50)}`, name);
      await person.act();
    }
    expect(await social.others(person)).toHaveLength(150);
    const lines = textOf(model.requests.at(-1)?.messages.at(-1)).match(/What you think of.*/gu) ?? [];
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.length).toBeLessThanOrEqual(4);
    expect(lines.join("").length).toBeLessThan(800);
    for (const { said } of await social.others(person))
      for (const { text } of said) expect(text.length).toBeLessThan(161);
  });

  it("leaves prompt and calls alone until somebody was heard", async () => {
    const [without, having] = [testPerson([quiet]), testPerson([quiet], { faculties: [new SocialFaculty()] })];
    await without.person.listenAndAct("Hello.", "Oscar");
    await having.person.listenAndAct("Hello.", "Oscar");
    expect(promptOf(having.model.requests[0])).toBe(promptOf(without.model.requests[0]));
  });
});

const turnArbitrary = fc.record({
  heard: fc.array(fc.tuple(fc.constantFrom("Oscar", "Marcos", "Lisa", ""), fc.constantFrom(...sentences())), {
    maxLength: 4,
  }),
  said: fc.option(fc.constantFrom(...sentences())),
});

function sentences(): string[] {
  return [
    "Yes, exactly.",
    "No, I don't buy that.",
    "I disagree, because it cost me 20 euros.",
    "Great point, Lisa!",
    "The bridge should be longer and wider.",
    "Oscar, you are right about the bridge.",
    "Ich bin dagegen, weil es zu teuer ist.",
  ];
}

function lifeOf(turns: readonly { heard: readonly (readonly [string, string])[]; said: string | null }[]): LivedTurn[] {
  return turns.map(({ heard, said }, turn) => ({
    id: `t#${turn}`,
    presented: heard.map(([source, content], index) => ({
      id: `s#${turn}.${index}`,
      stimulus: { type: "CONVERSATION", content, ...(source !== "" && { source }) },
    })),
    actions: said === null ? [] : [{ type: "TALK", content: said }],
  }));
}

describe("the picture follows from the life alone", () => {
  const about = (life: readonly LivedTurn[]) => ({
    ...{ name: "Lisa", life, persona: { name: "Lisa" } as never, memory: { notes: async () => [] } },
  });

  it("comes to the same whether it is asked for after each turn or once at the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turnArbitrary, { maxLength: 12 }), async (turns) => {
        const life = lifeOf(turns);
        const growing: LivedTurn[] = [];
        const often = new SocialFaculty();
        for (const turn of life) {
          growing.push(turn);
          await often.others(about(growing));
        }
        const others = await often.others(about(growing));
        expect(others).toEqual(await new SocialFaculty().others(about(life)));
        expect(others.map(({ name }) => name)).not.toContain("Lisa");
        for (const { trust, reasons } of others) {
          for (const value of [trust, ...reasons.map((one) => one.trust)]) {
            expect(value).toBeGreaterThan(0);
            expect(value).toBeLessThan(1);
          }
        }
      }),
    );
  });

  it("comes back with the person, and the next prompt is the same", async () => {
    const { person, model, social } = await hears("A kettle should be repairable.", ["No, I don't buy that."]);
    const saved = JSON.parse(JSON.stringify(await person.snapshot()));
    const later = scriptedModel([quiet]);
    const context = testContext({ model: later }).fork("person:lisa");
    const loaded = TinyPerson.restore(saved, context, { faculties: [social] });
    const strip = (one: unknown): unknown => JSON.parse(JSON.stringify(one).replaceAll("test-run:", ""));
    expect(strip(await social.others(loaded))).toEqual(strip(await social.others(person)));
    await person.listenAndAct("Well?", "Oscar");
    await loaded.listenAndAct("Well?", "Oscar");
    expect(promptOf(later.requests.at(-1))).toBe(promptOf(model.requests.at(-1)));
    expect(promptOf(later.requests.at(-1))).toContain("What you think of Oscar");
  });
});
