import { chiSquareTable } from "../counts/chi-square.ts";
import type { Part } from "../counts/proportions.ts";
import { normalDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkWeights, isMeasured, sum, type Unmeasured } from "../measured.ts";

/** How many times the odds of one group those of another are. */
export interface OddsRatio {
  readonly ratio: number;
  readonly interval: Interval;
  /** What was added to each cell, since one was empty (J. B. S. Haldane and F. J. Anscombe, 1956): a half, or nothing. */
  readonly added: number;
}

/**
 * How many times the odds of the second are those of the first, with B. Woolf's interval (1955). Each group needs somebody,
 * and there must be both answers.
 * @example
 * const found = await oddsRatio({ count: 2, n: 4 }, { count: 6, n: 8 });
 * "ratio" in found && found.ratio; // => 3
 */
export async function oddsRatio(first: Part, second: Part, level = 0.95): Promise<OddsRatio | Unmeasured> {
  for (const { count, n } of [first, second]) checkWeights("counts", [count, n - count]);
  if (first.n === 0 || second.n === 0) return { reason: "there is nobody in a group" };
  const cells = [second.count, second.n - second.count, first.count, first.n - first.count];
  const yes = first.count + second.count;
  if (yes === 0 || yes === first.n + second.n) return { reason: "all gave the same answer" };
  const added = cells.includes(0) ? 0.5 : 0;
  const [a, b, c, d] = cells.map((cell) => cell + added) as [number, number, number, number];
  const logarithm = Math.log(a) - Math.log(b) - Math.log(c) + Math.log(d);
  const margin = (await normalDistribution()).quantile((1 + level) / 2) * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  const interval = { low: Math.exp(logarithm - margin), high: Math.exp(logarithm + margin), level };
  return { ratio: (a * d) / (b * c), interval, added };
}

/**
 * How far the rows of a table differ, from 0 to 1: H. Cramér's V without its bias (W. Bergsma, 2013), which makes it zero on
 * the mean where they do not. `chiSquareTable` gives V as it is.
 * @example
 * const found = await cramersV([[10, 0], [0, 10]]);
 * "effect" in found && found.effect; // => 1
 */
export async function cramersV(
  table: readonly (readonly number[])[],
): Promise<{ readonly effect: number } | Unmeasured> {
  const found = await chiSquareTable(table);
  if (!isMeasured(found)) return found;
  const rows = table.filter((row) => sum(row) > 0);
  const columns = (table[0] ?? []).filter((_, place) => sum(table.map((row) => row[place] as number)) > 0);
  const n = sum(table.map(sum));
  if (n < 2) return { reason: "there is a single one" };
  const share = Math.max(0, found.statistic / n - found.degrees / (n - 1));
  const [high, wide] = [rows.length, columns.length].map((size) => size - (size - 1) ** 2 / (n - 1)) as [
    number,
    number,
  ];
  const most = Math.min(high, wide) - 1;
  return most <= 0 ? { reason: "too few for so large a table" } : { effect: Math.min(1, Math.sqrt(share / most)) };
}
