import { invalid, type Unmeasured } from "../measured.ts";
import { checkOrders, type Order } from "./orders.ts";

/** How alike two orders are, their tops above all. */
export interface Overlap {
  /** From 0 (nothing in common) to 1. */
  readonly overlap: number;
}

/**
 * Rank-biased overlap of two orders, which may be of different things and lengths (W. Webber, A. Moffat and J. Zobel, "A
 * similarity measure for indefinite rankings", 2010, equation 32: as if they went on as they are at their ends).
 * `persistence` is how likely a reader goes on to the next place; with 0.9 the first ten places have 86% of the weight.
 * @example
 * rankBiasedOverlap(["a", "b", "c"], ["a", "b", "c"]); // => { overlap: 1 }
 */
export function rankBiasedOverlap<T>(
  one: Order<T>,
  other: Order<T>,
  { persistence = 0.9 }: { readonly persistence?: number } = {},
): Overlap | Unmeasured {
  if (!(persistence > 0 && persistence < 1))
    throw invalid("persistence", { value: persistence, hint: "Give a number between 0 and 1." });
  checkOrders([one, other], [...new Set([...one, ...other])]);
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length === 0) return { reason: "one of them is empty" };
  const shared = overlaps(short, long);
  const [atShort, atLong] = [shared[short.length - 1] as number, shared[long.length - 1] as number];
  let total = 0;
  for (const [place, common] of shared.entries()) {
    const depth = place + 1;
    const beyond = depth > short.length ? (atShort * (depth - short.length)) / (short.length * depth) : 0;
    total += (common / depth + beyond) * persistence ** depth;
  }
  const rest = ((atLong - atShort) / long.length + atShort / short.length) * persistence ** long.length;
  return { overlap: Math.min(1, ((1 - persistence) / persistence) * total + rest) };
}

/** How many things both have down to each depth of the longer. */
function overlaps<T>(short: Order<T>, long: Order<T>): readonly number[] {
  const [seen, others] = [new Set<T>(), new Set<T>()];
  let common = 0;
  return long.map((thing, place) => {
    others.add(thing);
    if (seen.has(thing)) common++;
    const beside = short[place];
    if (beside !== undefined) {
      seen.add(beside);
      if (others.has(beside)) common++;
    }
    return common;
  });
}
