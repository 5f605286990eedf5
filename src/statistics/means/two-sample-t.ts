import { tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkNumbers, isMeasured, type Unmeasured } from "../measured.ts";
import { mean, standardizedDifference, variance } from "../moments.ts";

/** A difference of two groups, in means. */
export interface TwoSampleT {
  /** The mean of the second less that of the first. */
  readonly difference: number;
  /** Of the difference. */
  readonly interval: Interval;
  readonly t: number;
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
  /** In standard deviations of both together (J. Cohen's d, 1988). */
  readonly effect: number;
}

/** How far apart two means lie, the error of that, and on how many degrees of freedom it rests. */
interface Apart {
  readonly difference: number;
  readonly error: number;
  readonly degrees: number;
}

/**
 * Whether two groups have the same mean, however much each scatters (B. L. Welch, 1947), with F. E. Satterthwaite's degrees
 * of freedom (1946). Each needs two values, and one of them values that differ.
 * @example
 * const found = await welchT([1, 2, 3], [3, 4, 8]);
 * "difference" in found && found.difference; // => 3
 */
export function welchT(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<TwoSampleT | Unmeasured> {
  return tested(first, second, { apart: welchApart(first, second), level });
}

/**
 * Whether two groups that scatter equally have the same mean (Student, 1908). Each needs two values, and one of them values
 * that differ. Where nothing says that they scatter equally, `welchT` costs hardly any power and errs less.
 */
export function studentT(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<TwoSampleT | Unmeasured> {
  return tested(first, second, { apart: pooledApart(first, second), level });
}

/** By the variance of each. */
function welchApart(first: readonly number[], second: readonly number[]): Apart | Unmeasured {
  const why = whyNot(first, second);
  if (why !== undefined) return why;
  const [one, other] = [variance(first) / first.length, variance(second) / second.length];
  const degrees = (one + other) ** 2 / (one ** 2 / (first.length - 1) + other ** 2 / (second.length - 1));
  return { difference: mean(second) - mean(first), error: Math.sqrt(one + other), degrees };
}

/** By the variance of both together. */
function pooledApart(first: readonly number[], second: readonly number[]): Apart | Unmeasured {
  const why = whyNot(first, second);
  if (why !== undefined) return why;
  const degrees = first.length + second.length - 2;
  const pooled = ((first.length - 1) * variance(first) + (second.length - 1) * variance(second)) / degrees;
  const error = Math.sqrt(pooled * (1 / first.length + 1 / second.length));
  return { difference: mean(second) - mean(first), error, degrees };
}

async function tested(
  first: readonly number[],
  second: readonly number[],
  { apart, level }: { readonly apart: Apart | Unmeasured; readonly level: number },
): Promise<TwoSampleT | Unmeasured> {
  const effect = standardizedDifference({ values: second }, { values: first });
  if (!isMeasured(apart)) return apart;
  if (!isMeasured(effect)) return effect;
  const { difference, error, degrees } = apart;
  const { above, quantile } = await tDistribution(degrees);
  const t = difference / error;
  const margin = quantile((1 + level) / 2) * error;
  const interval = { low: difference - margin, high: difference + margin, level };
  return { difference, interval, t, degrees, p: 2 * above(Math.abs(t)), effect: effect.d };
}

function whyNot(first: readonly number[], second: readonly number[]): Unmeasured | undefined {
  checkNumbers("first", first);
  checkNumbers("second", second);
  if (Math.min(first.length, second.length) < 2) return { reason: "fewer than two values in a group" };
  if (variance(first) + variance(second) === 0) return { reason: "nobody differs from their group" };
  return undefined;
}
