import { tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkNumbers, checkSize, sum, type Unmeasured } from "../measured.ts";
import { mean } from "../moments.ts";

/** A mean of values of which some belong together. */
export interface ClusteredMean {
  readonly mean: number;
  readonly error: number;
  readonly t: number;
  /** Of Student's t, by F. E. Satterthwaite's approximation. */
  readonly degrees: number;
  /** That it is zero, two-sided. */
  readonly p: number;
  readonly interval: Interval;
  readonly n: number;
  readonly clusters: number;
}

/** What belongs together. */
export interface ClusteredMeanOptions {
  /** Whose each value is, as a person's. */
  readonly clusters: readonly (string | number)[];
  /** What else values have in common, across those clusters: the session that each comes from. */
  readonly crossed?: readonly (string | number)[];
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * A mean with an error that allows for several values of the same person (or session): what `clusteredRegression` gives for an
 * intercept alone (CR2), in one pass. With `crossed` values may go together in two ways (A. C. Cameron, J. B. Gelbach and D. L.
 * Miller, 2011): both variances less that of what they share, and never less than the greater of them. Needs two clusters.
 * @example
 * const found = await clusteredMean([1, 2, 2, 4], { clusters: ["ana", "ana", "ben", "ben"] });
 * "mean" in found && found.degrees; // => 1
 */
export async function clusteredMean(
  values: readonly number[],
  { clusters, crossed, level = 0.95 }: ClusteredMeanOptions,
): Promise<ClusteredMean | Unmeasured> {
  checkNumbers("values", values);
  const ways = [spreadBy(values, clusters), ...(crossed === undefined ? [] : [spreadBy(values, crossed)])];
  const groups = Math.min(...ways.map((way) => way.groups));
  if (groups < 2) return { reason: "fewer than two clusters" };
  const centre = mean(values);
  const shared = crossed === undefined ? undefined : spreadBy(values, bothOf(clusters, crossed)).variance;
  const error = Math.sqrt(together(ways, shared));
  // Less than this is what arithmetic leaves over of nothing.
  if (!(error > 1e-10 * Math.hypot(...values))) return { reason: "the clusters do not tell how sure the mean is" };
  const degrees = Math.min(...ways.map((way) => way.degrees));
  const { above, quantile } = await tDistribution(degrees);
  const margin = quantile((1 + level) / 2) * error;
  const interval = { low: centre - margin, high: centre + margin, level };
  const t = centre / error;
  return { mean: centre, error, t, degrees, p: 2 * above(Math.abs(t)), interval, n: values.length, clusters: groups };
}

const bothOf = (one: readonly (string | number)[], other: readonly (string | number)[]): readonly string[] =>
  one.map((cluster, place) => JSON.stringify([cluster, other[place]]));

/** The variance by one way, or by both. */
function together([first, second]: readonly Spread[], shared = 0): number {
  const [one, other] = [first?.variance ?? 0, second?.variance ?? 0];
  return Math.max(one, other, one + other - shared);
}

interface Spread {
  readonly groups: number;
  /** Of the mean. */
  readonly variance: number;
  readonly degrees: number;
}

/** R. M. Bell and D. F. McCaffrey's variance of a mean (CR2, 2002), and as many degrees as it is worth, in closed form. */
function spreadBy(values: readonly number[], clusters: readonly (string | number)[]): Spread {
  checkSize("clusters", clusters, values.length);
  const n = values.length;
  const centre = mean(values);
  const groups = new Map<string | number, { size: number; left: number }>();
  for (const [place, value] of values.entries()) {
    const group = groups.get(clusters[place] as string | number) ?? { size: 0, left: 0 };
    group.size++;
    group.left += value - centre;
    groups.set(clusters[place] as string | number, group);
  }
  const all = [...groups.values()];
  const own = (size: number): number => 1 - size / n;
  const weights = all.map(({ size }) => size ** 2 / own(size));
  const within = sum(all.map(({ size }) => size ** 2));
  const across = (sum(weights) ** 2 - sum(weights.map((weight) => weight ** 2))) / n ** 2;
  return {
    groups: all.length,
    variance: sum(all.map(({ size, left }) => left ** 2 / own(size))) / n ** 2,
    degrees: n ** 2 / (within + across),
  };
}
