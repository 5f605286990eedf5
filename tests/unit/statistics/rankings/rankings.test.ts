import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kendallW } from "../../../../src/statistics/rankings/concordance.ts";
import { borda, firstChoices } from "../../../../src/statistics/rankings/counted.ts";
import { rankBiasedOverlap } from "../../../../src/statistics/rankings/overlap.ts";
import { kendallTau } from "../../../../src/statistics/rankings/tau.ts";
import overlaps from "../agreement/expected-fleiss.json" with { type: "json" };
import { measured, near } from "../measured.ts";
import expectedValues from "./expected.json" with { type: "json" };

describe("Kendall's τ-b", () => {
  it.each(expectedValues.taus)("as SciPy has it: $tau of $xs.length, $method", async ({ xs, ys, ...expected }) => {
    const found = measured(await kendallTau(xs, ys));
    near(found.tau, expected.tau);
    near(found.p, expected.p);
    expect(found.method).toBe(expected.method);
  });

  it("turns with one of them, and is the same both ways", async () => {
    const values = fc.array(fc.tuple(fc.integer({ max: 5, min: 0 }), fc.integer({ max: 5, min: 0 })), { minLength: 3 });
    const property = fc.asyncProperty(values, async (pairs) => {
      const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
      const found = await kendallTau(xs, ys);
      fc.pre("tau" in found);
      const turned = measured(
        await kendallTau(
          xs,
          ys.map((y) => -y),
        ),
      );
      expect(turned.tau).toBeCloseTo(-found.tau, 12);
      expect(measured(await kendallTau(ys, xs)).tau).toBeCloseTo(found.tau, 12);
      expect(found.p).toBeGreaterThanOrEqual(0);
      expect(found.p).toBeLessThanOrEqual(1);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it("is none of one pair, or where all are the same", async () => {
    expect(await kendallTau([1], [1])).toEqual({ reason: "fewer than two pairs" });
    expect(await kendallTau([1, 1, 1], [1, 2, 3])).toEqual({ reason: "all values of one are the same" });
    expect(await kendallTau([1, 2], [3, 3])).toEqual({ reason: "all values of one are the same" });
  });
});

describe("Kendall's W", () => {
  it.each(expectedValues.agreed)("as SciPy has it: $w", async ({ raters, ...expected }) => {
    const found = measured(await kendallW(raters));
    near(found.w, expected.w);
    near(found.statistic, expected.statistic);
    near(found.p, expected.p);
  });

  it("is none of one rater, one thing, or nothing but ties", async () => {
    expect(await kendallW([])).toEqual({ reason: "fewer than two raters" });
    expect(await kendallW([[1, 2]])).toEqual({ reason: "fewer than two raters" });
    expect(await kendallW([[1], [2]])).toEqual({ reason: "fewer than two things" });
    expect(
      await kendallW([
        [1, 1],
        [4, 4],
      ]),
    ).toEqual({ reason: "nobody tells one from another" });
    await expect(kendallW([[1, 2], [1]])).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("counts over orders", () => {
  const options = ["a", "b", "c", "d"];

  it("Borda gives what is left to those that were left out", () => {
    expect(
      borda(
        [
          ["b", "a"],
          ["b", "c", "a", "d"],
        ],
        options,
      ),
    ).toEqual([
      { option: "b", points: 3 },
      { option: "a", points: 1.5 },
      { option: "c", points: 1.25 },
      { option: "d", points: 0.25 },
    ]);
    expect(borda([[]], options)).toEqual(options.map((option) => ({ option, points: 1.5 })));
    expect(borda([], options)).toEqual({ reason: "there are no orders" });
  });

  it("first choices are of those who have one", async () => {
    const found = measured(await firstChoices([["a", "b"], ["a"], ["b"], []], options));
    expect(found.map(({ count }) => count)).toEqual([2, 1, 0, 0]);
    expect(found[0]).toMatchObject({ share: 2 / 3, low: expect.closeTo(0.2077, 4) });
    expect(await firstChoices([[]], options)).toEqual({ reason: "there are no orders" });
  });

  it.each([[[["a", "a"]]], [[["e"]]]])("refuse %j", (orders) => {
    expect(() => borda(orders, options)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});

describe("rank-biased overlap", () => {
  it.each(overlaps.orders)("as rbo has it: $one and $other", ({ one, other, persistence, overlap }) => {
    near(measured(rankBiasedOverlap(one, other, { persistence })).overlap, overlap);
    near(measured(rankBiasedOverlap(other, one, { persistence })).overlap, overlap);
  });

  it("is one of the same, zero of strangers, and none of nothing", () => {
    expect(measured(rankBiasedOverlap(["a", "b"], ["a", "b"])).overlap).toBeCloseTo(1, 12);
    expect(rankBiasedOverlap(["a", "b"], ["c"])).toEqual({ overlap: 0 });
    expect(rankBiasedOverlap([], ["c"])).toEqual({ reason: "one of them is empty" });
    expect(() => rankBiasedOverlap(["a"], ["a"], { persistence: 1 })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID" }),
    );
  });
});
