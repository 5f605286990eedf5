import { chiSquareDistribution } from "../distributions/continuous.ts";
import { checkWeights, sum, type Unmeasured } from "../measured.ts";

/** A test of counts. */
export interface ChiSquare {
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
  /** Of a fit Cohen's w (1988), of a table Cramér's V (1946): 0 is none. */
  readonly effect: number;
  /** Below 5 the p value is rough (W. G. Cochran, 1954). */
  readonly smallestExpected: number;
}

/**
 * Whether counts are what a target gives (K. Pearson, 1900). The shares are brought to a sum of one; levels of which
 * neither has anything are left out.
 */
export async function chiSquareFit(
  counts: readonly number[],
  shares: readonly number[],
): Promise<ChiSquare | Unmeasured> {
  checkWeights("counts", counts);
  checkWeights("shares", shares, counts.length);
  const [n, all] = [sum(counts), sum(shares)];
  if (n === 0) return { reason: "there is nobody" };
  if (counts.some((count, index) => count > 0 && shares[index] === 0)) {
    return { reason: "there are values of which the target has none" };
  }
  const expected = shares.map((share) => (share / all) * n);
  const levels = expected.filter((count) => count > 0).length;
  if (levels < 2) return { reason: "the target has a single value" };
  const statistic = distance(counts, expected);
  return tested({ statistic, degrees: levels - 1, expected, effect: Math.sqrt(statistic / n) });
}

/**
 * Which statistic a table is asked by: Pearson's; the same with F. Yates' correction (1934), which a table of more than two by
 * two has not; or the likelihood ratio G (S. S. Wilks, 1935).
 */
export type TableStatistic = "pearson" | "yates" | "likelihood-ratio";

/**
 * Whether the rows of a table differ (Pearson's test of independence). Rows and columns of zeros are left out. The effect
 * is that of Pearson's statistic, whichever is asked for.
 */
export async function chiSquareTable(
  table: readonly (readonly number[])[],
  by: TableStatistic = "pearson",
): Promise<ChiSquare | Unmeasured> {
  const width = Math.max(0, ...table.map((row) => row.length));
  for (const row of table) checkWeights("table", row, width);
  const rows = table.map(sum);
  const columns = Array.from({ length: width }, (_, place) => sum(table.map((row) => row[place] as number)));
  const n = sum(rows);
  const [high, wide] = [rows, columns].map((totals) => totals.filter((total) => total > 0).length) as [number, number];
  if (n === 0) return { reason: "there is nobody" };
  if (high < 2 || wide < 2) return { reason: "there is a single value, so that nothing can differ" };
  const expected = rows.flatMap((row) => columns.map((column) => (row * column) / n));
  const degrees = (high - 1) * (wide - 1);
  const effect = Math.sqrt(distance(table.flat(), expected) / (n * Math.min(high - 1, wide - 1)));
  const correction = by === "yates" && degrees === 1 ? 0.5 : 0;
  const statistic =
    by === "likelihood-ratio" ? likelihoodRatio(table.flat(), expected) : distance(table.flat(), expected, correction);
  return tested({ statistic, degrees, expected, effect });
}

const likelihoodRatio = (counts: readonly number[], expected: readonly number[]): number =>
  // What is left of none may be a rounding.
  Math.max(
    0,
    2 * sum(counts.map((count, index) => (count === 0 ? 0 : count * Math.log(count / (expected[index] as number))))),
  );

const distance = (counts: readonly number[], expected: readonly number[], correction = 0): number =>
  sum(
    counts.map((count, index) => {
      const likely = expected[index] as number;
      return likely === 0 ? 0 : Math.max(0, Math.abs(count - likely) - correction) ** 2 / likely;
    }),
  );

async function tested({
  expected,
  ...found
}: Omit<ChiSquare, "p" | "smallestExpected"> & { readonly expected: readonly number[] }): Promise<ChiSquare> {
  const { above } = await chiSquareDistribution(found.degrees);
  return { ...found, p: above(found.statistic), smallestExpected: Math.min(...expected.filter((count) => count > 0)) };
}
