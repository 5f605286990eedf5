import { normalDistribution } from "../distributions/continuous.ts";
import { checkNumbers, type Unmeasured } from "../measured.ts";

/** How far two put things into the same order. */
export interface KendallTau {
  /** From −1 (turned round) to 1. */
  readonly tau: number;
  readonly n: number;
  /** That it is none, two-sided. */
  readonly p: number;
  readonly method: "exact" | "asymptotic";
}

/** Things up to which all orders are counted, where none are tied. */
const mostExact = 50;

/**
 * M. G. Kendall's τ-b (1945): pairs in the same order less those in the other, as a share, ties allowed for. Up to 50 things
 * without ties the p value counts all orders; else it is the normal one, allowing for ties. It needs numbers that differ.
 * @example
 * const found = await kendallTau([1, 2, 3], [1, 2, 3]);
 * "tau" in found && found.tau; // => 1
 */
export async function kendallTau(xs: readonly number[], ys: readonly number[]): Promise<KendallTau | Unmeasured> {
  const counted = pairsOf(xs, ys);
  if ("reason" in counted) return counted;
  const { tau, n, all, discordant, balance, ofXs, ofYs } = counted;
  if (ofXs.pairs === 0 && ofYs.pairs === 0 && n <= mostExact) {
    return { tau, n, p: exactly(n, Math.min(discordant, all - discordant)), method: "exact" };
  }
  const z = Math.abs(balance) / Math.sqrt(variance(n, ofXs, ofYs));
  return { tau, n, p: Math.min(1, 2 * (await normalDistribution()).above(z)), method: "asymptotic" };
}

/**
 * τ-b alone, for who draws samples again and again; undefined where all values of one are the same.
 * @example
 * tauCoefficient([1, 2, 3], [1, 3, 2])?.toFixed(3); // => "0.333"
 */
export function tauCoefficient(xs: readonly number[], ys: readonly number[]): number | undefined {
  const counted = pairsOf(xs, ys);
  return "reason" in counted ? undefined : counted.tau;
}

/** Pairs of things, by what both say of them. */
interface Pairs {
  readonly tau: number;
  readonly n: number;
  readonly all: number;
  readonly discordant: number;
  /** Concordant less discordant. */
  readonly balance: number;
  readonly ofXs: Ties;
  readonly ofYs: Ties;
}

function pairsOf(xs: readonly number[], ys: readonly number[]): Pairs | Unmeasured {
  checkNumbers("xs", xs);
  checkNumbers("ys", ys, xs.length);
  const n = xs.length;
  if (n < 2) return { reason: "fewer than two pairs" };
  const order = [...xs.keys()].sort((one, other) => at(xs, one) - at(xs, other) || at(ys, one) - at(ys, other));
  const [ofXs, ofYs] = [tiesOf(order.map((place) => at(xs, place))), tiesOf(ys.toSorted((one, other) => one - other))];
  const all = (n * (n - 1)) / 2;
  if (ofXs.pairs === all || ofYs.pairs === all) return { reason: "all values of one are the same" };
  const discordant = inversions(Float64Array.from(order, (place) => at(ys, place)));
  const both = tiesOf(order, (one, other) => at(xs, one) === at(xs, other) && at(ys, one) === at(ys, other)).pairs;
  const balance = all - ofXs.pairs - ofYs.pairs + both - 2 * discordant;
  const tau = Math.min(1, Math.max(-1, balance / Math.sqrt(all - ofXs.pairs) / Math.sqrt(all - ofYs.pairs)));
  return { tau, n, all, discordant, balance, ofXs, ofYs };
}

const at = (values: readonly number[], place: number): number => values[place] as number;

/** Sums over runs of t equal values. */
interface Ties {
  /** t (t − 1) / 2 */
  readonly pairs: number;
  /** t (t − 1) (t − 2) */
  readonly threes: number;
  /** t (t − 1) (2t + 5) */
  readonly spread: number;
}

function tiesOf(
  sorted: readonly number[],
  same: (one: number, other: number) => boolean = (one, other) => one === other,
): Ties {
  const found = { pairs: 0, threes: 0, spread: 0 };
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && same(at(sorted, start), at(sorted, end))) end++;
    const t = end - start;
    found.pairs += (t * (t - 1)) / 2;
    found.threes += t * (t - 1) * (t - 2);
    found.spread += t * (t - 1) * (2 * t + 5);
    start = end;
  }
  return found;
}

/** Of concordant less discordant pairs, when nothing goes together. */
function variance(n: number, xs: Ties, ys: Ties): number {
  const m = n * (n - 1);
  const threes = n > 2 ? (xs.threes * ys.threes) / (9 * m * (n - 2)) : 0;
  return (m * (2 * n + 5) - xs.spread - ys.spread) / 18 + (2 * xs.pairs * ys.pairs) / m + threes;
}

/** Pairs of which the earlier is the greater, by merging (W. R. Knight, 1966). */
function inversions(values: Float64Array): number {
  let [from, to]: [Float64Array, Float64Array] = [values, new Float64Array(values.length)];
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, values.length), Math.min(start + 2 * width, values.length)];
      let [left, right] = [start, middle];
      for (let place = start; place < end; place++) {
        const early = left < middle && (right >= end || (from[left] as number) <= (from[right] as number));
        if (!early) count += middle - left;
        to[place] = from[early ? left++ : right++] as number;
      }
    }
    [from, to] = [to, from];
  }
  return count;
}

/** The share of all orders with at most so many inversions, on both sides (Kendall, Rank Correlation Methods, 1970). */
function exactly(n: number, most: number): number {
  let shares = Float64Array.of(1);
  for (let size = 2; size <= n; size++) {
    const longer = new Float64Array(Math.min(most, (size * (size - 1)) / 2) + 1);
    for (let count = 0, within = 0; count < longer.length; count++) {
      within += (shares[count] ?? 0) - (shares[count - size] ?? 0);
      longer[count] = within / size;
    }
    shares = longer;
  }
  return Math.min(1, 2 * shares.reduce((total, share) => total + share, 0));
}
