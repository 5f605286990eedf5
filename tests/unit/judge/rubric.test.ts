import { describe, expect, it } from "vitest";
import { judgeEach, verdictRows } from "../../../src/judge/judge-each.ts";
import { judgeByRubric } from "../../../src/judge/rubric/judge-by-rubric.ts";
import { defineRubric } from "../../../src/judge/rubric/rubric.ts";
import { stockPropositions } from "../../../src/judge/stock.ts";
import type { TranscriptEntry } from "../../../src/kernel/contracts/events.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { testContext } from "../../support/context.ts";
import { promptOf } from "../../support/person.ts";
import { type Script, scriptedModel } from "../../support/scripted-model.ts";

const entries: readonly TranscriptEntry[] = [
  { id: "a#0.0", kind: "action", type: "TALK", from: "Lisa", to: [], text: "It costs three euros." },
];
const answer = (score: number | null) => ({
  why: "So.",
  evidence: score === null ? [] : [{ entry: 1, quote: "three euros" }],
  score,
});

function bench(script: Script) {
  const judging = scriptedModel(script, { id: "test/judge" });
  const context = testContext({ model: scriptedModel([], { id: "test/actor" }), judge: judging });
  const subject = (name: string) => ({ name, context: context.fork(`person:${name}`), transcript: () => entries });
  return { judging, context, lisa: subject("Lisa"), subject };
}

const pitch = defineRubric({
  name: "pitch",
  criteria: {
    clear: { claim: "It is clear.", weight: 3, levels: { 0: "Nobody could repeat it.", 9: "A child could." } },
    honest: { claim: "It is honest." },
  },
});

describe("a rubric", () => {
  it("gives each criterion a verdict, and a total by the weights, with levels before the judge's eyes", async () => {
    const { lisa, judging } = bench([{ clear: answer(8), honest: answer(4) }]);
    const { criteria, total, rubric } = await judgeByRubric(lisa, pitch);
    expect([criteria.clear, criteria.honest]).toMatchObject([{ score: 8 }, { score: 4 }]);
    expect(total).toEqual({ kind: "score", score: 7, interval: { reason: "fewer than two values" }, without: [] });
    expect(rubric).toBe("pitch");
    expect(promptOf(judging.requests[0])).toContain(
      "- clear: It is clear.\n  - 0: Nobody could repeat it.\n  - 9: A child could.\n- honest: It is honest.",
    );
  });

  it("says how sure the total is by its samples, by Student's t", async () => {
    const { lisa } = bench([6, 8, 7].map((score) => ({ clear: answer(score), honest: answer(score) })));
    const { total } = await judgeByRubric(lisa, pitch, { samples: 3 });
    // t(0.975, 2) = 4.30265; 1 / √3 = 0.57735
    const low = expect.closeTo(7 - 2.484138, 5);
    expect(total).toMatchObject({ score: 7, interval: { low, high: 9, level: 0.95 } });
  });

  it("is open as far as a criterion is undecided, and undecided where most of it is", async () => {
    const open = await judgeByRubric(bench([{ clear: answer(8), honest: answer(null) }]).lisa, pitch);
    expect(open.total).toEqual({
      ...{ kind: "score", score: 8, without: ["honest"] },
      interval: { low: 6, high: 8.25, level: 0.95 },
    });
    const most = await judgeByRubric(bench([{ clear: answer(null), honest: answer(8) }]).lisa, pitch);
    expect(most.total).toEqual({ kind: "undecided", why: "Too much of it has no score: clear." });
  });

  it.each<[string, object]>([
    ["no criteria", { criteria: {} }],
    ["a weight of nothing", { criteria: { a: { claim: "A.", weight: 0 } } }],
    ["a name that is none", { criteria: { "A B": { claim: "A." } } }],
    ["a level that is no score", { criteria: { a: { claim: "A.", levels: { 10: "Perfect." } } } }],
  ])("is refused with %s", (_what, criteria) => {
    expect(() => defineRubric({ name: "odd", ...criteria } as typeof pitch)).toThrow(TinyTroupeError);
  });
});

describe("many subjects by many claims", () => {
  const both = [stockPropositions.fluency, { name: "priced", claim: "A price is named.", answer: "truth" as const }];
  const found = { fluency: answer(8), priced: { why: "So.", evidence: [{ entry: 1, quote: "three" }], holds: true } };

  it("each have their verdicts or their own error, in their order, and are told of as they come", async () => {
    const { subject, context } = bench(({ scope }) =>
      scope.includes("Oscar")
        ? { ...found, fluency: { ...answer(9), evidence: [] } }
        : scope.includes("Bo")
          ? { fluency: { ...answer(9), evidence: [] }, priced: { ...found.priced, evidence: [] } }
          : found,
    );
    const told: string[] = [];
    const rows = await judgeEach(["Lisa", "Oscar", "Bo", "Ann"].map(subject), both, {
      concurrency: 1,
      onRow: ({ subject: name }) => told.push(name),
    });
    expect(told).toEqual(["Lisa", "Oscar", "Bo", "Ann"]);
    expect(verdictRows(rows).map(({ id: _id, why: _, evidence: __, ...row }) => row)).toEqual([
      { subject: "Lisa", proposition: "fluency", kind: "score", score: 8 },
      { subject: "Lisa", proposition: "priced", kind: "truth", holds: true },
      { subject: "Oscar", proposition: "fluency", kind: "error", error: "MODEL_INVALID" },
      { subject: "Oscar", proposition: "priced", kind: "truth", holds: true },
      { subject: "Bo", proposition: "", kind: "error", error: "MODEL_INVALID" },
      { subject: "Ann", proposition: "fluency", kind: "score", score: 8 },
      { subject: "Ann", proposition: "priced", kind: "truth", holds: true },
    ]);
    expect(context.events.filter(({ type }) => type === "judged")).toHaveLength(3);
  });

  it("are thrown out together where no money is left, and warned of once where the judge judges itself", async () => {
    const stop = () => {
      throw new TinyTroupeError("BUDGET_EXCEEDED", "Spent.", {
        data: { limit: {}, spent: {}, wanted: {} },
        hint: "Pay.",
      });
    };
    const { subject } = bench(stop);
    await expect(judgeEach([subject("Lisa"), subject("Ann")], both)).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    const context = testContext({ model: scriptedModel(() => found, { id: "test/one" }) });
    const people = ["Lisa", "Ann"].map((name) => ({ name, context: context.fork(name), transcript: () => entries }));
    await judgeEach(people, both);
    expect(context.shown.filter(({ type }) => type === "warning")).toHaveLength(1);
  });
});
