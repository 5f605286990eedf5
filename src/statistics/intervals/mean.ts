import { tDistribution } from "../distributions/continuous.ts";
import { isMeasured, type Unmeasured } from "../measured.ts";
import { summary } from "../moments.ts";
import type { Interval } from "./interval.ts";

/** A mean, and between which values the true one lies. */
export interface MeanInterval extends Interval {
  readonly mean: number;
  readonly n: number;
}

/**
 * The mean with its interval by Student's t (W. S. Gosset, 1908). It needs two values that differ: of values all alike no
 * interval can be told.
 * @example
 * const found = await meanInterval([1, 2, 3]);
 * "mean" in found && found.mean; // => 2
 */
export async function meanInterval(values: readonly number[], level = 0.95): Promise<MeanInterval | Unmeasured> {
  const found = summary(values);
  if (!isMeasured(found)) return found;
  if (found.sd === undefined) return { reason: "fewer than two values" };
  if (found.sd <= 1e-12 * Math.abs(found.mean)) return { reason: "all values are alike" };
  const { mean, n, sd } = found;
  const { quantile } = await tDistribution(n - 1);
  const margin = quantile((1 + level) / 2) * (sd / Math.sqrt(n));
  return { mean, n, low: mean - margin, high: mean + margin, level };
}
