import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trendOf } from "../../../../src/insight/convergence/trend.ts";

describe("a trend", () => {
  // SciPy 1.17.1, made on 2026-11-26: kendalltau(range(n), values) and theilslopes(values, range(n)).
  it.each([
    [[0.81, 0.79, 0.83, 0.7, 0.66, 0.61], -0.7333333333333333, 0.05555555555555555, -0.043333333333333335],
    [[0.5, 0.5, 0.4, 0.3, 0.3, 0.35, 0.2], -0.7509392614826382, 0.021143071510364854, -0.05],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1, 4.17535139757362e-9, 1],
    [[0.3, 0.1, 0.4, 0.1, 0.5, 0.9, 0.2, 0.6], 0.4000661320993193, 0.17023995462900499, 0.04642857142857142],
  ])("of %j is what SciPy gives", (values, tau, p, slope) => {
    const found = trendOf(values);
    expect(found?.tau).toBeCloseTo(tau, 12);
    expect(found?.slope).toBeCloseTo(slope, 12);
    expect(Math.abs((found?.p ?? 1) - p)).toBeLessThan(2e-7);
  });

  it("needs five values, not all the same", () => {
    expect(trendOf([4, 3, 2, 1])).toBeUndefined();
    expect(trendOf([1, 1, 1, 1, 1])).toBeUndefined();
  });

  it("turns its sign with the order, and keeps to its bounds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 14 }), (values) => {
        const [forth, back] = [trendOf(values), trendOf(values.toReversed())];
        if (forth === undefined || back === undefined) return expect(forth).toBe(back);
        expect(back.tau).toBeCloseTo(-forth.tau, 12);
        expect(back.slope).toBeCloseTo(-forth.slope, 12);
        expect(back.p).toBeCloseTo(forth.p, 9);
        expect(forth.p).toBeGreaterThanOrEqual(0);
        expect(forth.p).toBeLessThanOrEqual(1);
        expect(Math.abs(forth.tau)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});
