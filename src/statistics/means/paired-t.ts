import { isMeasured, type Unmeasured } from "../measured.ts";
import { type DifferenceT, pairedApart, tested } from "./apart.ts";

/** A difference of pairs, in means. */
export interface PairedT extends DifferenceT {
  /** In standard deviations of the differences (J. Cohen's d_z, 1988). */
  readonly effect: number;
}

/**
 * Whether the second of each pair is greater on the mean (Student, 1908). It needs two pairs, and differences that differ.
 * @param level of the interval
 * @example
 * const found = await pairedT([1, 2, 3], [2, 4, 3]);
 * "difference" in found && found.difference; // => 1
 */
export async function pairedT(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<PairedT | Unmeasured> {
  const apart = pairedApart(first, second);
  if (!isMeasured(apart)) return apart;
  const effect = apart.difference / (apart.error * Math.sqrt(first.length));
  return { ...(await tested(apart, level)), effect };
}
