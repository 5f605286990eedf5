import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkNumbers, isMeasured, type Unmeasured } from "../measured.ts";
import { type Apart, pairedApart, welchApart } from "./apart.ts";

/** What counts as no difference, declared before it is looked at. */
export interface EquivalenceOptions {
  /** A difference of less than this either way is none that matters, in the units of the values. */
  readonly margin: number;
  /** How often the answer may be wrongly yes. Default 0.05. */
  readonly alpha?: number;
}

/** Whether a difference is too small to matter. */
export interface Equivalence {
  readonly difference: number;
  readonly margin: number;
  /** Of the difference, at 1 − 2 alpha: it lies within the margin where the two are equivalent. */
  readonly interval: Interval;
  readonly degrees: number;
  /** That it lies above the lower margin, and below the upper one; one-sided each. */
  readonly pAboveLower: number;
  readonly pBelowUpper: number;
  /** The greater of the two. */
  readonly p: number;
  readonly equivalent: boolean;
}

/**
 * Whether a mean is as good as one that is given, by two one-sided t tests (D. J. Schuirmann, 1987).
 * @param target the mean that it is held against
 * @example
 * const found = await equivalentMean([3, 4, 3, 4, 3, 4], 3.5, { margin: 1 });
 * "equivalent" in found && found.equivalent; // => true
 */
export async function equivalentMean(
  values: readonly number[],
  target: number,
  options: EquivalenceOptions,
): Promise<Equivalence | Unmeasured> {
  checkNumbers("target", [target]);
  const targets = values.map(() => target);
  const apart = pairedApart(targets, values);
  if (isMeasured(apart)) return held(apart, options);
  return { reason: values.length < 2 ? "fewer than two values" : "all values are the same" };
}

/**
 * Whether the means of two groups are as good as the same, however much each scatters: two one-sided tests (D. J.
 * Schuirmann, 1987) by B. L. Welch's t.
 * @example
 * const found = await equivalentMeans([3, 4, 3, 4, 3], [3, 3, 4, 4, 3], { margin: 1 });
 * "equivalent" in found && found.equivalent; // => true
 */
export async function equivalentMeans(
  first: readonly number[],
  second: readonly number[],
  options: EquivalenceOptions,
): Promise<Equivalence | Unmeasured> {
  const apart = welchApart(first, second);
  return isMeasured(apart) ? held(apart, options) : apart;
}

/**
 * Whether the second of each pair is on the mean as good as the first, by two one-sided t tests (D. J. Schuirmann, 1987).
 * @example
 * const found = await equivalentPairs([3, 4, 3, 4], [3, 4, 4, 4], { margin: 1 });
 * "difference" in found && found.difference; // => 0.25
 */
export async function equivalentPairs(
  first: readonly number[],
  second: readonly number[],
  options: EquivalenceOptions,
): Promise<Equivalence | Unmeasured> {
  const apart = pairedApart(first, second);
  return isMeasured(apart) ? held(apart, options) : apart;
}

async function held(
  { difference, error, degrees }: Apart,
  { margin, alpha = 0.05 }: EquivalenceOptions,
): Promise<Equivalence> {
  if (!(margin > 0 && Number.isFinite(margin))) {
    const message = `The margin of an equivalence cannot be used: ${String(margin)}.`;
    const hint = "Give a number above zero: the least difference that would matter.";
    throw new TinyTroupeError("OPTION_INVALID", message, { data: { option: "margin", value: String(margin) }, hint });
  }
  const { above, below, quantile } = await tDistribution(degrees);
  const pAboveLower = above((difference + margin) / error);
  const pBelowUpper = below((difference - margin) / error);
  const p = Math.max(pAboveLower, pBelowUpper);
  const width = quantile(1 - alpha) * error;
  const interval = { low: difference - width, high: difference + width, level: 1 - 2 * alpha };
  return { difference, margin, interval, degrees, pAboveLower, pBelowUpper, p, equivalent: p < alpha };
}
