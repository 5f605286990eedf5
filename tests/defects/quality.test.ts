import { expect, it } from "vitest";
import { checkProposition, computeScore, judge } from "../../src/judge/judge.ts";
import { stockPropositions } from "../../src/judge/stock.ts";
import type { TranscriptEntry } from "../../src/kernel/contracts/events.ts";
import { utility } from "../../src/person/quality/utility.ts";
import { testContext } from "../support/context.ts";
import { textOf } from "../support/person.ts";
import { dull, fieldsOf, good, looked, other, talk, think, turn } from "../support/quality.ts";
import { type Script, scriptedModel } from "../support/scripted-model.ts";

const reaching = { type: "REACH_OUT", target: "Oscar" };

it("B13: a turn is looked at by all that is said and thought in it, not by its first action alone", async () => {
  const { person, calls } = looked([turn(reaching, talk("Come over here.")), turn(reaching)]);
  for (const question of ["Who is there?", "And now?"]) await person.listenAndAct(question);
  expect(calls()).toEqual(["act", "act", "judge"]);
});

it("B14: of several drafts, the one that repeats less ranks higher", () => {
  const review = { by: "turn", passed: false, findings: [], verdicts: [] } as const;
  const worth = [0, 1, 2, 3].map((repeated) =>
    utility({ actions: Array(3 - repeated).fill(talk("a")), repeated: Array(repeated).fill(talk("b")) }, review),
  );
  expect(worth).toEqual(worth.toSorted((one, two) => two - one));
  expect(new Set(worth).size).toBe(4);
});

it("B15: looking at a turn takes one call, and each answer of it is read", async () => {
  const { person, judging, calls } = looked([good], { quality: "strict" });
  const { quality } = await person.listenAndAct("Well?");
  const read = quality?.drafts[0]?.verdicts.flatMap(({ kind, proposition }) => (kind === "score" ? [proposition] : []));
  expect(read?.map((name) => name.replaceAll("-", "_"))).toEqual(fieldsOf(judging.requests[0]));
  expect(calls()).toEqual(["act", "judge"]);
});

it.each(["regenerate", "rewrite"] as const)("B16: a turn of several actions can be put right: %s", async (repair) => {
  const several = turn(think("Hm."), talk("As an AI, no.", "Oscar"), talk("Hello.", "Ann"));
  const mended = turn(think("Hm."), talk("No.", "Oscar"), talk("Hello.", "Ann"));
  const answer = repair === "regenerate" ? mended : { texts: [{ number: 2, content: "No." }] };
  const { person } = looked([several, answer], { quality: { repair } });
  expect((await person.listenAndAct("Well?")).actions).toEqual(mended.actions);
});

it("B37: shares are shares of turns, however many drafts these had, and of nothing there is none", async () => {
  const { person } = looked([good, dull, other]);
  expect(person.quality).toMatchObject({ turns: 0, firstTryShare: undefined, repairedShare: undefined });
  for (const question of ["One?", "Two?"]) await person.listenAndAct(question);
  expect(person.quality).toMatchObject({ turns: 2, drafts: 3, firstTryShare: 1 / 2, repairedShare: 1 });
});

const entries: readonly TranscriptEntry[] = [
  { id: "a#0.0", kind: "action", type: "REACH_OUT", from: "Lisa", to: ["Oscar"], text: "" },
  { id: "a#0.1", kind: "action", type: "TALK", from: "Lisa", to: ["Oscar"], text: "I never drink tea." },
];

function subject(script: Script) {
  const model = scriptedModel(script);
  const context = testContext({ model });
  return { model, name: "Lisa", context: context.fork("person:lisa"), transcript: () => entries };
}
const claimed = (answer: object, quote = "never drink tea") => ({
  claim: { why: "She says so.", evidence: [{ entry: 2, quote }], ...answer },
});

it("A35: a claim can be checked and scored, and what rests on nothing is an error, never a number", async () => {
  const lisa = subject([
    claimed({ holds: true }),
    claimed({ score: 9 }),
    ...[1, 2].map(() => claimed({ score: 9 }, "I love tea")),
  ]);
  expect(await checkProposition(lisa, "Lisa drinks no tea.")).toMatchObject({ kind: "truth", holds: true });
  expect(await computeScore(lisa, "Lisa drinks no tea.")).toMatchObject({ kind: "score", score: 9 });
  await expect(computeScore(lisa, "Lisa drinks tea.")).rejects.toMatchObject({ code: "MODEL_INVALID" });
});

it("A36: all actions are judged, and a precondition asks all of them", async () => {
  const lisa = subject([{ fluency: claimed({ score: 8 }).claim }]);
  const { verdicts } = await judge(lisa, [stockPropositions.fluency]);
  expect(verdicts).toMatchObject([{ kind: "score", score: 8 }]);
  expect(textOf(lisa.model.requests[0]?.messages.at(-1))).toContain(
    "[1] Lisa to Oscar [REACH_OUT]\n[2] Lisa to Oscar: I never",
  );
});
