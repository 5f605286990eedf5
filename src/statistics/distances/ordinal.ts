import { checkNumbers, invalid, sum, type Unmeasured } from "../measured.ts";
import { bothAsShares, cumulated, empty } from "./shares.ts";

/** How far one distribution would have to be moved along a scale to become the other. */
export interface EarthMovers {
  /** In points of the scale, as the mean way of one answer. */
  readonly points: number;
  /** As a share of the whole length of the scale, from 0 to 1. */
  readonly distance: number;
}

/**
 * The earth mover's distance on an ordered scale (L. N. Wasserstein's first; S. S. Vallender, 1974): the area between the
 * two distribution functions. `positions` are where the options stand, ascending; by default one apart. It needs two options.
 * @example
 * earthMovers([1, 0, 0], [0, 0, 1]); // => { points: 2, distance: 1 }
 */
export function earthMovers(
  one: readonly number[],
  other: readonly number[],
  positions: readonly number[] = one.map((_, place) => place),
): EarthMovers | Unmeasured {
  checkNumbers("positions", positions, one.length);
  const back = steps(positions).findIndex((step) => step <= 0);
  if (back >= 0) throw invalid("positions", { value: positions[back + 1], hint: "Give them in ascending order." });
  const shares = bothAsShares(one, other);
  if (shares === undefined) return empty;
  if (one.length < 2) return { reason: "the scale has a single option" };
  const gaps = gapsOf(shares.first, shares.second);
  const points = sum(steps(positions).map((step, place) => step * (gaps[place] as number)));
  return { points, distance: points / ((positions.at(-1) as number) - (positions[0] as number)) };
}

/**
 * How alike two distributions on an ordered scale are: one less the greatest gap between their distribution functions, as
 * papers on semantic-similarity rating report it (B. F. Maier and others, 2025).
 * @example
 * ksSimilarity([1, 1, 2], [1, 1, 2]); // => { similarity: 1, distance: 0 }
 */
export function ksSimilarity(
  one: readonly number[],
  other: readonly number[],
): { readonly similarity: number; readonly distance: number } | Unmeasured {
  const shares = bothAsShares(one, other);
  if (shares === undefined) return empty;
  const distance = Math.max(...gapsOf(shares.first, shares.second));
  return { similarity: 1 - distance, distance };
}

const steps = (positions: readonly number[]): readonly number[] =>
  positions.slice(1).map((position, place) => position - (positions[place] as number));

/** Between the distribution functions, at each option. */
function gapsOf(one: readonly number[], other: readonly number[]): readonly number[] {
  const [reached, others] = [cumulated(one), cumulated(other)];
  return reached.map((share, place) => Math.abs(share - (others[place] as number)));
}
