import { describe, expect, it } from "vitest";
import { compareAnswers } from "../../../../src/evaluation/comparison/compare-answers.ts";
import { farFromAny } from "../../../../src/evaluation/comparison/spaces/any-order.ts";
import type { AnswerValue } from "../../../../src/kernel/contracts/answers/scale.ts";
import { answersOf } from "./made.ts";

const times = (count: number, value: AnswerValue) => Array.from({ length: count }, () => value);
async function compared(scale: object, human: readonly AnswerValue[], simulated: readonly AnswerValue[]) {
  const of = (values: readonly AnswerValue[]) =>
    answersOf(
      { it: { scale, ...(scale === budget ? columns : { separator: "-" }) } },
      values.map((value) => ({ answers: { it: value } })),
    );
  const { figures, warnings } = await compareAnswers(of(human), of(simulated), { resamples: 200, halves: 40 });
  const value = (measure: string) => figures.find(({ id }) => id === `it/${measure}`)?.value ?? Number.NaN;
  return { value, figures, warnings: warnings.map(({ name }) => name) };
}

const options = ["A", "B", "C"];
const budget = { kind: "allocation", options: ["A", "B"], total: 100 };
const columns = { columns: { A: "a", B: "b" } };
const ranking = { kind: "ranking", options };
const choices = { kind: "choices", options };

describe("answers of several parts, that are right on the mean and wrong on people", () => {
  it.each<[string, object, readonly AnswerValue[], readonly AnswerValue[]]>([
    ["budgets", budget, [...times(70, { A: 100, B: 0 }), ...times(30, { A: 0, B: 100 })], times(100, { A: 70, B: 30 })],
    ["choices", choices, [...times(50, ["A", "B"]), ...times(50, [])], [...times(50, ["A"]), ...times(50, ["B"])]],
    [
      "orders",
      ranking,
      [...times(50, ["A", "B", "C"]), ...times(50, ["C", "B", "A"])],
      [
        ...[
          ["A", "B", "C"],
          ["C", "B", "A"],
          ["B", "A", "C"],
          ["C", "A", "B"],
          ["A", "C", "B"],
          ["B", "C", "A"],
        ].flatMap((order) => times(17, order)),
      ],
    ],
  ])("score low: %s", async (_, scale, human, simulated) => {
    const same = await compared(scale, human, human);
    const wrong = await compared(scale, human, simulated);
    expect(same.value("energy-distance")).toBeCloseTo(0, 9);
    expect(same.value("score")).toBe(1);
    expect(wrong.value("energy-distance")).toBeGreaterThan(0.2);
    expect(wrong.value("score")).toBeLessThan(0.6);
  });

  it("are measured by hand", async () => {
    const { value, warnings } = await compared(
      budget,
      [...times(70, { A: 100, B: 0 }), ...times(30, { A: 0, B: 100 })],
      times(100, { A: 70, B: 30 }),
    );
    // Distances: (1, 0) to (0, 1) is one, to (.7, .3) .3 and .7; √(2 (.7 × .3 + .3 × .7) − 2 × .7 × .3).
    expect(value("energy-distance")).toBeCloseTo(Math.sqrt(0.42), 12);
    expect(value("amount-distance")).toBeCloseTo(0, 12);
    expect(value("dispersion-ratio")).toBe(0);
    expect(value("spread")).toBeCloseTo((-0.42 * 100) / 99, 12);
    expect(warnings).not.toContain("social desirability");
  });

  it("orders by chance lie as far as all orders counted out", () => {
    // Of three options 1, 2, 2 and 1 orders have 0, 1, 2 and 3 pairs turned.
    expect(farFromAny(3, 0)).toBeCloseTo((0 + 2 * Math.sqrt(1 / 3) + 2 * Math.sqrt(2 / 3) + 1) / 6, 12);
    // The last two tied: a half of a step squared each time, and 0, 1 or 2 of the two other pairs turned.
    const tied = [0, 1, 2].map((turned) => Math.sqrt((turned + 0.25) / 3) / 3);
    expect(farFromAny(3, 1)).toBeCloseTo(
      tied.reduce((sum, one) => sum + one, 0),
      12,
    );
  });
});

describe("the demographic floor", () => {
  const item = (kind: string) => ({ it: { scale: { kind, options: ["1", "2", "3"] } } });
  /** Women say mostly 1, men mostly 3, and what else is said comes from few. */
  const people = (["f", "m"] as const).flatMap((sex) =>
    Array.from({ length: 40 }, (_, n) => ({
      attributes: { sex },
      answers: { it: n < 22 ? (sex === "f" ? "1" : "3") : n < 37 ? "2" : sex === "f" ? "3" : "1" },
    })),
  );

  it.each(["nominal", "ordinal"])("is everybody as most of those like them: %s", async (kind) => {
    const found = await compareAnswers(answersOf(item(kind), people), answersOf(item(kind), people), {
      ...{ resamples: 100, halves: 20, floor: "demographic" },
    });
    const headline = kind === "nominal" ? "it/total-variation" : "it/earth-movers";
    const row = found.figures.find(({ id }) => id === headline);
    // Halves of 1 and 3 are foretold; .3125, .375 and .3125 came.
    expect(row).toMatchObject({ floorBy: "demographic", floor: expect.closeTo(0.375, 12) });
  });

  it("is no floor where nothing tells people apart, and small groups are foretold by all others", async () => {
    const plain = people.map(({ answers }) => ({ answers }));
    const none = await compareAnswers(answersOf(item("nominal"), plain), answersOf(item("nominal"), plain), {
      ...{ resamples: 100, halves: 20, floor: "demographic" },
    });
    expect(none.figures.find(({ id }) => id === "it/score")?.reason).toBe("there is no demographic baseline for it");
    const single = people.map((one, n) => ({ ...one, attributes: { sex: `${n}` } }));
    const alone = await compareAnswers(answersOf(item("nominal"), single), answersOf(item("nominal"), single), {
      ...{ resamples: 100, halves: 20, floor: "demographic" },
    });
    // All others say mostly 2, whoever is asked.
    const row = alone.figures.find(({ id }) => id === "it/total-variation");
    expect(row?.floor).toBeCloseTo(0.625, 12);
  });
});
