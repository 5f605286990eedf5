import { ranks } from "./correlation.ts";
import { checkNumbers, checkWeights, sum, type Unmeasured } from "./measured.ts";
import { mean } from "./moments.ts";

/** Whether two that were tried by the same people succeed equally often. */
export interface McNemar {
  /** Pairs in which the first alone succeeded, and the second alone. */
  readonly first: number;
  readonly second: number;
  /** Two-sided, exact. */
  readonly p: number;
}

/**
 * Whether pairs that part go one way more often than the other (Q. McNemar, 1947), by the exact binomial test. Pairs in
 * which both are alike say nothing.
 * @example
 * mcNemar(0, 0); // => { reason: "no pair differs" }
 */
export function mcNemar(first: number, second: number): McNemar | Unmeasured {
  checkWeights("counts", [first, second]);
  const n = first + second;
  if (n === 0) return { reason: "no pair differs" };
  return { first, second, p: Math.min(1, 2 * lowerTail(Math.min(first, second), n)) };
}

/** The chance of at most so many heads of n throws, by logarithms: of many throws a single way is too small a number. */
function lowerTail(most: number, n: number): number {
  let [log, total] = [-n * Math.LN2, 0];
  for (let count = 0; count <= most; count++) {
    total += Math.exp(log);
    log += Math.log((n - count) / (count + 1));
  }
  return total;
}

/** A difference of pairs, in means. */
export interface PairedT {
  /** The mean of second less first. */
  readonly difference: number;
  readonly t: number;
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
  /** In standard deviations of the differences (J. Cohen's d_z, 1988). */
  readonly effect: number;
}

/** Whether the second of each pair is greater on the mean (Student, 1908). It needs two pairs, and differences that differ. */
export async function pairedT(first: readonly number[], second: readonly number[]): Promise<PairedT | Unmeasured> {
  const differences = differencesOf(first, second);
  const n = differences.length;
  if (n < 2) return { reason: "fewer than two pairs" };
  const difference = mean(differences);
  const sd = Math.sqrt(sum(differences.map((one) => (one - difference) ** 2)) / (n - 1));
  if (sd <= 1e-12 * Math.abs(difference) || sd === 0) return { reason: "all pairs differ by the same" };
  const t = (difference / sd) * Math.sqrt(n);
  const degrees = n - 1;
  const { default: betainc } = await import("@stdlib/math-base-special-betainc");
  const p = betainc(degrees / (degrees + t * t), degrees / 2, 0.5, true, false);
  return { difference, t, degrees, p, effect: difference / sd };
}

/** A difference of pairs, in ranks. */
export interface Wilcoxon {
  /** The lesser of the sums of ranks. */
  readonly statistic: number;
  /** Pairs that differ. */
  readonly n: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: "exact" | "asymptotic";
}

/** Pairs up to which all signs are counted. */
const mostExact = 50;

/**
 * Whether the second of each pair tends to be greater (F. Wilcoxon's signed ranks, 1945). Pairs that do not differ are left
 * out; up to 50 pairs the p value is exact given the ranks, ties with them, beyond that it is the normal one.
 */
export async function wilcoxon(first: readonly number[], second: readonly number[]): Promise<Wilcoxon | Unmeasured> {
  const differences = differencesOf(first, second).filter((one) => one !== 0);
  const n = differences.length;
  if (n === 0) return { reason: "no pair differs" };
  const places = ranks(differences.map(Math.abs));
  const up = sum(places.filter((_, index) => (differences[index] as number) > 0));
  const statistic = Math.min(up, sum(places) - up);
  if (n <= mostExact) return { statistic, n, p: exactly(places, statistic), method: "exact" };
  const variance = sum(places.map((place) => place * place)) / 4;
  const z = (statistic - sum(places) / 2) / Math.sqrt(variance);
  const { default: cdf } = await import("@stdlib/stats-base-dists-normal-cdf");
  return { statistic, n, p: Math.min(1, 2 * cdf(z, 0, 1)), method: "asymptotic" };
}

/** The share of all ways to give the ranks signs whose sum is at most so great, on both sides. */
function exactly(places: readonly number[], statistic: number): number {
  // Ties share halves of ranks: doubled, all are whole.
  const doubled = places.map((place) => Math.round(2 * place));
  const ways = new Float64Array(sum(doubled) + 1);
  ways[0] = 1;
  for (const step of doubled) {
    for (let total = ways.length - 1; total >= step; total--)
      ways[total] = (ways[total] as number) + (ways[total - step] as number);
  }
  const below = sum([...ways.subarray(0, Math.round(2 * statistic) + 1)]);
  return Math.min(1, (2 * below) / 2 ** places.length);
}

function differencesOf(first: readonly number[], second: readonly number[]): readonly number[] {
  checkNumbers("first", first);
  checkNumbers("second", second, first.length);
  return second.map((value, index) => value - (first[index] as number));
}
