import { describe, expect, it } from "vitest";
import type { PowerDesign } from "../../../../src/statistics/power/designs.ts";
import { powerOf, sampleSize } from "../../../../src/statistics/power/power.ts";
import { clusterDesignEffect, sizeForMean, sizeForShare } from "../../../../src/statistics/power/precision.ts";
import expectedValues from "../effects/expected.json" with { type: "json" };
import { measured, near } from "../measured.ts";

describe("power", () => {
  it.each(expectedValues.powers)("as statsmodels has it: $design.kind, $n", async ({ design, n, alpha, power }) => {
    near(await powerOf(design as PowerDesign, n, { alpha }), power);
  });

  it.each(expectedValues.sizes)("takes so many: $n, $design.kind", async ({ design, power, n }) => {
    const found = measured(await sampleSize(design as PowerDesign, power));
    expect(found.n).toBe(n);
    expect(found.power).toBeGreaterThanOrEqual(power);
    expect(await powerOf(design as PowerDesign, n - 1)).toBeLessThan(power);
  });

  it("is alpha where there is nothing to find, which no number finds", async () => {
    near(await powerOf({ kind: "two groups", effect: 0 }, 20), 0.05);
    near(await powerOf({ kind: "groups", effect: 0, groups: 3 }, 20), 0.05);
    expect(await sampleSize({ kind: "pairs", effect: 0 })).toEqual({
      reason: "the effect is too small to be found by any number",
    });
  });

  it("takes a small sample where the effect is large", async () => {
    expect(measured(await sampleSize({ kind: "correlation", r: 0.99 })).n).toBeGreaterThanOrEqual(4);
    expect(measured(await sampleSize({ kind: "two shares", first: 0.01, second: 0.99 })).n).toBeLessThan(6);
  });

  it.each<[string, PowerDesign, number]>([
    ["n", { kind: "pairs", effect: 1 }, 1],
    ["first", { kind: "two shares", first: 0, second: 0.5 }, 10],
    ["r", { kind: "correlation", r: 1 }, 10],
  ])("refuses %s beyond its bounds", async (option, design, n) => {
    await expect(powerOf(design, n)).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option } });
  });
});

describe("precision", () => {
  it.each(expectedValues.margins)("as statsmodels has it: $n for $margin", async ({ margin, share, n }) => {
    expect(await sizeForShare(margin, { share })).toBe(n);
  });

  it("takes more of clusters, and fewer of few", async () => {
    expect(await sizeForShare(0.05, { designEffect: clusterDesignEffect(11, 0.1) })).toBe(769);
    expect(await sizeForShare(0.05, { population: 1_000 })).toBe(278);
    expect(await sizeForMean(0.1, { sd: 1 })).toBe(385);
    expect(await sizeForMean(0.1, { sd: 0 })).toBe(0);
    await expect(sizeForShare(0)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
