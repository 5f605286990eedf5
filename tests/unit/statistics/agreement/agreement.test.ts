import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { krippendorffAlpha } from "../../../../src/statistics/agreement/alpha.ts";
import { cohenKappa } from "../../../../src/statistics/agreement/kappa.ts";
import { bootstrapInterval } from "../../../../src/statistics/intervals/bootstrap.ts";
import { meanInterval } from "../../../../src/statistics/intervals/mean.ts";
import { shareInterval } from "../../../../src/statistics/intervals/share.ts";
import { isMeasured } from "../../../../src/statistics/measured.ts";
import { mean } from "../../../../src/statistics/moments.ts";
import expectedValues from "../expected.json" with { type: "json" };

const measured = <T extends object>(found: T | { readonly reason: string }): T => {
  if (isMeasured(found)) return found;
  throw new Error((found as { readonly reason: string }).reason);
};
const near = (value: number | undefined, expected: number) => expect(value).toBeCloseTo(expected, 9);

describe("as SciPy and statsmodels have it", () => {
  it.each(expectedValues.agreements)("kappa of $levels.length levels, weights $weights", async (row) => {
    const weights = row.weights as "none" | "linear" | "quadratic";
    const found = measured(await cohenKappa(row.one, row.other, { levels: row.levels, weights }));
    near(found.kappa, row.kappa);
    near(found.low, row.low);
    near(found.high, row.high);
  });

  it.each(expectedValues.wilson)("the share $count of $n at $level", async ({ count, n, level, low, high }) => {
    const found = await shareInterval(count, n, level);
    near(found.low, low);
    near(found.high, high);
  });

  it.each(expectedValues.means)("a mean at $level", async ({ values, level, low, high }) => {
    const found = measured(await meanInterval(values, level));
    near(found.low, low);
    near(found.high, high);
  });

  it.each(expectedValues.resampled)(
    "by drawing again, but for the dice: $values.length",
    async ({ values, ...row }) => {
      const sd = (taken: readonly number[]) => Math.sqrt(mean(taken.map((value) => (value - mean(taken)) ** 2)));
      for (const [figure, [low = 0, high = 0]] of [
        [mean, row.mean],
        [sd, row.sd],
      ] as const) {
        const options = { random: createRandom(3), resamples: 8_000 };
        const at = (units: readonly number[]) => figure(units.map((unit) => values[unit] as number));
        const found = measured(await bootstrapInterval(values.length, at, options));
        const width = high - low;
        expect(Math.abs(found.low - low) / width).toBeLessThan(0.03);
        expect(Math.abs(found.high - high) / width).toBeLessThan(0.03);
      }
    },
  );
});

// Four observers, twelve units: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, part C and D.
const [_, ...observers] = [
  "1 2 3 4 5 6 7 8 9 10 11 12",
  "1 2 3 3 2 1 4 1 2 . . .",
  "1 2 3 3 2 2 4 1 2 5 . 3",
  ". 3 3 3 2 3 4 2 2 5 1 .",
  "1 2 3 3 2 4 4 1 2 5 1 .",
];
const coders = observers.map((line) => line.split(" ").map((value) => (value === "." ? undefined : Number(value))));

describe("Krippendorff's alpha", () => {
  it.each([
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
  ] as const)("is as published: %s", (metric, alpha) => {
    const found = measured(krippendorffAlpha(coders, metric));
    expect(found.alpha).toBeCloseTo(alpha, 3);
    expect([found.units, found.values]).toEqual([11, 40]);
  });
});

describe("where there is no figure", () => {
  it("why is said", async () => {
    expect(await cohenKappa([], [])).toEqual({ reason: "there is nothing that both coded" });
    expect(await cohenKappa(["a", "a"], ["a", "a"])).toEqual({
      reason: "both gave one and the same level throughout",
    });
    expect(krippendorffAlpha([["a"], ["a"]], "nominal")).toEqual({ reason: "all values are the same" });
    expect(krippendorffAlpha([["a", undefined]], "nominal")).toEqual({ reason: "there is nothing that two coded" });
    expect(await meanInterval([1])).toEqual({ reason: "fewer than two values" });
    expect(await bootstrapInterval(1, () => 1, { random: createRandom(1) })).toMatchObject({
      reason: "fewer than two values",
    });
    const rarely = (units: readonly number[]) => (units.includes(0) ? 1 : undefined);
    expect(await bootstrapInterval(5, rarely, { random: createRandom(1) })).toMatchObject({
      reason: "too many draws from the sample have no figure",
    });
  });

  it("levels that are none and gaps are refused", async () => {
    await expect(cohenKappa(["a"], ["c"], { levels: ["a", "b"] })).rejects.toMatchObject({ data: { value: "c" } });
    await expect(cohenKappa(["a"], [])).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("a share has an interval even of nobody", async () => {
    expect(await shareInterval(0, 0)).toEqual({ low: 0, high: 1, level: 0.95 });
  });
});
