import { ranks } from "../correlation.ts";
import { normalDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { sum, type Unmeasured } from "../measured.ts";
import { exactRankSums, tied } from "./rank-sums.ts";
import { hodgesLehmann, orderedDifferences } from "./shift.ts";

/** A difference of two groups, in ranks. */
export interface MannWhitney {
  /** Pairs of one of each in which the second is greater; ties count half. */
  readonly u: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: "exact" | "asymptotic";
  /** The chance that one of the second is greater than one of the first, ties half: 0.5 is none (K. O. McGraw and S. P. Wong, 1992). */
  readonly superiority: number;
  /** How much more often the second is greater than less, from −1 to 1 (N. Cliff's δ, 1993). */
  readonly effect: number;
  /** By how much the second is greater, in the middle of all pairs (J. L. Hodges and E. L. Lehmann, 1963), with its interval. */
  readonly shift: number;
  readonly shiftInterval: Interval | Unmeasured;
}

/**
 * Whether one of two groups tends to be greater (F. Wilcoxon, 1945; H. B. Mann and D. R. Whitney, 1947). The p value is
 * exact given the ranks, ties with them, up to some hundred values; beyond that it is the normal one, with the corrections
 * for ties and for continuity. Neither may be empty.
 * @param level of the interval of the shift
 * @example
 * const found = await mannWhitney([1, 2, 3], [4, 5, 6]);
 * "p" in found && found.p; // => 0.1
 */
export async function mannWhitney(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<MannWhitney | Unmeasured> {
  const moved = hodgesLehmann(first, second);
  if ("reason" in moved) return moved;
  const places = ranks([...first, ...second]);
  if (places.every((place) => place === places[0])) return { reason: "all values are the same" };
  const least = (second.length * (second.length + 1)) / 2;
  const u = sum(places.slice(first.length)) - least;
  const exact = exactTails(places, [first.length, second.length]);
  const { below, from } = exact ?? (await normalTails(places, [first.length, second.length]));
  const pairs = first.length * second.length;
  const superiority = u / pairs;
  return {
    u,
    p: Math.min(1, 2 * Math.min(below(u), from(u))),
    method: exact === undefined ? "asymptotic" : "exact",
    superiority,
    effect: 2 * superiority - 1,
    shift: moved.shift,
    shiftInterval: between(orderedDifferences(first, second), { pairs, below, from, level }),
  };
}

/** How likely a U is when groups do not differ. */
export interface Tails {
  /** The chance of at most so great a U, and of so great a one or a greater, when the groups do not differ. */
  below(u: number): number;
  from(u: number): number;
}

/** Given the ranks, of the second of two groups of so many; undefined where there are too many ways to count. */
export function exactTails(places: readonly number[], [m, n]: readonly [number, number]): Tails | undefined {
  // Counted for the smaller group; the other has what is left of the pairs.
  const size = Math.min(m, n);
  const sums = exactRankSums(places, size);
  if (sums === undefined) return undefined;
  const least = (size * (size + 1)) / 2;
  if (size === n) return { below: (u) => sums.below(u + least), from: (u) => sums.from(u + least) };
  return { below: (u) => sums.from(m * n - u + least), from: (u) => sums.below(m * n - u + least) };
}

/** What they tend to for large groups, with the corrections for ties and for continuity. */
export async function normalTails(places: readonly number[], [m, n]: readonly [number, number]): Promise<Tails> {
  const all = m + n;
  const sd = Math.sqrt(((m * n) / 12) * (all + 1 - tied(places) / (all * (all - 1))));
  const { below, above } = await normalDistribution((m * n) / 2, sd);
  return { below: (u) => below(u + 0.5), from: (u) => above(u - 0.5) };
}

/** The innermost differences that so great a U would still be likely beyond. */
function between(
  at: (place: number) => number,
  { pairs, below, from, level }: Tails & { readonly pairs: number; readonly level: number },
): Interval | Unmeasured {
  const tail = (1 - level) / 2;
  // With ties the two tails may differ.
  const within = (chance: (u: number) => number): number => {
    let [inside, outside] = [-1, Math.ceil(pairs / 2)];
    while (outside - inside > 1) {
      const middle = Math.floor((inside + outside) / 2);
      if (chance(middle) <= tail) inside = middle;
      else outside = middle;
    }
    return inside + 1;
  };
  const [low, high] = [within(below), within((u) => from(pairs - u))];
  if (low < 1 || high < 1) return { reason: "too few values for an interval of that level" };
  return { low: at(low), high: at(pairs + 1 - high), level };
}
