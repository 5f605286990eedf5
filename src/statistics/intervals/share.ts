import { betaDistribution, normalDistribution } from "../distributions/continuous.ts";
import { checkWeights } from "../measured.ts";
import type { Interval } from "./interval.ts";

/**
 * Between which shares the true one lies when `count` of `n` were found (E. B. Wilson, 1927); all of it when there are none.
 * @example
 * (await shareInterval(8, 10)).low.toFixed(3); // => "0.490"
 */
export async function shareInterval(count: number, n: number, level = 0.95): Promise<Interval> {
  checkWeights("counts", [count, n - count]);
  if (n === 0) return { low: 0, high: 1, level };
  const z = (await normalDistribution()).quantile((1 + level) / 2);
  const share = count / n;
  const centre = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const margin = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  // The ends are exact: what is left of them is a rounding.
  return { low: count === 0 ? 0 : centre - margin, high: count === n ? 1 : centre + margin, level };
}

/**
 * By how much one answer to the same question is before another, as shares of all who were asked, with its interval. It goes
 * by the share of the first among those who gave either (C. J. Clopper, E. S. Pearson, 1934: exact) times how many these are
 * (Wilson's), put together by their own ends (G. Y. Zou and A. Donner, 2008), so that it lies above zero just where the exact
 * test of McNemar says so. Of several such comparisons each has the width at which all of them hold together (Bonferroni's
 * correction).
 * @example
 * (await shareContrast([60, 30], 100)).low > 0; // => true
 */
export async function shareContrast(
  [one, other]: readonly [number, number],
  n: number,
  { level = 0.95, comparisons = 1 }: { readonly level?: number; readonly comparisons?: number } = {},
): Promise<Interval & { readonly difference: number }> {
  const either = one + other;
  checkWeights("counts", [one, other, n - either]);
  const each = 1 - (1 - level) / comparisons;
  const ofAll = await shareInterval(either, n, each);
  if (either === 0) return { difference: 0, low: -ofAll.high, high: ofAll.high, level };
  const ahead = await aheadBy(one, other, each);
  const difference = (one - other) / n;
  const share = either / n;
  /** From the difference to one of its ends, by how far each part may lie off. */
  const way = (part: number, whole: number): number =>
    Math.hypot(share * (part - ahead.found), ahead.found * (whole - share));
  const [less, more] = ahead.found > 0 ? [ofAll.low, ofAll.high] : [ofAll.high, ofAll.low];
  const [low, high] = [difference - way(ahead.low, less), difference + way(ahead.high, more)];
  return {
    difference,
    low: Math.max(-1, ahead.low > 0 ? Math.max(low, ahead.low * ofAll.low) : low),
    high: Math.min(1, ahead.high < 0 ? Math.min(high, ahead.high * ofAll.low) : high),
    level,
  };
}

/** By how much the first is ahead among those who gave either, from −1 to 1. */
async function aheadBy(one: number, other: number, level: number) {
  const least = one === 0 ? 0 : (await betaDistribution(one, other + 1)).quantile((1 - level) / 2);
  const most = other === 0 ? 1 : (await betaDistribution(one + 1, other)).quantile((1 + level) / 2);
  return { found: (one - other) / (one + other), low: 2 * least - 1, high: 2 * most - 1 };
}
