import { tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkNumbers, type Unmeasured } from "../measured.ts";
import { mean, variance } from "../moments.ts";
import { differencesOf } from "../pairs.ts";

/** How far apart two means lie, the error of that, and on how many degrees of freedom it rests. */
export interface Apart {
  /** The mean of the second less that of the first. */
  readonly difference: number;
  readonly error: number;
  readonly degrees: number;
}

/** By the differences of pairs. */
export function pairedApart(first: readonly number[], second: readonly number[]): Apart | Unmeasured {
  const differences = differencesOf(first, second);
  const n = differences.length;
  if (n < 2) return { reason: "fewer than two pairs" };
  const [difference, error] = [mean(differences), Math.sqrt(variance(differences) / n)];
  // What is left of equal differences may be a rounding.
  if (error <= 1e-12 * Math.abs(difference)) return { reason: "all pairs differ by the same" };
  return { difference, error, degrees: n - 1 };
}

/** By the variance of each (B. L. Welch, 1947), with F. E. Satterthwaite's degrees of freedom (1946). */
export function welchApart(first: readonly number[], second: readonly number[]): Apart | Unmeasured {
  const why = whyNot(first, second);
  if (why !== undefined) return why;
  const [one, other] = [variance(first) / first.length, variance(second) / second.length];
  const degrees = (one + other) ** 2 / (one ** 2 / (first.length - 1) + other ** 2 / (second.length - 1));
  return { difference: mean(second) - mean(first), error: Math.sqrt(one + other), degrees };
}

/** By the variance of both together (Student, 1908). */
export function pooledApart(first: readonly number[], second: readonly number[]): Apart | Unmeasured {
  const why = whyNot(first, second);
  if (why !== undefined) return why;
  const degrees = first.length + second.length - 2;
  const pooled = ((first.length - 1) * variance(first) + (second.length - 1) * variance(second)) / degrees;
  const error = Math.sqrt(pooled * (1 / first.length + 1 / second.length));
  return { difference: mean(second) - mean(first), error, degrees };
}

function whyNot(first: readonly number[], second: readonly number[]): Unmeasured | undefined {
  checkNumbers("first", first);
  checkNumbers("second", second);
  if (Math.min(first.length, second.length) < 2) return { reason: "fewer than two values in a group" };
  if (variance(first) + variance(second) === 0) return { reason: "nobody differs from their group" };
  return undefined;
}

/** A difference of means, tested. */
export interface DifferenceT {
  /** The mean of the second less that of the first. */
  readonly difference: number;
  /** Of the difference. */
  readonly interval: Interval;
  readonly t: number;
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
}

/** Whether a difference is none, and between which values it lies. */
export async function tested({ difference, error, degrees }: Apart, level: number): Promise<DifferenceT> {
  const { above, quantile } = await tDistribution(degrees);
  const t = difference / error;
  const margin = quantile((1 + level) / 2) * error;
  const interval = { low: difference - margin, high: difference + margin, level };
  return { difference, interval, t, degrees, p: 2 * above(Math.abs(t)) };
}
