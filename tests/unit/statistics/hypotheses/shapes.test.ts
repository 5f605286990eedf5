import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { andersonDarling, andersonDarlingSamples } from "../../../../src/statistics/shapes/anderson-darling.ts";
import { shapiroWilk } from "../../../../src/statistics/shapes/shapiro-wilk.ts";
import { brownForsythe, levene } from "../../../../src/statistics/shapes/spread.ts";
import { measured, near } from "../measured.ts";
import expected from "./expected-shapes.json" with { type: "json" };

describe("as SciPy and statsmodels have it", () => {
  it.each(expected.single)("$values.length values, normal or not", async ({ values, shapiro, anderson }) => {
    const found = measured(await shapiroWilk(values));
    // SciPy's normal scores are those of a shorter approximation.
    near(found.statistic, shapiro[0] as number, 7);
    near(found.p, shapiro[1] as number, 7);
    if (anderson === null) return;
    const tails = measured(await andersonDarling(values));
    near(tails.statistic, anderson[0] as number);
    near(tails.p, anderson[1] as number);
  });

  it.each(expected.several)("$groups.length groups", async ({ groups, ...row }) => {
    const found = { levene: await levene(groups), brownForsythe: await brownForsythe(groups) };
    for (const [test, figures] of Object.entries(found)) {
      near(measured(figures).f, row[test as keyof typeof found][0] as number);
      near(measured(figures).p, row[test as keyof typeof found][1] as number);
    }
    const samples = measured(andersonDarlingSamples(groups));
    near(samples.statistic, row.anderson[0] as number);
    near(samples.p, row.anderson[1] as number);
    expect(samples.beyond).toBe(samples.p === 0.25 ? "more" : samples.p === 0.001 ? "less" : undefined);
  });
});

const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 8, maxLength: 20 });

describe("whatever the numbers", () => {
  it("shift, scale and a mirror leave normality alone, order leaves samples alone, and p is a chance", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (one, other) => {
        for (const test of [shapiroWilk, andersonDarling]) {
          const found = await test(one);
          if ("reason" in found) return;
          near(measured(await test(one.map((value) => 3 - 2.5 * value))).p, found.p, 6);
          expect(found.p >= 0 && found.p <= 1).toBe(true);
        }
        const found = andersonDarlingSamples([one, other]);
        if ("reason" in found) return;
        near(measured(andersonDarlingSamples([other, one.toReversed()])).statistic, found.statistic);
        const bent = (values: readonly number[]) => values.map((value) => Math.exp(value / 9));
        near(measured(andersonDarlingSamples([bent(one), bent(other)])).statistic, found.statistic);
      }),
      { numRuns: 40 },
    );
  });

  it("one that is far out has a figure, too", async () => {
    const far = [...Array.from({ length: 2_000 }, (_, place) => place % 7), 1e9];
    for (const test of [shapiroWilk, andersonDarling]) {
      const { statistic, p } = measured(await test(far));
      expect(Number.isFinite(statistic)).toBe(true);
      expect(p >= 0 && p < 1e-20).toBe(true);
    }
  });
});

describe("where there is nothing to measure, it says why", () => {
  it.each([
    ["two values", () => shapiroWilk([1, 2])],
    ["too many", () => shapiroWilk(Array.from({ length: 5_001 }, (_, place) => place))],
    ["all the same", () => shapiroWilk([0.1, 0.1, 0.1])],
    ["few for the ends", () => andersonDarling([1, 2, 3])],
    ["nothing at the ends", () => andersonDarling(Array.from({ length: 9 }, () => 4))],
    ["one sample", () => andersonDarlingSamples([[1, 2, 3, 4]])],
    ["an empty sample", () => andersonDarlingSamples([[1, 2, 3, 4], []])],
    ["three values", () => andersonDarlingSamples([[1, 2], [3]])],
    [
      "samples all the same",
      () =>
        andersonDarlingSamples([
          [1, 1],
          [1, 1],
        ]),
    ],
    ["an empty group", () => levene([[1, 2], []])],
    [
      "pairs, all as far from their middle",
      () =>
        levene([
          [1, 2],
          [5, 9],
        ]),
    ],
    [
      "groups without variance",
      () =>
        brownForsythe([
          [1, 1],
          [2, 2],
        ]),
    ],
  ])("%s", async (_case, test) => {
    expect(await test()).toEqual({ reason: expect.stringMatching(/\w/) });
  });

  it("and what is no number is refused", async () => {
    await expect(shapiroWilk([1, 2, Number.NaN])).rejects.toMatchObject({ code: "OPTION_INVALID" });
    expect(() => andersonDarlingSamples([[1], [Number.NaN]])).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID" }),
    );
  });
});
