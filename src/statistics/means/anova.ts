import { fDistribution } from "../distributions/continuous.ts";
import { checkNumbers, sum, type Unmeasured } from "../measured.ts";
import { mean, variance } from "../moments.ts";

/** Whether the means of several groups differ. */
export interface Anova {
  readonly f: number;
  /** Degrees of freedom between groups, and within them. */
  readonly between: number;
  readonly within: number;
  readonly p: number;
  /** The share of all variance that lies between the groups of this sample (K. Pearson's η², 1905). */
  readonly etaSquared: number;
  /** The same for the population that they are of, which η² overstates (W. L. Hays' ω², 1963); zero where it would be less. */
  readonly omegaSquared: number;
}

/**
 * Whether the means of groups that scatter equally differ (R. A. Fisher, 1925). No group may be empty, and one needs two
 * values that differ.
 * @example
 * const found = await oneWayAnova([[1, 2, 3], [2, 3, 4], [6, 7, 8]]);
 * "f" in found && found.f; // => 21
 */
export async function oneWayAnova(groups: readonly (readonly number[])[]): Promise<Anova | Unmeasured> {
  const why = whyNot(groups);
  if (why !== undefined) return why;
  const n = groups.flat().length;
  const [between, within] = [groups.length - 1, n - groups.length];
  const centre = mean(groups.flat());
  const apart = sum(groups.map((group) => group.length * (mean(group) - centre) ** 2));
  const inside = sum(groups.map(squaresWithin));
  const square = inside / within;
  const f = apart / between / square;
  const { above } = await fDistribution(between, within);
  const omegaSquared = Math.max(0, (apart - between * square) / (apart + inside + square));
  return { f, between, within, p: above(f), etaSquared: apart / (apart + inside), omegaSquared };
}

/** Whether the means of several groups differ, however much each scatters. */
export interface WelchAnova {
  readonly f: number;
  readonly between: number;
  /** Seldom whole. */
  readonly within: number;
  readonly p: number;
}

/**
 * Whether the means of groups differ, however much each scatters (B. L. Welch, 1951). Each group needs two values that
 * differ.
 * @example
 * const found = await welchAnova([[1, 2, 3], [2, 3, 4], [6, 7, 8]]);
 * "within" in found && found.within; // => 4
 */
export async function welchAnova(groups: readonly (readonly number[])[]): Promise<WelchAnova | Unmeasured> {
  const why = whyNot(groups);
  if (why !== undefined) return why;
  if (groups.some((group) => group.length < 2)) return { reason: "fewer than two values in a group" };
  if (groups.some((group) => variance(group) === 0)) return { reason: "all values of a group are the same" };
  const between = groups.length - 1;
  const weights = groups.map((group) => group.length / variance(group));
  const all = sum(weights);
  const means = groups.map(mean);
  const centre = sum(means.map((value, place) => value * (weights[place] as number))) / all;
  const apart = sum(means.map((value, place) => (weights[place] as number) * (value - centre) ** 2)) / between;
  const uneven = sum(groups.map((group, place) => (1 - (weights[place] as number) / all) ** 2 / (group.length - 1)));
  const scale = uneven / (groups.length ** 2 - 1);
  const f = apart / (1 + 2 * (groups.length - 2) * scale);
  const within = 1 / (3 * scale);
  const { above } = await fDistribution(between, within);
  return { f, between, within, p: above(f) };
}

/** The squares of what each value is off the mean of its group; just zero where all are the same. */
export function squaresWithin(group: readonly number[]): number {
  return group.length < 2 ? 0 : variance(group) * (group.length - 1);
}

function whyNot(groups: readonly (readonly number[])[]): Unmeasured | undefined {
  for (const group of groups) checkNumbers("groups", group);
  if (groups.length < 2) return { reason: "fewer than two groups" };
  if (groups.some((group) => group.length === 0)) return { reason: "a group is empty" };
  if (groups.every((group) => group.length < 2)) return { reason: "no group has two values" };
  if (groups.every((group) => squaresWithin(group) === 0)) return { reason: "nobody differs from their group" };
  return undefined;
}
