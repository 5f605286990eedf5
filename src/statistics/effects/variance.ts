import { fDistribution } from "../distributions/continuous.ts";
import { noncentralF } from "../distributions/noncentral.ts";
import { rootOf } from "../distributions/solved.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkNumbers, sum, type Unmeasured } from "../measured.ts";
import { mean } from "../moments.ts";

/** How much of what differs lies between groups. */
export interface VarianceExplained {
  /** As it is in the sample, from 0 to 1 (K. Pearson, 1905). */
  readonly etaSquared: number;
  /** What is left of it without its bias, which may fall below zero (W. L. Hays, 1963). */
  readonly omegaSquared: number;
  /** Of the share in the population. */
  readonly interval: Interval;
}

/**
 * How much of the variance lies between groups. The interval is exact for normal values that scatter equally: by the
 * noncentral F distribution (J. H. Steiger, "Beyond the F test", 2004). It needs two groups, and more values than groups.
 * @example
 * const found = await varianceExplained([[1, 2, 3], [3, 4, 5]]);
 * "etaSquared" in found && found.etaSquared; // => 0.6
 */
export async function varianceExplained(
  groups: readonly (readonly number[])[],
  level = 0.95,
): Promise<VarianceExplained | Unmeasured> {
  const values = groups.flat();
  checkNumbers("groups", values);
  const filled = groups.filter((group) => group.length > 0);
  const [over, under] = [filled.length - 1, values.length - filled.length];
  if (over < 1) return { reason: "fewer than two groups" };
  if (under < 1) return { reason: "no group has two values" };
  const centre = mean(values);
  const between = sum(filled.map((group) => group.length * (mean(group) - centre) ** 2));
  const within = sum(filled.map((group) => squares(group)));
  if (within === 0) return { reason: "nobody differs from their group" };
  const f = between / over / (within / under);
  const all = between + within;
  const error = within / under;
  return {
    etaSquared: between / all,
    omegaSquared: (between - over * error) / (all + error),
    interval: await intervalOf(f, { over, under, n: values.length, level }),
  };
}

const squares = (group: readonly number[]): number => {
  const centre = mean(group);
  return sum(group.map((value) => (value - centre) ** 2));
};

interface Size {
  readonly over: number;
  readonly under: number;
  readonly n: number;
  readonly level: number;
}

async function intervalOf(f: number, { over, under, n, level }: Size): Promise<Interval> {
  const [central, moved] = [await fDistribution(over, under), await noncentralF(over, under)];
  const reach = 4 * f * over + 200;
  const at = (share: number): number => {
    // Even without any effect so small an F would be as rare.
    if (central.below(f) <= share) return 0;
    const effect = rootOf((by) => moved.below(f, by) - share, [0, reach]);
    return effect / (effect + n);
  };
  return { low: at((1 + level) / 2), high: at((1 - level) / 2), level };
}
