import { describe, expect, it } from "vitest";
import { pearson, ranks, spearman } from "../../../src/statistics/correlation.ts";
import { chiSquareFit, chiSquareTable } from "../../../src/statistics/counts/chi-square.ts";
import { totalVariation } from "../../../src/statistics/distances/nominal.ts";
import { logOdds } from "../../../src/statistics/log-odds.ts";
import { effectiveSize, quantile, standardizedDifference, summary } from "../../../src/statistics/moments.ts";
import { holm } from "../../../src/statistics/multiplicity.ts";
import { kolmogorovSmirnov } from "../../../src/statistics/shapes/kolmogorov-smirnov.ts";
import { diversity } from "../../../src/statistics/shares.ts";

describe("what cannot be measured says why", () => {
  it("of tests of counts", async () => {
    expect(await chiSquareFit([], [])).toEqual({ reason: "there is nobody" });
    expect(await chiSquareFit([0, 0], [1, 1])).toEqual({ reason: "there is nobody" });
    expect(await chiSquareFit([3, 0], [1, 0])).toEqual({ reason: "the target has a single value" });
    expect(await chiSquareFit([3, 1], [1, 0])).toEqual({ reason: "there are values of which the target has none" });
    expect(await chiSquareTable([])).toEqual({ reason: "there is nobody" });
    expect(await chiSquareTable([[0, 0]])).toEqual({ reason: "there is nobody" });
    expect(
      await chiSquareTable([
        [3, 4],
        [0, 0],
      ]),
    ).toMatchObject({ reason: expect.stringContaining("single value") });
    expect(
      await chiSquareTable([
        [3, 0],
        [4, 0],
      ]),
    ).toMatchObject({ reason: expect.stringContaining("single value") });
  });

  it("leaves out levels of which there is nothing", async () => {
    const whole = await chiSquareTable([
      [5, 1, 0],
      [2, 7, 0],
      [0, 0, 0],
    ]);
    expect(whole).toEqual(
      await chiSquareTable([
        [5, 1],
        [2, 7],
      ]),
    );
    expect(await chiSquareFit([5, 1, 0], [1, 1, 0])).toEqual(await chiSquareFit([5, 1], [1, 1]));
  });

  it("of samples", () => {
    expect(kolmogorovSmirnov({ values: [] }, { values: [1] })).toEqual({ reason: "there are no values" });
    expect(kolmogorovSmirnov({ values: [1], weights: [0] }, { values: [1] })).toEqual({
      reason: "there are no values",
    });
    expect(kolmogorovSmirnov({ values: [2] }, { values: [2] })).toEqual({ distance: 0, p: 1, method: "exact" });
    expect(summary([])).toEqual({ reason: "there are no values" });
    expect(summary([4], [0])).toEqual({ reason: "all weights are zero" });
    expect(summary([4])).toMatchObject({ n: 1, mean: 4, median: 4 });
    expect(summary([4])).not.toHaveProperty("sd");
    expect(quantile([], 0.5)).toBeUndefined();
    expect(quantile([], 0.5, [])).toBeUndefined();
    expect(quantile([1, 2], 0.5, [0, 1])).toBe(2);
    expect(quantile([1, 2], 1, [1, 0])).toBe(1);
    expect(standardizedDifference({ values: [1] }, { values: [2, 3] })).toEqual({ reason: "fewer than two values" });
    expect(standardizedDifference({ values: [1, 1] }, { values: [1, 1] })).toEqual({
      reason: "all values are the same",
    });
    expect(standardizedDifference({ values: [1, 3] }, { values: [3, 5] })).toEqual({
      d: expect.closeTo(-Math.SQRT2, 12),
    });
  });

  it("of correlations", async () => {
    expect(await pearson([], [])).toEqual({ reason: "fewer than three pairs" });
    expect(await pearson([1, 2], [2, 1])).toEqual({ reason: "fewer than three pairs" });
    // Their mean is no sum of binary fractions: what is left after it is taken off is not zero.
    expect(await pearson([0.1, 0.1, 0.1], [1, 2, 3])).toEqual({ reason: "all values of one are the same" });
    expect(await spearman([1, 2, 3], [7, 7, 7])).toEqual({ reason: "all values of one are the same" });
    expect(await pearson([1, 2, 3], [2, 4, 6])).toEqual({ r: 1, n: 3, p: 0 });
    expect(ranks([])).toEqual([]);
  });

  it("of diversity and distance", () => {
    expect(diversity([])).toEqual({ reason: "there are no values" });
    expect(diversity([7])).toEqual({ values: 1, entropy: 0, simpson: 0 });
    expect(totalVariation([0], [1])).toEqual({ reason: "one of them is empty" });
    expect(totalVariation([1, 0], [0, 9])).toEqual({ distance: 1 });
    expect(holm([])).toEqual([]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(effectiveSize([])).toBe(0);
    expect(effectiveSize([2, 2, 2])).toBe(3);
    expect(logOdds(new Map(), new Map([["a", 1]]))).toEqual([]);
    expect(logOdds(new Map([["a", 1]]), new Map([["a", 3]]))).toEqual([]);
  });

  it.each([
    ["no numbers", () => summary([1, Number.NaN])],
    ["infinite ones", () => ranks([Number.POSITIVE_INFINITY])],
    ["counts below zero", () => diversity([-1, 2])],
    ["weights of others", () => summary([1, 2], [1])],
    ["a share above one", () => quantile([1], 1.5)],
    ["lists of different length", () => totalVariation([1], [1, 2])],
  ])("refuses %s", (_what, ask) => {
    expect(ask).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });

  it("refuses pairs that are none", async () => {
    await expect(pearson([1, 2, 3], [1, 2])).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(chiSquareTable([[1, 2], [1]])).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("counts large samples by what they tend to", () => {
    const values = Array.from({ length: 3000 }, (_, place) => place);
    const found = kolmogorovSmirnov({ values }, { values: values.map((value) => value + 90) });
    expect(found).toMatchObject({ distance: expect.closeTo(0.03, 12), method: "asymptotic" });
  });

  it("knows equal weights for none", () => {
    const [one, other] = [{ values: [1, 2, 3, 4, 9] }, { values: [3, 5, 6, 7] }];
    const weighted = kolmogorovSmirnov({ ...one, weights: [2, 2, 2, 2, 2] }, other);
    expect(weighted).toMatchObject({ method: "asymptotic" });
    expect(weighted).toHaveProperty("distance", (kolmogorovSmirnov(one, other) as { distance: number }).distance);
  });
});
