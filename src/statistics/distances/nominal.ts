import { sum, type Unmeasured } from "../measured.ts";
import { bothAsShares, empty } from "./shares.ts";

/**
 * How much of one distribution would have to move to become the other: half of the sum of the differences, from 0 to 1.
 * Both are brought to a sum of one.
 * @example
 * totalVariation([1, 1], [3, 1]); // => { distance: 0.25 }
 */
export function totalVariation(
  one: readonly number[],
  other: readonly number[],
): { readonly distance: number } | Unmeasured {
  const shares = bothAsShares(one, other);
  if (shares === undefined) return empty;
  const apart = shares.first.map((share, place) => Math.abs(share - (shares.second[place] as number)));
  return { distance: sum(apart) / 2 };
}

/** How far apart two distributions are in information. */
export interface JensenShannon {
  /** In bits, from 0 to 1. */
  readonly divergence: number;
  /** Its square root, which is a metric (D. M. Endres and J. E. Schindelin, 2003). */
  readonly distance: number;
}

/**
 * How much a single draw says of which of two distributions it comes from (J. Lin, "Divergence measures based on the Shannon
 * entropy", 1991). Both are brought to a sum of one; an option that one of them lacks is nothing special.
 * @example
 * jensenShannon([1, 0], [0, 1]); // => { divergence: 1, distance: 1 }
 */
export function jensenShannon(one: readonly number[], other: readonly number[]): JensenShannon | Unmeasured {
  const shares = bothAsShares(one, other);
  if (shares === undefined) return empty;
  const middle = shares.first.map((share, place) => (share + (shares.second[place] as number)) / 2);
  const divergence = Math.max(0, (fromMiddle(shares.first, middle) + fromMiddle(shares.second, middle)) / 2);
  return { divergence, distance: Math.sqrt(divergence) };
}

/** S. Kullback and R. A. Leibler's divergence (1951) in bits, from a middle that has all that the shares have. */
const fromMiddle = (shares: readonly number[], middle: readonly number[]): number =>
  sum(shares.map((share, place) => (share === 0 ? 0 : share * Math.log2(share / (middle[place] as number)))));
