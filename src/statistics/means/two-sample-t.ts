import { isMeasured, type Unmeasured } from "../measured.ts";
import { standardizedDifference } from "../moments.ts";
import { type Apart, type DifferenceT, pooledApart, tested, welchApart } from "./apart.ts";

/** A difference of two groups, in means. */
export interface TwoSampleT extends DifferenceT {
  /** In standard deviations of both together (J. Cohen's d, 1988). */
  readonly effect: number;
}

/**
 * Whether two groups have the same mean, however much each scatters (B. L. Welch, 1947), with F. E. Satterthwaite's degrees
 * of freedom (1946). Each needs two values, and one of them values that differ.
 * @param level of the interval
 * @example
 * const found = await welchT([1, 2, 3], [3, 4, 8]);
 * "difference" in found && found.difference; // => 3
 */
export async function welchT(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<TwoSampleT | Unmeasured> {
  return withEffect(welchApart(first, second), [first, second], level);
}

/**
 * Whether two groups that scatter equally have the same mean (Student, 1908). Each needs two values, and one of them values
 * that differ. Where nothing says that they scatter equally, `welchT` costs hardly any power and errs less.
 * @param level of the interval
 * @example
 * const found = await studentT([1, 2, 3], [3, 4, 8]);
 * "degrees" in found && found.degrees; // => 4
 */
export async function studentT(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<TwoSampleT | Unmeasured> {
  return withEffect(pooledApart(first, second), [first, second], level);
}

async function withEffect(
  apart: Apart | Unmeasured,
  [first, second]: readonly [readonly number[], readonly number[]],
  level: number,
): Promise<TwoSampleT | Unmeasured> {
  if (!isMeasured(apart)) return apart;
  const effect = standardizedDifference({ values: second }, { values: first });
  return isMeasured(effect) ? { ...(await tested(apart, level)), effect: effect.d } : effect;
}
