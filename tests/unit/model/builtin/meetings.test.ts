import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { keyPhrases } from "../../../../src/model/builtin/character/topics/key-phrases.ts";
import { withCatchphrase } from "../../../../src/model/builtin/speech/voice/catchphrase.ts";
import { lisa, marcos, oscar, type TestTurn, turnSchema } from "./people.ts";

const model = createBuiltin();
const people = [lisa, oscar, marcos];
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const motion = "Every appliance should be sold with spare parts for ten years, even if it costs more.";
const opened = { from: "The chair", text: `The motion is: ${motion} For it: ${lisa.name}. Against it: ${oscar.name}.` };
const floor = {
  from: "The chair",
  text: `${oscar.name}, against the motion: you have the floor, for 80 words at the most.`,
};

interface Heard {
  readonly from: string;
  readonly text: string;
}

async function says(persona: { name: string }, heard: readonly Heard[], more: { goal?: string; seed: number }) {
  const others = people.map((one) => one.name).filter((name) => name !== persona.name);
  const goal = more.goal === undefined ? "" : `<goal from="${persona.name}">${more.goal}</goal>\n`;
  const content = `${goal}${heard.map((line) => `${line.from}: ${line.text}`).join("\n")}`;
  const { value } = await model.generate<TestTurn>({
    ...{ messages: [{ role: "user", content }], schema: turnSchema, purpose: "act", scope: "t", seed: more.seed },
    rehearsal: { persona, others, heard },
  });
  return value.actions.flatMap((action) => (action.type === "TALK" ? [action.content] : [])).join(" ");
}

/** Sentences of the stock that praise, and that doubt. */
const praises =
  /convinc|I would use it|friend of|place for|On balance I am for|chance|I am for|sign up|would suit|waited for|can come|say yes|honest about|I like the|go well with/i;
const doubts =
  /not convinced|wait a year|has to show me|other people may need|not spend|makes me think|I expect less|caution|I am against|is not for me|sleep better|nobody asked me|would not notice|say no/i;

describe("what is talked about in a meeting", () => {
  it.each([
    [motion, "spare parts"],
    ["From next month on, our app costs three euros a month. What you stored in it stays yours.", "app"],
    ["The release is two weeks late. What will you tell the customers, and who tells them?", "release"],
    ["From next month on, the public library closes on Sundays.", "public library"],
    ["Remote work should be a right on Saturdays.", "Remote work"],
    ["Thank you for taking the time.", undefined],
    ["What would it take to change your mind? Where do you draw the line?", undefined],
  ])("“%s”: %s", (text, topic) => expect(keyPhrases(text)[0]).toBe(topic));

  it("is what was put to it, and neither who chairs it nor who has the floor", async () => {
    const heard = [opened, floor, { from: lisa.name, text: "I would say yes to the spare parts." }, floor, floor];
    const said = await Promise.all(seeds.map((seed) => says(oscar, heard, { seed })));
    expect(said.filter((words) => words.includes("spare parts")).length).toBeGreaterThan(10);
    for (const words of said) expect(words).not.toMatch(/the (?:lisa|oscar|marcos|floor|motion|chair)\b/i);
  });

  it("is answered to those who spoke, not to the chair who gave the floor", async () => {
    const heard = [opened, floor, { from: lisa.name, text: "I would say yes to the spare parts." }, floor];
    const said = await Promise.all(seeds.map((seed) => says(oscar, heard, { seed })));
    expect(said.some((words) => words.includes("Lisa"))).toBe(true);
    expect(said.some((words) => /\bchair\b/i.test(words))).toBe(false);
  });

  it("is spoken for by whoever was told to, whatever they hold", async () => {
    for (const [side, right, wrong] of [
      ["for", praises, doubts],
      ["against", doubts, praises],
    ] as const) {
      const goal = `In this debate I speak ${side} the motion “${motion}”, whatever I think of it myself.`;
      const said = await Promise.all(
        people.flatMap((one) => seeds.map((seed) => says(one, [opened, floor], { goal, seed }))),
      );
      const about = said.flatMap((words) => words.split(/(?<=[.!?])\s/)).filter((one) => one.includes("spare parts"));
      expect(about.filter((one) => right.test(one)).length).toBeGreaterThan(20);
      expect(about.filter((one) => wrong.test(one) && !right.test(one))).toEqual([]);
    }
  });
});

describe("a vote", () => {
  const Vote = z.object({ because: z.string(), choice: z.enum(["for", "against", "abstain"]) });
  it("has a reason that speaks of what is voted on, and goes with the choice", async () => {
    const content = `The question: ${motion}\nYou can choose: for | against | abstain\n\nYou are asked to vote.`;
    const votes = await Promise.all(
      people.flatMap((persona) =>
        seeds.map(async (seed) => {
          const asked = { messages: [{ role: "user" as const, content }], schema: Vote, purpose: "elicit" as const };
          return (await model.generate({ ...asked, scope: "v", seed, rehearsal: { persona } })).value;
        }),
      ),
    );
    expect(votes.filter(({ because }) => because.includes("spare parts")).length).toBe(votes.length);
    for (const { because, choice } of votes) {
      expect(because).not.toMatch(/abstain/i);
      if (choice === "for") expect(because).not.toMatch(doubts);
      if (choice === "against") expect(because).toMatch(doubts);
    }
  });
});

describe("a table of worries", () => {
  const Worries = z.object({ worries: z.array(z.object({ who: z.string(), problem: z.string() })) });
  it("has what is held against the matter, and no answer to a person", async () => {
    const transcript = [
      "[world:hall#1.0] Oscar Ramsaran: Our app costs three euros a month.",
      "[world:hall#2.0] Lisa Brannigan: I hear you, Oscar, and I still disagree! I am against the app, to say it plainly. No.",
      "[world:hall#3.0] Marcos: How would that look in your job, Oscar?",
      "[world:hall#4.0] Marcos: I do not like to depend on others for that. I am for the app, and I do not need long to think. What would you do, Lisa?",
    ].join("\n");
    const { value } = await model.generate({
      ...{
        messages: [{ role: "user", content: transcript }],
        schema: Worries,
        purpose: "extract",
        scope: "x",
        seed: 1,
      },
    });
    expect(value.worries).toEqual([
      { who: "Lisa Brannigan", problem: "I am against the app, to say it plainly." },
      { who: "Marcos", problem: "I do not like to depend on others for that." },
    ]);
  });
});

describe("a catchphrase that wants a sentence", () => {
  it("has one, or is not said", () => {
    const phrase = "It has been observed that…";
    expect(withCatchphrase(["I would wait."], phrase, "en")).toEqual(["It has been observed that I would wait."]);
    expect(withCatchphrase(["No quarrel from me, Doreen."], phrase, "en")).toEqual(["No quarrel from me, Doreen."]);
  });
});
