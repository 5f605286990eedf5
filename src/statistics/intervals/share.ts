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
 * By how much one answer to the same question is before another, as shares of all who were asked, with its interval: that of
 * the share of the first among those who gave either (C. J. Clopper, E. S. Pearson, 1934: exact), so that it lies above zero
 * just where the exact test of McNemar says so. Of several such comparisons each has the width at which all of them hold
 * together (Bonferroni's correction).
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
  if (either === 0) {
    const { high } = await shareInterval(0, n, each);
    return { difference: 0, low: -high, high, level };
  }
  const least = one === 0 ? 0 : (await betaDistribution(one, other + 1)).quantile((1 - each) / 2);
  const most = other === 0 ? 1 : (await betaDistribution(one + 1, other)).quantile((1 + each) / 2);
  const ofAll = either / n;
  return { difference: (one - other) / n, low: (2 * least - 1) * ofAll, high: (2 * most - 1) * ofAll, level };
}
