import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jensenShannon, totalVariation } from "../../../../src/statistics/distances/nominal.ts";
import { earthMovers, ksSimilarity } from "../../../../src/statistics/distances/ordinal.ts";
import { brierScore, logScore, rankedProbabilityScore } from "../../../../src/statistics/distances/scores.ts";
import { overOptions } from "../../../../src/statistics/distances/shares.ts";
import { measured, near } from "../measured.ts";
import expectedValues from "./expected.json" with { type: "json" };

const counts = (size: number) =>
  fc.array(fc.integer({ min: 0, max: 50 }), { minLength: size, maxLength: size }).filter((all) => all.some(Boolean));
const three = fc.integer({ min: 2, max: 8 }).chain((size) => fc.tuple(counts(size), counts(size), counts(size)));

describe("distances of distributions", () => {
  it.each(expectedValues.apart)("as SciPy has them: $one and $other", ({ one, other, positions, ...expected }) => {
    near(measured(totalVariation(one, other)).distance, expected.totalVariation);
    near(measured(earthMovers(one, other, positions)).points, expected.points);
    near(measured(earthMovers(one, other, positions)).distance, expected.earthMovers);
    near(measured(ksSimilarity(one, other)).distance, expected.ks);
    near(measured(jensenShannon(one, other)).distance, expected.jensenShannon);
    near(measured(jensenShannon(one, other)).divergence, expected.jensenShannon ** 2);
  });

  const distances = {
    totalVariation,
    earthMovers,
    ksSimilarity,
    jensenShannon,
  };

  it.each(Object.entries(distances))("%s is a metric from 0 to 1 that only shares count for", (_, distance) => {
    const between = (one: readonly number[], other: readonly number[]) => measured(distance(one, other)).distance;
    const property = fc.property(three, ([one, other, third]) => {
      const apart = between(one, other);
      expect(apart).toBeGreaterThanOrEqual(0);
      expect(apart).toBeLessThanOrEqual(1 + 1e-12);
      expect(between(other, one)).toBeCloseTo(apart, 12);
      expect(between(one, one)).toBe(0);
      expect(apart).toBeLessThanOrEqual(between(one, third) + between(third, other) + 1e-9);
      expect(
        between(
          one.map((count) => 3 * count),
          other,
        ),
      ).toBeCloseTo(apart, 7);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it("of nothing there is none", () => {
    for (const distance of Object.values(distances)) {
      expect(distance([0, 0], [1, 2])).toEqual({ reason: "one of them is empty" });
      expect(distance([], [])).toEqual({ reason: "one of them is empty" });
      expect(() => distance([1, 2], [1])).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
    expect(earthMovers([3], [2])).toEqual({ reason: "the scale has a single option" });
    expect(() => earthMovers([1, 2], [2, 1], [1, 1])).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });

  it("stay within 0 and 1 at the ends", () => {
    expect(jensenShannon([0.1, 0.2], [0.1, 0.2])).toEqual({ divergence: 0, distance: 0 });
    expect(earthMovers([0, 9], [4, 0], [1, 5])).toEqual({ points: 4, distance: 1 });
    expect(ksSimilarity([0, 9], [4, 0])).toEqual({ similarity: 0, distance: 1 });
  });

  it("take distributions by their options", () => {
    expect(overOptions(["a", "b", "c"], new Map([["c", 2]]))).toEqual([0, 0, 2]);
  });
});

describe("scores of what was foretold", () => {
  it.each(expectedValues.scores)("as SciPy has them: $came of $forecast", ({ forecast, came, ...expected }) => {
    near(measured(brierScore(forecast, came)).score, expected.brier);
    near(measured(logScore(forecast, came)).score, expected.log);
    near(measured(rankedProbabilityScore(forecast, came)).score, expected.ranked);
  });

  it.each(Object.entries({ brierScore, logScore, rankedProbabilityScore }))("%s is proper", (_, score) => {
    const positive = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 });
    const property = fc.property(positive, positive, (belief, said) => {
      const all = belief.reduce((total, count) => total + count, 0);
      const expected = (forecast: readonly number[]) =>
        belief.reduce((total, count, came) => total + (count / all) * measured(score(forecast, came)).score, 0);
      expect(expected(belief)).toBeLessThanOrEqual(expected(said) + 1e-12);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it("are zero when it was certain, and none when there was no forecast", () => {
    for (const score of [brierScore, logScore, rankedProbabilityScore]) {
      expect(score([0, 3], 1)).toEqual({ score: 0 });
      expect(score([0, 0], 1)).toEqual({ reason: "nothing was foretold" });
      expect(() => score([0.5, 0.5], 2)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
    expect(logScore([0, 1], 0)).toEqual({ reason: "what came was held to be impossible" });
    expect(rankedProbabilityScore([1], 0)).toEqual({ reason: "the scale has a single option" });
  });
});
