import { ranks } from "../correlation.ts";
import { normalDistribution } from "../distributions/continuous.ts";
import { sum, type Unmeasured } from "../measured.ts";
import { differencesOf } from "../pairs.ts";

/** A difference of pairs, in ranks. */
export interface Wilcoxon {
  /** The lesser of the sums of ranks. */
  readonly statistic: number;
  /** Pairs that differ. */
  readonly n: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: "exact" | "asymptotic";
  /** How much more of the ranks go up than down, from −1 to 1 (the matched-pairs rank-biserial correlation; D. S. Kerby, 2014). */
  readonly effect: number;
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
  const effect = (2 * up) / sum(places) - 1;
  if (n <= mostExact) return { statistic, n, p: exactly(places, statistic), method: "exact", effect };
  const variance = sum(places.map((place) => place * place)) / 4;
  const z = (statistic - sum(places) / 2) / Math.sqrt(variance);
  const { below } = await normalDistribution();
  return { statistic, n, p: Math.min(1, 2 * below(z)), method: "asymptotic", effect };
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
