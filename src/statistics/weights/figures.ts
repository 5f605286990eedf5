import { tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { shareInterval } from "../intervals/share.ts";
import { checkNumbers, checkWeights, sum, type Unmeasured } from "../measured.ts";
import { effectiveSize } from "../moments.ts";

/** What weights cost. */
export interface Weighed {
  /** Who has a weight. */
  readonly n: number;
  /** As many of equal weight would tell as much (L. Kish, 1965): n over the design effect. */
  readonly effectiveSize: number;
  /** How many times as large the variance is as without weights: 1 where all are the same. */
  readonly designEffect: number;
}

/** A mean by weights. */
export interface WeightedMean extends Weighed {
  readonly mean: number;
  readonly error: number;
  readonly interval: Interval;
}

/**
 * What weights cost, by the weights alone.
 * @example
 * weighed([1, 1, 2]).designEffect; // => 1.125
 */
export function weighed(weights: readonly number[]): Weighed {
  const [n, size] = [weights.filter((weight) => weight > 0).length, effectiveSize(weights)];
  return { n, effectiveSize: size, designEffect: size === 0 ? 0 : n / size };
}

/**
 * A mean by weights. The error is that of surveys, by linearisation with replacement (W. A. Fuller, 1975; as svymean of R's
 * survey package and SPSS's complex samples have it), which counts that who weighs more may differ, too; by Student's t.
 * It needs two values that have a weight, and that these are not all alike: they say nothing of how much others differ.
 * @example
 * const found = await weightedMean([1, 2, 4], [1, 1, 2]);
 * "mean" in found && found.mean; // => 2.75
 */
export async function weightedMean(
  values: readonly number[],
  weights: readonly number[],
  level = 0.95,
): Promise<WeightedMean | Unmeasured> {
  checkNumbers("values", values);
  checkWeights("weights", weights, values.length);
  const n = weights.filter((weight) => weight > 0).length;
  if (n < 2) return { reason: "fewer than two values that have a weight" };
  const all = sum(weights);
  const mean = sum(values.map((value, place) => value * (weights[place] as number))) / all;
  const squares = sum(values.map((value, place) => (((weights[place] as number) / all) * (value - mean)) ** 2));
  const error = Math.sqrt((n / (n - 1)) * squares);
  if (error <= 1e-12 * Math.abs(mean)) return { reason: "all values that have a weight are alike" };
  const margin = (await tDistribution(n - 1)).quantile((1 + level) / 2) * error;
  return { ...weighed(weights), mean, error, interval: { low: mean - margin, high: mean + margin, level } };
}

/** A share by weights. */
export interface WeightedShare extends Weighed {
  readonly share: number;
  readonly interval: Interval;
  /** Half of the interval: the share is so much more or less, as it is said in reports. */
  readonly margin: number;
}

/**
 * The share of those for whom something holds, by weights: Wilson's interval on the effective size (N. Dean and M. Pagano,
 * 2015). Of whom it holds at times, it is how often, from 0 to 1. It needs somebody who has a weight.
 * @example
 * const found = await weightedShare([true, false, true], [1, 1, 2]);
 * "share" in found && found.share; // => 0.75
 */
export async function weightedShare(
  holds: readonly (boolean | number)[],
  weights: readonly number[],
  level = 0.95,
): Promise<WeightedShare | Unmeasured> {
  checkWeights("weights", weights, holds.length);
  const all = sum(weights);
  if (all === 0) return { reason: "nobody has a weight" };
  const share = sum(weights.map((weight, place) => weight * Number(holds[place]))) / all;
  const cost = weighed(weights);
  const interval = await shareInterval(share * cost.effectiveSize, cost.effectiveSize, level);
  return { ...cost, share, interval, margin: (interval.high - interval.low) / 2 };
}
