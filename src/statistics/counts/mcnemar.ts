import { checkWeights, type Unmeasured } from "../measured.ts";
import { evenOdds } from "../ranks/sign.ts";

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
  return first + second === 0 ? { reason: "no pair differs" } : { first, second, p: evenOdds(first, second) };
}
