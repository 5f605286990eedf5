import { describe, expect, it } from "vitest";
import { pearson, spearman } from "../../../src/statistics/correlation.ts";
import { chiSquareFit, chiSquareTable } from "../../../src/statistics/counts/chi-square.ts";
import { logOdds } from "../../../src/statistics/log-odds.ts";
import { isMeasured } from "../../../src/statistics/measured.ts";
import { quantile, summary } from "../../../src/statistics/moments.ts";
import { holm } from "../../../src/statistics/multiplicity.ts";
import { kolmogorov, kolmogorovSmirnov } from "../../../src/statistics/shapes/kolmogorov-smirnov.ts";
import { diversity } from "../../../src/statistics/shares.ts";
import expectedValues from "./expected.json" with { type: "json" };

const measured = <T extends object>(found: T | { readonly reason: string }): T => {
  if (isMeasured(found)) return found;
  throw new Error((found as { readonly reason: string }).reason);
};
const near = (value: number | undefined, expected: number) => expect(value).toBeCloseTo(expected, 9);

describe("as SciPy, NumPy and statsmodels have it", () => {
  it.each(expectedValues.fits)("the fit of $counts", async ({ counts, shares, statistic, p }) => {
    const found = measured(await chiSquareFit(counts, shares));
    near(found.statistic, statistic);
    near(found.p, p);
    near(found.effect, Math.sqrt(statistic / counts.reduce((total, count) => total + count, 0)));
  });

  it.each(expectedValues.tables)("the table $table", async ({ table, cramer, ...expected }) => {
    const { effect, ...found } = measured(await chiSquareTable(table));
    near(effect, cramer);
    for (const figure of ["statistic", "p", "degrees", "smallestExpected"] as const)
      near(found[figure], expected[figure]);
  });

  it.each(expectedValues.apart)("how far samples are apart: $distance", ({ one, other, distance, p }) => {
    const found = measured(kolmogorovSmirnov({ values: one }, { values: other }));
    expect(found.method).toBe("exact");
    near(found.distance, distance);
    near(found.p, p);
  });

  it.each(expectedValues.limits)("Kolmogorov's limit at $value", ({ value, p }) => near(kolmogorov(value), p));

  it.each(expectedValues.pairs)("correlations of $xs.length pairs", async ({ xs, ys, weights, ...expected }) => {
    for (const [name, ask] of Object.entries({ pearson, spearman })) {
      const found = measured(await ask(xs, ys));
      near(found.r, expected[name as "pearson"].r);
      near(found.p, expected[name as "pearson"].p);
    }
    near(measured(await pearson(xs, ys, weights)).r, expected.weighted);
  });

  it.each(expectedValues.numbers)("figures of $values.length numbers", ({ values, weights, ...expected }) => {
    const found = measured(summary(values));
    near(found.mean, expected.mean);
    near(found.sd, expected.sd);
    const shares = [0, 0.1, 0.25, 0.5, 0.75, 1];
    for (const [place, share] of shares.entries()) {
      near(quantile(values, share), expected.quantiles[place] as number);
      near(quantile(values, share, weights), expected.weighted.quantiles[place] as number);
    }
    const weighted = measured(summary(values, weights));
    near(weighted.mean, expected.weighted.mean);
    near(weighted.sd, expected.weighted.sd);
  });

  it.each(expectedValues.varied)("the diversity of $counts", ({ counts, entropy, simpson }) => {
    const found = measured(diversity(counts));
    near(found.entropy, entropy);
    near(found.simpson, simpson);
  });

  it("Holm's correction", () => {
    const { ps, corrected } = expectedValues.holm;
    for (const [place, p] of holm(ps).entries()) near(p, corrected[place] as number);
  });

  it("log-odds of words", () => {
    const { group, rest, logOdds: odds, z } = expectedValues.words;
    const counted = (counts: readonly number[]) => new Map(counts.map((count, place) => [`w${place}`, count]));
    const found = logOdds(counted(group), counted(rest));
    expect(found.map(({ word }) => word)[0]).toBe("w0");
    expect(found).toHaveLength(4);
    for (const { word, ...row } of found) {
      near(row.logOdds, odds[Number(word.slice(1))] as number);
      near(row.z, z[Number(word.slice(1))] as number);
    }
  });
});
