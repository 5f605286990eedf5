import { binomialDistribution } from "../distributions/discrete.ts";
import type { Unmeasured } from "../measured.ts";
import { differencesOf } from "../pairs.ts";

/** Which way pairs part, however far. */
export interface SignTest {
  /** Pairs in which the second is greater, and in which the first is. */
  readonly up: number;
  readonly down: number;
  /** Two-sided, exact. */
  readonly p: number;
}

/**
 * Whether the second of each pair is greater more often than not (J. Arbuthnott, 1710), by the exact binomial test. Pairs
 * that do not differ are left out.
 * @example
 * signTest([1, 2, 3, 4], [2, 3, 4, 9]); // => { up: 4, down: 0, p: 0.125 }
 */
export function signTest(first: readonly number[], second: readonly number[]): SignTest | Unmeasured {
  const differences = differencesOf(first, second);
  const up = differences.filter((one) => one > 0).length;
  const down = differences.filter((one) => one < 0).length;
  return up + down === 0 ? { reason: "no pair differs" } : { up, down, p: evenOdds(up, down) };
}

/** The chance that heads and tails part at least so far: twice the lesser tail. */
export function evenOdds(one: number, other: number): number {
  return Math.min(1, 2 * binomialDistribution(one + other, 0.5).below(Math.min(one, other)));
}
