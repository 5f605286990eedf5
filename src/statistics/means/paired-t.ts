import { tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import type { Unmeasured } from "../measured.ts";
import { mean, variance } from "../moments.ts";
import { differencesOf } from "../pairs.ts";

/** A difference of pairs, in means. */
export interface PairedT {
  /** The mean of second less first. */
  readonly difference: number;
  /** Of the difference. */
  readonly interval: Interval;
  readonly t: number;
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
  /** In standard deviations of the differences (J. Cohen's d_z, 1988). */
  readonly effect: number;
}

/**
 * Whether the second of each pair is greater on the mean (Student, 1908). It needs two pairs, and differences that differ.
 * @example
 * const found = await pairedT([1, 2, 3], [2, 4, 3]);
 * "difference" in found && found.difference; // => 1
 */
export async function pairedT(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<PairedT | Unmeasured> {
  const differences = differencesOf(first, second);
  const n = differences.length;
  if (n < 2) return { reason: "fewer than two pairs" };
  const difference = mean(differences);
  const sd = Math.sqrt(variance(differences));
  // What is left of equal differences may be a rounding.
  if (sd <= 1e-12 * Math.abs(difference)) return { reason: "all pairs differ by the same" };
  const error = sd / Math.sqrt(n);
  const t = difference / error;
  const degrees = n - 1;
  const { above, quantile } = await tDistribution(degrees);
  const margin = quantile((1 + level) / 2) * error;
  const interval = { low: difference - margin, high: difference + margin, level };
  return { difference, interval, t, degrees, p: 2 * above(Math.abs(t)), effect: difference / sd };
}
