import { ranks } from "../correlation.ts";
import { normalDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkNumbers, sum, type Unmeasured } from "../measured.ts";
import { differencesOf } from "../pairs.ts";
import type { Effect } from "./means.ts";

/**
 * How much likelier one of the second is the greater than the less, of all pairs across two groups: N. Cliff's δ (1993), from
 * −1 to 1, which is also the rank-biserial correlation of Mann and Whitney's test. The interval is that which leans as δ does
 * (D. Feng and N. Cliff, 2004). Each group needs two values.
 * @example
 * const found = await cliffsDelta([1, 2, 3], [2, 3, 4]);
 * "effect" in found && found.effect.toFixed(3); // => "0.556"
 */
export async function cliffsDelta(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): Promise<Effect | Unmeasured> {
  checkNumbers("first", first);
  checkNumbers("second", second);
  if (Math.min(first.length, second.length) < 2) return { reason: "fewer than two values in a group" };
  const [rows, columns] = [standing(first, second), standing(second, first)];
  const [m, n] = [first.length, second.length];
  // Of the first each stands below as many as the second stands above.
  const delta = sum(columns.map(({ balance }) => balance)) / (m * n);
  const untied = sum(columns.map(({ apart }) => apart));
  const squares = (all: readonly Standing[], other: number, sign: number): number =>
    other ** 2 * sum(all.map(({ balance }) => (balance / other - sign * delta) ** 2));
  const inside = untied - m * n * delta ** 2;
  const spread = (squares(rows, n, -1) + squares(columns, m, 1) - inside) / (m * n * (m - 1) * (n - 1));
  const least = (1 - delta ** 2) / (m * n - 1);
  const z = (await normalDistribution()).quantile((1 + level) / 2);
  const interval = leaning(delta, { variance: Math.max(spread, least), fewest: Math.min(m, n), z });
  return { effect: delta, interval: { ...interval, level } };
}

interface Standing {
  /** How many of the others lie below, less those above. */
  readonly balance: number;
  /** How many of the others are not equal. */
  readonly apart: number;
}

function standing(values: readonly number[], others: readonly number[]): readonly Standing[] {
  const sorted = Float64Array.from(others).sort();
  return values.map((value) => {
    const [below, upTo] = [countBelow(sorted, value, false), countBelow(sorted, value, true)];
    return { balance: below - (sorted.length - upTo), apart: below + sorted.length - upTo };
  });
}

/** How many of sorted values lie below one, or up to it. */
function countBelow(sorted: Float64Array, value: number, itself: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = sorted[middle] as number;
    if (one < value || (itself && one === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function leaning(
  delta: number,
  { variance, fewest, z }: { readonly variance: number; readonly fewest: number; readonly z: number },
): Omit<Interval, "level"> {
  // Where all are apart nothing scatters: then as many as the smaller group speak (Feng and Cliff).
  const end = (fewest - z ** 2) / (fewest + z ** 2);
  if (Math.abs(delta) === 1) return delta > 0 ? { low: end, high: 1 } : { low: -1, high: -end };
  const margin = z * Math.sqrt(variance * ((1 - delta ** 2) ** 2 + z ** 2 * variance));
  const under = 1 - delta ** 2 + z ** 2 * variance;
  const [low, high] = [(delta - delta ** 3 - margin) / under, (delta - delta ** 3 + margin) / under];
  return { low: Math.max(-1, low), high: Math.min(1, high) };
}

/**
 * How much of the ranks of pairs' differences goes up rather than down (D. S. Kerby, "The simple difference formula", 2014),
 * from −1 to 1: the effect size of Wilcoxon's test. Pairs that do not differ are left out.
 * @example
 * rankBiserial([1, 1, 1], [2, 3, 0]); // => { effect: 0.5 }
 */
export function rankBiserial(
  first: readonly number[],
  second: readonly number[],
): { readonly effect: number } | Unmeasured {
  const differences = differencesOf(first, second).filter((one) => one !== 0);
  if (differences.length === 0) return { reason: "no pair differs" };
  const places = ranks(differences.map(Math.abs));
  return { effect: sum(places.map((place, index) => place * Math.sign(differences[index] as number))) / sum(places) };
}
