import { ranks } from "../correlation.ts";
import { chiSquareDistribution } from "../distributions/continuous.ts";
import { checkNumbers, sum, type Unmeasured } from "../measured.ts";

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
  for (const scores of raters) checkNumbers("raters", scores, things);
  const count = raters.length;
  if (count < 2) return { reason: "fewer than two raters" };
  if (things < 2) return { reason: "fewer than two things" };
  const ranked = raters.map(ranks);
  const sums = ranked[0]?.map((_, thing) => sum(ranked.map((places) => places[thing] as number))) ?? [];
  const middle = (count * (things + 1)) / 2;
  // Of each rater: the sum of squares that their ranks have, which ties make less.
  const own = ranked.map((places) => sum(places.map((place) => (place - (things + 1) / 2) ** 2)));
  if (sum(own) === 0) return { reason: "all raters have all things tied" };
  const w = sum(sums.map((total) => (total - middle) ** 2)) / (count * sum(own));
  const [statistic, degrees] = [count * (things - 1) * w, things - 1];
  const p = (await chiSquareDistribution(degrees)).above(statistic);
  return { w, raters: count, things, statistic, degrees, p };
}
