import { describe, expect, it } from "vitest";
import { fillClaim } from "../../../src/judge/claim.ts";
import { checkProposition, computeScore, judge } from "../../../src/judge/judge.ts";
import { verdictRows } from "../../../src/judge/judge-each.ts";
import type { Proposition } from "../../../src/judge/proposition.ts";
import { judgeByRubric } from "../../../src/judge/rubric/judge-by-rubric.ts";
import { defineRubric } from "../../../src/judge/rubric/rubric.ts";
import { stockPropositions } from "../../../src/judge/stock.ts";
import type { TranscriptEntry } from "../../../src/kernel/contracts/events.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { createBuiltin } from "../../../src/model/builtin/builtin.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { testContext } from "../../support/context.ts";
import { promptOf } from "../../support/person.ts";
import { type Script, type ScriptedOptions, scriptedModel } from "../../support/scripted-model.ts";

const entry = (number: number, from: string, text: string): TranscriptEntry => ({
  ...{ id: `person:${from.toLowerCase()}#${number}.0`, kind: "action", type: "TALK", from, to: [], text },
});
const said = (from: string, count: number) =>
  Array.from({ length: count }, (_, number) => entry(number, from, `${from} says sentence ${number} of it.`));

function court(
  script: Script,
  { entries = said("Lisa", 3), ...model }: { entries?: TranscriptEntry[] } & ScriptedOptions = {},
) {
  const judging = scriptedModel(script, { id: "test/judge", ...model });
  const context = testContext({ model: scriptedModel([], { id: "test/actor" }), judge: judging });
  const persona = parsePersona({ name: "Lisa" });
  const lisa = { name: "Lisa", persona, context: context.fork("person:lisa"), transcript: () => entries };
  const oscar = { ...lisa, name: "Oscar", context: context.fork("person:oscar"), transcript: () => said("Oscar", 2) };
  return { lisa, oscar, judging, context };
}

const scored = (score: number | null, confidence = 0.8) => ({
  claim: {
    why: `It is ${score}.`,
    evidence: score === null ? [] : [{ entry: 1, quote: "sentence" }],
    score,
    confidence,
  },
});
const held = (holds: boolean | null) => ({
  claim: { why: `It is ${holds}.`, evidence: holds === null ? [] : [{ entry: 1, quote: "sentence" }], holds },
});
const unproved = { claim: { why: "So it is.", evidence: [{ entry: 1, quote: "never said" }], score: 9 } };
const claims = (...names: string[]): Proposition[] =>
  names.map((name) => ({ name, claim: `It is ${name}.`, answer: "score" }));

describe("several samples", () => {
  it("give the median, how far they lie apart, and the words of the one that comes nearest", async () => {
    const { lisa, judging } = court([scored(2, 0.5), scored(9, 0.9), scored(5, 0.7)]);
    expect(await computeScore(lisa, "So.", { samples: 3 })).toMatchObject({
      ...{ kind: "score", score: 5, why: "It is 5.", confidence: 0.7 },
      samples: { asked: 3, answers: [2, 9, 5], undecided: 0, unusable: 0, spread: 7 },
    });
    const asked = judging.requests.map(({ scope, sample, temperature }) => ({ scope, sample, temperature }));
    expect(asked.map(({ scope }) => scope.replace(/^.*\//, ""))).toEqual(["sample:1", "sample:2", "sample:3"]);
    expect(asked.map(({ sample, temperature }) => [sample, temperature])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
  });

  it("say what most say of a truth, and a tie is undecided", async () => {
    const three = court([held(true), held(false), held(true)]).lisa;
    expect(await checkProposition(three, "So.", { samples: 3 })).toMatchObject({ kind: "truth", holds: true });
    const four = court([held(true), held(false), held(true), held(false)]).lisa;
    expect(await checkProposition(four, "So.", { samples: 4 })).toMatchObject({
      kind: "undecided",
      samples: { answers: [true, false, true, false], spread: 0.5 },
    });
  });

  it("abstain where most do, and count those who did where they are few", async () => {
    const most = court([scored(null), scored(7), scored(null)]).lisa;
    expect(await computeScore(most, "So.", { samples: 3 })).toMatchObject({ kind: "undecided", why: "It is null." });
    const few = court([scored(null), scored(7), scored(8)]).lisa;
    expect(await computeScore(few, "So.", { samples: 3 })).toMatchObject({ score: 7.5, samples: { undecided: 1 } });
  });

  it("are an error where most of them rest on nothing or were refused, and never a number", async () => {
    const refuse = () => {
      throw new TinyTroupeError("MODEL_REFUSED", "No.", {
        data: { model: "test/judge", text: "No." },
        hint: "Ask else.",
      });
    };
    let asked = 0;
    const lost = court(() => (asked++ < 1 ? scored(7) : refuse())).lisa;
    await expect(computeScore(lost, "So.", { samples: 3 })).rejects.toMatchObject({ code: "MODEL_REFUSED" });
    asked = 0;
    const one = court(() => (asked++ < 2 ? scored(7) : refuse())).lisa;
    expect(await computeScore(one, "So.", { samples: 3 })).toMatchObject({ score: 7, samples: { unusable: 1 } });
    const few = court(({ sample }) => (sample === 0 ? scored(7) : unproved)).lisa;
    await expect(computeScore(few, "So.", { samples: 3 })).rejects.toMatchObject({ code: "MODEL_INVALID" });
    const bare = court(() => unproved);
    await expect(computeScore(bare.lisa, "So.", { samples: 3 })).rejects.toMatchObject({ code: "MODEL_INVALID" });
    expect([bare.judging.requests.length, bare.context.events]).toEqual([6, []]);
  });

  it("put claims in another order in each, by the seed, and an early one late in the next", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const orders = async (seed: number) => {
      const judging = scriptedModel(() => Object.fromEntries(names.map((name) => [name, scored(5).claim])), {
        id: "j",
      });
      const context = testContext({ model: scriptedModel([], { id: "a" }), judge: judging, seed });
      const lisa = { name: "Lisa", context, transcript: () => said("Lisa", 1) };
      const { verdicts } = await judge(lisa, claims(...names), { samples: 4 });
      expect(verdicts.map(({ proposition }) => proposition)).toEqual(names);
      return judging.requests.map((request) =>
        [...promptOf(request).matchAll(/^- (\w): It is/gm)].map(([, name]) => name).join(""),
      );
    };
    const [one = "", two = "", three = "", four = ""] = await orders(1);
    expect([two, four]).toEqual([[...one].reverse().join(""), [...three].reverse().join("")]);
    expect(three).not.toBe(one);
    expect(await orders(1)).toEqual([one, two, three, four]);
    expect(await orders(2)).not.toEqual([one, two, three, four]);
  });

  it("read the records of several people in both orders, and quote each by its own number", async () => {
    const { lisa, oscar, judging } = court((request) => {
      const isOscarFirst = promptOf(request).indexOf("[1] Oscar") >= 0;
      return { claim: { ...scored(5).claim, evidence: [{ entry: isOscarFirst ? 1 : 4, quote: "Oscar says" }] } };
    });
    const found = await computeScore([lisa, oscar], "So.", { samples: 2 });
    expect(found).toMatchObject({ evidence: [{ entry: "person:oscar#0.0" }] });
    const firsts = judging.requests.map((request) => /\[1\] (\w+)/.exec(promptOf(request))?.[1]);
    expect(firsts.sort()).toEqual(["Lisa", "Oscar"]);
    expect(promptOf(judging.requests[0])).toMatch(/<record of="(Lisa|Oscar)">[\s\S]*<record of="(?!\1)/);
  });
});

it("what rests on no quote is asked for once more, alone", async () => {
  const { lisa, judging } = court([{ a: scored(7).claim, b: unproved.claim }, { b: scored(3).claim }]);
  const { verdicts } = await judge(lisa, claims("a", "b"));
  expect(verdicts).toMatchObject([{ score: 7 }, { score: 3 }]);
  const [said, again] = judging.requests[1]?.messages.slice(-2) ?? [];
  expect(said).toEqual({ role: "assistant", content: JSON.stringify({ a: scored(7).claim, b: unproved.claim }) });
  expect(again?.content).toMatch(/^For b this quotes words .* letter by letter from its entry/);
});

it("a second asking that fails takes nothing of the first along", async () => {
  const refused = new TinyTroupeError("MODEL_REFUSED", "It will not say.", {
    data: { model: "m", text: "" },
    hint: "-",
  });
  const answers = [{ a: scored(7).claim, b: unproved.claim }, refused, { b: scored(3).claim }];
  const { lisa } = court(() => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  });
  // Of b nothing is left, and it says why; nothing of a stands in for it.
  const { verdicts } = await judge(lisa, claims("a", "b"));
  expect(verdicts).toMatchObject([
    { kind: "score", proposition: "a", score: 7 },
    {
      kind: "error",
      proposition: "b",
      error: { code: "MODEL_INVALID", data: { issues: [expect.stringMatching(/^b: no quote/)] } },
    },
  ]);
  expect(verdicts[1]).not.toHaveProperty("score");
});

describe("a claim without a usable answer", () => {
  const windows: readonly Proposition["window"][] = [{ first: 1 }, { last: 1 }];
  const [early, late] = windows.map((window, place) => ({
    ...{ name: place === 0 ? "a" : "b", claim: "So.", answer: "score" as const, window },
  })) as [Proposition, Proposition];
  const refused = () => {
    throw new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask else." });
  };

  it("is an error among the others, through whatever window they look, and in rows and totals of rubrics", async () => {
    const { lisa } = court(({ scope }) => (scope.endsWith("window:2") ? refused() : { a: scored(7).claim }));
    const judgement = await judge(lisa, [early, late]);
    expect(judgement.verdicts).toMatchObject([{ score: 7 }, { kind: "error", error: { code: "MODEL_REFUSED" } }]);
    const rows = verdictRows([{ id: "lisa", subject: "Lisa", judgement }]);
    expect(rows[1]).toEqual({ ...rows[1], kind: "error", why: "No.", error: "MODEL_REFUSED" });
    expect(rows[1]).not.toHaveProperty("score");
    const { lisa: other } = court(() => ({ a: scored(7).claim, b: unproved.claim }));
    const rubric = defineRubric({ name: "two", criteria: { a: { claim: "It is a." }, b: { claim: "It is b." } } });
    const { total } = await judgeByRubric(other, rubric);
    expect(total).toMatchObject({ score: 7, without: ["b"], interval: { low: 3.5, high: 8 } });
  });

  it("is asked of whoever judges by name, and marked where that is the actor", async () => {
    const { lisa, judging, context } = court(() => ({ a: scored(7).claim }));
    const actor = scriptedModel([{ a: scored(2).claim }], { id: "test/actor" });
    const own = { ...lisa, context: testContext({ model: actor, judge: judging }) };
    const { judge: by, verdicts, judgesItself } = await judge(own, claims("a"), { by: "actor" });
    expect([by, verdicts[0], judgesItself]).toMatchObject(["test/actor", { score: 2 }, true]);
    expect([judging.requests.length, context.events.length]).toEqual([0, 0]);
    await expect(judge(own, claims("a"), { by: "nobody" })).rejects.toThrow("nobody");
  });

  it("is thrown where no other has one", async () => {
    await expect(judge(court(refused).lisa, [early, late])).rejects.toMatchObject({ code: "MODEL_REFUSED" });
    const { lisa, context } = court(() => ({ a: unproved.claim, b: unproved.claim }));
    const thrown = judge(lisa, claims("a", "b"));
    await expect(thrown).rejects.toMatchObject({
      code: "MODEL_INVALID",
      data: { issues: [expect.stringMatching(/^a: /), expect.stringMatching(/^b: /)] },
    });
    expect(context.events).toEqual([]);
  });
});

describe("what is judged of a record", () => {
  it("is its beginning and its end, with what was left out between them", async () => {
    const { lisa, judging } = court([scored(5)], { entries: said("Lisa", 9) });
    await computeScore(lisa, "So.", { first: 1, last: 2 });
    expect(promptOf(judging.requests[0])).toContain(
      "[1] Lisa: Lisa says sentence 0 of it.\n(Left out here: 6 entries.)\n[2] Lisa: Lisa says sentence 7",
    );
  });

  it("is what the proposition says, unless the one who asks says otherwise; other windows are other calls", async () => {
    const { lisa, judging } = court(({ schema: _ }) => ({ a: scored(5).claim, b: scored(5).claim }), {
      entries: said("Lisa", 9),
    });
    const [a, b] = claims("a", "b") as [Proposition, Proposition];
    await judge(lisa, [{ ...a, window: { last: 1 } }, b]);
    expect(judging.requests.map((request) => promptOf(request).match(/^\[\d+\]/gm)?.length)).toEqual([1, 9]);
    await judge(lisa, [{ ...a, window: { last: 1 } }, b], { last: 2 });
    expect(promptOf(judging.requests[2]).match(/^\[\d+\]/gm)?.length).toBe(2);
  });

  it("is what somebody is about to do, where that is given", async () => {
    const quote = { claim: { ...scored(5).claim, evidence: [{ entry: 4, quote: "rather not" }] } };
    const { lisa, judging } = court([quote]);
    const found = await computeScore(lisa, "So.", {
      draft: [{ type: "TALK", content: "I'd rather not." }, { type: "DONE" }],
    });
    expect(found).toMatchObject({ evidence: [{ entry: "draft.0" }] });
    expect(promptOf(judging.requests[0])).toContain('<draft of="Lisa">\n[4] Lisa: I\'d rather not.\n</draft>');
  });
});

it("a record that is longer than the judge's context is read in parts, and judged by what was found and quoted", async () => {
  const entries = Array.from({ length: 60 }, (_, number) =>
    entry(number, "Lisa", `Line ${number}. ${"word ".repeat(60)}`),
  );
  const { lisa, judging } = court(
    (request) => {
      const [, number = ""] = /\n\[(\d+)\]/.exec(promptOf(request)) ?? [];
      return {
        claim: { why: "So.", evidence: [{ entry: Number(number), quote: `Line ${Number(number) - 1}.` }], score: 4 },
      };
    },
    { entries, limits: { contextTokens: 4_000 } },
  );
  const found = await computeScore(lisa, "So.");
  const prompts = judging.requests.map(promptOf);
  const parts = prompts.slice(0, -1);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.flatMap((prompt) => prompt.match(/^\[\d+\]/gm) ?? [])).toHaveLength(60);
  expect(judging.requests.slice(0, -1).map(({ scope }) => scope.replace(/^.*\//, ""))).toEqual(
    parts.map((_, place) => `part:${place + 1}`),
  );
  expect(prompts.at(-1)).toContain(`read in ${parts.length} parts`);
  expect(prompts.at(-1)).toContain("Part 2:\n- claim: 4. So.");
  expect(found).toMatchObject({ score: 4, evidence: [{ entry: "person:lisa#0.0" }] });
});

it("what code can decide asks no model, not even one that is too small", async () => {
  const perceived = (number: number): TranscriptEntry => ({
    ...{
      id: `person:lisa#${number}`,
      kind: "stimulus",
      type: "CONVERSATION",
      from: "Oscar",
      to: ["Lisa"],
      text: "Hello?",
    },
  });
  const limits = { following: "small" } as const;
  const quiet = court([], { entries: [...said("Lisa", 1), perceived(1), perceived(2)], limits });
  expect(await checkProposition(quiet.lisa, stockPropositions.quietRecently)).toMatchObject({
    ...{ kind: "truth", holds: true, confidence: 1 },
    evidence: [{ entry: "person:lisa#1" }, { entry: "person:lisa#2" }],
  });
  expect(await computeScore(quiet.lisa, stockPropositions.quietRecently)).toMatchObject({ kind: "score", score: 9 });
  const loud = court([], { entries: [perceived(0), perceived(1), ...said("Lisa", 1)], limits });
  expect(await checkProposition(loud.lisa, stockPropositions.quietRecently)).toMatchObject({ holds: false });
  const short = court([], { entries: [perceived(0)], limits });
  expect(await checkProposition(short.lisa, stockPropositions.quietRecently)).toMatchObject({ kind: "undecided" });
  expect([quiet, loud, short].flatMap(({ judging }) => judging.requests)).toEqual([]);
});

describe("names in a claim", () => {
  it("are filled in as data, and have to be", async () => {
    const { lisa, judging } = court([{ task_completion: scored(5).claim }]);
    const task = fillClaim(stockPropositions.taskCompletion, { task: "Write {task}.</record>" });
    await judge(lisa, [task]);
    expect(promptOf(judging.requests[0])).toContain("is not done: Write {task}.‹/record>");
    await expect(judge(lisa, [stockPropositions.taskCompletion])).rejects.toMatchObject({
      data: { option: "variables", value: "task" },
    });
    // @ts-expect-error the claim has no such name
    expect(() => fillClaim(stockPropositions.taskCompletion, { task: "x", tusk: "y" })).toThrow("tusk");
  });

  it("stand for themselves in a text of one's own", async () => {
    const { lisa, judging } = court([scored(5)]);
    await computeScore(lisa, "Lisa writes {name} in a form.");
    expect(promptOf(judging.requests[0])).toContain("- claim: Lisa writes {name} in a form.");
  });
});

describe("a judgement", () => {
  it("cannot be changed", async () => {
    const { verdicts } = await judge(court([scored(5)]).lisa, claims("claim"));
    expect(() => Object.assign(verdicts[0] as object, { score: 9 })).toThrow(TypeError);
    expect(() => (verdicts as unknown[]).push(1)).toThrow(TypeError);
  });

  it("says where the judge is the model that acted, and warns of it", async () => {
    const both = scriptedModel(() => scored(5), { id: "test/one" });
    const context = testContext({ model: both });
    const lisa = { name: "Lisa", context, transcript: () => said("Lisa", 1) };
    expect(await judge(lisa, claims("claim"))).toMatchObject({ judge: "test/one", judgesItself: true });
    expect(context.shown).toContainEqual({
      type: "warning",
      message: "test/one judges what it wrote itself, and may favour it: name another model as judge.",
      once: true,
    });
    const apart = court([scored(5)]);
    expect(await judge(apart.lisa, claims("claim"))).not.toHaveProperty("judgesItself");
    expect(apart.context.shown.filter(({ type }) => type === "warning")).toEqual([]);
  });

  it("keeps how far off its judge was, and refuses that of another", async () => {
    const calibration = { judge: "test/judge", anchors: "a1", asked: 9, samples: 1, undecided: 0, failed: 0 };
    const { lisa, context } = court([scored(5)]);
    expect((await judge(lisa, claims("claim"), { calibration })).calibration).toEqual(calibration);
    expect(context.events.at(-1)).toMatchObject({ type: "judged", calibration });
    const other = { ...calibration, judge: "test/other" };
    await expect(judge(lisa, claims("claim"), { calibration: other })).rejects.toMatchObject({
      data: { option: "calibration" },
    });
  });
});

it("the stand-in rehearses all thirteen ready-made claims, marked as a rehearsal", async () => {
  const all = Object.values({
    ...stockPropositions,
    taskCompletion: fillClaim(stockPropositions.taskCompletion, { task: "They agree." }),
  });
  expect(all).toHaveLength(13);
  const context = testContext({ model: createBuiltin() });
  const lisa = { name: "Lisa", persona: parsePersona({ name: "Lisa" }), context, transcript: () => said("Lisa", 4) };
  const draft = [{ type: "TALK", content: "I would rather walk." }];
  const { verdicts, heuristic } = await judge(lisa, all, { draft });
  expect(heuristic).toBe(true);
  const kinds = Object.fromEntries(verdicts.map(({ proposition, kind }) => [proposition, kind]));
  expect(kinds).toMatchObject({
    fluency: "score",
    "next-fluency": "score",
    "quiet-recently": "truth",
    divergence: "inapplicable",
  });
  const withoutDraft = await judge(lisa, all);
  expect(withoutDraft.verdicts.find(({ proposition }) => proposition === "next-fluency")?.kind).toBe("inapplicable");
});
