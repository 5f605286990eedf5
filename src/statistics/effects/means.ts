import { noncentralT } from "../distributions/noncentral.ts";
import { rootOf } from "../distributions/solved.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkNumbers, type Unmeasured } from "../measured.ts";
import { mean, variance } from "../moments.ts";
import { differencesOf } from "../pairs.ts";

/** How large a difference is. */
export interface Effect {
  /** Above zero where the second is the greater. */
  readonly effect: number;
  readonly interval: Interval;
}

/**
 * How far apart two means are in standard deviations of both together (J. Cohen, 1988). The interval here, as in the others
 * of this file, is exact for normal values: by the noncentral t distribution (J. H. Steiger and R. T. Fouladi, 1997).
 * @example
 * const found = await cohensD([1, 2, 3], [3, 4, 5]);
 * "effect" in found && found.effect; // => 2
 */
export async function cohensD(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<Effect | Unmeasured> {
  const why = whyNot(first, second);
  if (why !== undefined) return why;
  const degrees = first.length + second.length - 2;
  const pooled = ((first.length - 1) * variance(first) + (second.length - 1) * variance(second)) / degrees;
  if (pooled === 0) return { reason: "nobody differs from their group" };
  return inDeviations(mean(second) - mean(first), {
    sd: Math.sqrt(pooled),
    degrees,
    scale: scaleOf(first, second),
    level,
  });
}

/**
 * Cohen's d without its bias of small samples (L. V. Hedges, 1981), by the exact factor, which the interval has too.
 * @example
 * const found = await hedgesG([1, 2, 3], [3, 4, 5]);
 * "effect" in found && found.effect.toFixed(3); // => "1.596"
 */
export async function hedgesG(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<Effect | Unmeasured> {
  const found = await cohensD(first, second, level);
  if ("reason" in found) return found;
  const degrees = first.length + second.length - 2;
  if (degrees < 2) return { reason: "fewer than four values" };
  const { default: betainc } = await import("@stdlib/math-base-special-betainc");
  const factor = Math.sqrt(Math.PI) / (Math.sqrt(degrees / 2) * betainc(1, (degrees - 1) / 2, 0.5, false, false));
  const { low, high } = found.interval;
  return { effect: factor * found.effect, interval: { low: factor * low, high: factor * high, level } };
}

/** How far apart two means are in standard deviations of the first, as of those who were left alone (G. V. Glass, 1976). */
export async function glassDelta(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<Effect | Unmeasured> {
  const why = whyNot(first, second);
  if (why !== undefined) return why;
  const sd = Math.sqrt(variance(first));
  if (sd === 0) return { reason: "all values of the first are the same" };
  const degrees = first.length - 1;
  return inDeviations(mean(second) - mean(first), { sd, degrees, scale: scaleOf(first, second), level });
}

/** The mean difference of pairs in standard deviations of the differences (Cohen's d_z, 1988). It needs two pairs. */
export async function pairedEffect(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<Effect | Unmeasured> {
  const differences = differencesOf(first, second);
  if (differences.length < 2) return { reason: "fewer than two pairs" };
  const [difference, sd] = [mean(differences), Math.sqrt(variance(differences))];
  if (sd <= 1e-12 * Math.abs(difference) || sd === 0) return { reason: "all pairs differ by the same" };
  return inDeviations(difference, { sd, degrees: differences.length - 1, scale: Math.sqrt(differences.length), level });
}

interface Measure {
  readonly sd: number;
  readonly degrees: number;
  /** By what an effect becomes a t. */
  readonly scale: number;
  readonly level: number;
}

/** The interval holds every effect under which a t like this one would not be rare. */
async function inDeviations(difference: number, { sd, degrees, scale, level }: Measure): Promise<Effect> {
  const effect = difference / sd;
  const t = effect * scale;
  const { below } = await noncentralT(degrees);
  const reach = 12 + 4 * Math.abs(t);
  const at = (share: number): number => rootOf((moved) => below(t, moved) - share, [t - reach, t + reach]) / scale;
  return { effect, interval: { low: at((1 + level) / 2), high: at((1 - level) / 2), level } };
}

const scaleOf = (first: readonly number[], second: readonly number[]): number =>
  Math.sqrt((first.length * second.length) / (first.length + second.length));

function whyNot(first: readonly number[], second: readonly number[]): Unmeasured | undefined {
  checkNumbers("first", first);
  checkNumbers("second", second);
  return Math.min(first.length, second.length) < 2 ? { reason: "fewer than two values in a group" } : undefined;
}
