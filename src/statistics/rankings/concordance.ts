import { isMeasured, type Unmeasured } from "../measured.ts";
import { friedman } from "../ranks/friedman.ts";

/** How far several agree on an order. */
export interface Concordance {
  /** From 0 (none) to 1 (all have the same order). */
  readonly w: number;
  readonly raters: number;
  readonly things: number;
  /** Friedman's χ², and that nobody agrees; rough below seven things and few raters. */
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
}

/**
 * M. G. Kendall and B. Babington Smith's W (1939), ties allowed for: one list a rater, with a rank or any score for each
 * thing. Its test is M. Friedman's (1937). It needs two raters, and two things.
 * @example
 * const found = await kendallW([[1, 2, 3], [1, 2, 3]]);
 * "w" in found && found.w; // => 1
 */
export async function kendallW(raters: readonly (readonly number[])[]): Promise<Concordance | Unmeasured> {
  const things = raters[0]?.length ?? 0;
  if (raters.length < 2) return { reason: "fewer than two raters" };
  if (things < 2) return { reason: "fewer than two things" };
  const found = await friedman(raters);
  if (!isMeasured(found)) return found;
  const { effect, chiSquare, degrees, p } = found;
  return { w: effect, raters: raters.length, things, statistic: chiSquare, degrees, p };
}
