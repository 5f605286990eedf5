import { normalDistribution } from "../distributions/continuous.ts";
import { binomialDistribution, noLikelier } from "../distributions/discrete.ts";
import type { Interval } from "../intervals/interval.ts";
import { shareInterval } from "../intervals/share.ts";
import { checkWeights, type Unmeasured } from "../measured.ts";

/** So many of all. */
export interface Part {
  readonly count: number;
  readonly n: number;
}

/** A share, held against one that is given. */
export interface ShareTest {
  readonly share: number;
  /** E. B. Wilson's (1927). */
  readonly interval: Interval;
  /** Two-sided, exact: of all counts those that are no likelier than this one. */
  readonly p: number;
}

/**
 * Whether a share is what was expected, by the exact binomial test.
 * @param expected from 0 to 1
 * @example
 * const found = await shareTest({ count: 9, n: 10 }, 0.5);
 * "p" in found && found.p; // => 0.021484375
 */
export async function shareTest({ count, n }: Part, expected: number, level = 0.95): Promise<ShareTest | Unmeasured> {
  checkWeights("counts", [count, n - count]);
  checkWeights("expected", [expected, 1 - expected]);
  if (n === 0) return { reason: "there is nobody" };
  if (!Number.isInteger(count) || !Number.isInteger(n)) return { reason: "counts of whole people are needed" };
  const p = noLikelier(binomialDistribution(n, expected), count);
  return { share: count / n, interval: await shareInterval(count, n, level), p };
}

/** A difference of two shares. */
export interface ShareDifference {
  /** The second less the first. */
  readonly difference: number;
  /** R. G. Newcombe's hybrid score interval (1998, method 10). */
  readonly interval: Interval;
  /** By the share of both together; its square is χ² of the table, without a correction. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
  /** J. Cohen's h (1988): 0.2 is small, 0.5 middling, 0.8 large. */
  readonly effect: number;
}

/**
 * Whether two groups have the same share. Of few people `fisherExact` errs less.
 * @example
 * const found = await shareDifference({ count: 30, n: 100 }, { count: 45, n: 100 });
 * "difference" in found && found.difference.toFixed(2); // => "0.15"
 */
export async function shareDifference(first: Part, second: Part, level = 0.95): Promise<ShareDifference | Unmeasured> {
  for (const { count, n } of [first, second]) checkWeights("counts", [count, n - count]);
  if (first.n === 0 || second.n === 0) return { reason: "there is nobody" };
  const [one, other] = [first.count / first.n, second.count / second.n];
  const both = (first.count + second.count) / (first.n + second.n);
  if (both === 0 || both === 1) return { reason: "there is a single value, so that nothing can differ" };
  const difference = other - one;
  const z = difference / Math.sqrt(both * (1 - both) * (1 / first.n + 1 / second.n));
  const [ofOne, ofOther] = [
    await shareInterval(first.count, first.n, level),
    await shareInterval(second.count, second.n, level),
  ];
  const low = difference - Math.hypot(other - ofOther.low, ofOne.high - one);
  const high = difference + Math.hypot(ofOther.high - other, one - ofOne.low);
  const { above } = await normalDistribution();
  const effect = 2 * (Math.asin(Math.sqrt(other)) - Math.asin(Math.sqrt(one)));
  return { difference, interval: { low, high, level }, z, p: 2 * above(Math.abs(z)), effect };
}
