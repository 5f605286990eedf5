import { describe, expect, it } from "vitest";
import { analyseExperiment } from "../../../../src/experiment/analysis/analyse.ts";
import { attritionOf } from "../../../../src/experiment/analysis/effects/attrition.ts";
import type { EffectFigure } from "../../../../src/experiment/analysis/figures.ts";
import type { AnalysisPlan } from "../../../../src/experiment/analysis/plan.ts";
import type { Observation } from "../../../../src/experiment/results/observation.ts";
import { clusteredRegression } from "../../../../src/statistics/models/clustered.ts";
import { clusteredMean } from "../../../../src/statistics/models/clustered-mean.ts";
import { both, plan, row } from "./made-rows.ts";

async function effects(
  rows: readonly Observation[],
  more: Partial<AnalysisPlan> = {},
): Promise<readonly EffectFigure[]> {
  return (await analyseExperiment(plan(more), rows)).analysis.effects;
}

const people = { ana: [1, 3], ben: [4, 5], eva: [2, 2.5], kim: [3, 5.5], leo: [5, 6] } as const;

describe("an effect", () => {
  it("is that of pairs: a paired t test where everybody was compared once", async () => {
    const [effect] = await effects(both(people));
    expect(effect).toMatchObject({ pairs: 5, people: 5, by: "pair", treatment: 4.4, control: 3, test: "paired t" });
    expect(effect?.value).toBeCloseTo(1.4, 9);
    // scipy.stats.ttest_rel and its interval, SciPy 1.17.1.
    expect(effect?.p).toBeCloseTo(0.018934978709361994, 9);
    expect(effect?.low).toBeCloseTo(0.37986892901261626, 9);
    expect(effect?.size?.value).toBeCloseTo(1.7040257344605165, 9);
  });

  it("takes the values of one person for one where seeds bring people again", async () => {
    const again = [both(people, { seed: "1" }), both({ ...people, ana: [1, 4] }, { seed: "2" })].flat();
    const [effect] = await effects(again);
    const own = [2, 1, 0.5, 2.5, 1, 3, 1, 0.5, 2.5, 1];
    const clusters = ["ana", "ben", "eva", "kim", "leo", "ana", "ben", "eva", "kim", "leo"];
    const outside = await clusteredRegression(own, { terms: {}, clusters });
    const interval = "rows" in outside ? outside.rows[0]?.interval : undefined;
    expect(effect).toMatchObject({ pairs: 10, people: 5, by: "person", clusters: 5 });
    expect(effect?.low).toBeCloseTo(interval?.low as number, 9);
  });

  it("takes those who met for one session, and both where the same people meet again", async () => {
    const rooms = (seed: string, offset = "") =>
      Object.entries(people).flatMap(([name, values], place) =>
        both({ [name + offset]: values }, { seed, session: place < 3 ? "room 1" : "room 2" }),
      );
    const [apart] = await effects([...rooms("1"), ...rooms("2", " the second")]);
    expect(apart).toMatchObject({ by: "session", clusters: 4, people: 10 });
    const [again] = await effects([...rooms("1"), ...rooms("2")]);
    expect(again).toMatchObject({ by: "person and session", people: 5, test: "clustered t (CR2)" });
    const differences = [2, 1, 0.5, 2.5, 1];
    const expected = await clusteredMean([...differences, ...differences], {
      clusters: [1, 1, 1, 2, 2, 3, 3, 3, 4, 4],
      crossed: [1, 2, 3, 4, 5, 1, 2, 3, 4, 5],
    });
    expect(again?.low).toBeCloseTo("interval" in expected ? expected.interval.low : Number.NaN, 9);
    const [one] = await effects(both(people, { session: "room" }));
    expect(one).toMatchObject({ reason: expect.stringContaining("met in one session"), value: expect.any(Number) });
    expect(one).not.toHaveProperty("low");
  });

  it("of options is a share each, of steps the steps, with tests that suit them", async () => {
    const options = { scale: { kind: "nominal", options: ["yes", "no"] } } as const;
    const steps = { scale: { kind: "ordinal", options: ["low", "middle", "high"] } } as const;
    const metrics = { intent: { scale: { ...options.scale, options: [...options.scale.options] } } };
    const [yes, no] = await effects(both({ a: ["no", "yes"], b: ["no", "yes"], c: ["yes", "yes"], d: ["no", "no"] }), {
      metrics,
    });
    expect(yes).toMatchObject({ option: "yes", treatment: 0.75, control: 0.25, value: 0.5, p: 0.5, test: "McNemar" });
    expect(no?.value).toBe(-0.5);
    const [moved] = await effects(both({ a: ["low", "high"], b: ["low", "middle"], c: ["high", "high"] }), {
      metrics: { intent: { scale: { ...steps.scale, options: [...steps.scale.options] } } },
    });
    expect(moved).toMatchObject({ measure: "steps", value: 1, test: "sign test", p: 0.5 });
    expect(moved?.size).toEqual({ name: "dominance", value: 2 / 3 });
  });

  it("of a factor is the mean over its arms, within people who met all of them", async () => {
    const arms = ["low+plain", "low+green", "high+plain", "high+green"].map((name) => {
      const [price = "", label = ""] = name.split("+");
      return { name, levels: { price, label } };
    });
    const rows = arms.flatMap(({ name, levels }, place) =>
      ["a", "b", "c"].map((person, who) => row(name, person, place * place + who * (place % 2), { levels })),
    );
    const factors = { price: ["low", "high"], label: ["plain", "green"] };
    const found = await effects(rows, { arms, factors });
    const price = found.find(({ contrast }) => contrast === "price=high - price=low");
    expect(price).toMatchObject({ pairs: 3, value: 6 });
  });
});

describe("who is lost", () => {
  it("is counted with reasons, and called by name where one side loses more", async () => {
    const names = Array.from({ length: 8 }, (_, place) => `p${place}`);
    const rows = names.flatMap((name, place) => [
      row("control", name, place),
      ...(place === 7
        ? []
        : [
            place > 1
              ? row("ad", name, null, place > 4 ? { missing: "failed" } : {})
              : row("ad", name, place + 1 + place / 9),
          ]),
    ]);
    const [effect] = await effects(rows);
    expect(effect?.pairs).toBe(2);
    expect(effect?.attrition).toEqual({
      ...{ lost: 6, treatment: 6, control: 0, p: expect.closeTo(0.03125, 12), flagged: true },
      reasons: { refused: 3, failed: 2, "no row": 1 },
    });
  });

  it("is called by name where few are lost, but on one side alone", () => {
    const gone = (side: "treatment" | "control") => ({ missing: [{ arm: side, side, reason: "refused" }] }) as never;
    const [six, three] = [6, 3].map((count) => Array.from({ length: count }, () => gone("treatment")));
    const other = Array.from({ length: 3 }, () => gone("control"));
    expect(attritionOf(200, six ?? []).flagged).toBe(true);
    expect(attritionOf(200, [...(three ?? []), ...other])).toMatchObject({ treatment: 3, control: 3, flagged: false });
  });

  it("says why a whole arm failed", async () => {
    const failed = row("ad", "", null, { missing: "BUDGET_EXCEEDED" });
    const [effect] = await effects([row("control", "ana", 1), row("control", "ben", 2), failed]);
    expect(effect?.attrition.reasons).toEqual({ BUDGET_EXCEEDED: 2 });
    expect(effect?.reason).toBe("nobody can be compared");
  });
});

it("rows of another experiment are refused", async () => {
  await expect(effects([row("billboard", "ana", 1)])).rejects.toMatchObject({ code: "EXPERIMENT_INVALID" });
});
