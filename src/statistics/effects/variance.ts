import { fDistribution } from "../distributions/continuous.ts";
import { noncentralF } from "../distributions/noncentral.ts";
import { rootOf } from "../distributions/solved.ts";
import type { Interval } from "../intervals/interval.ts";
import { oneWayAnova } from "../means/anova.ts";
import { isMeasured, type Unmeasured } from "../measured.ts";

/** How much of what differs lies between groups. */
export interface VarianceExplained {
  /** As it is in the sample, from 0 to 1 (K. Pearson, 1905). */
  readonly etaSquared: number;
  /** The same for the population that they are of (W. L. Hays' ω², 1963); zero where it would be less. */
  readonly omegaSquared: number;
  /** Of the share in the population. */
  readonly interval: Interval;
}

/**
 * How much of the variance lies between groups. The interval is exact for normal values that scatter equally: by the
 * noncentral F distribution (J. H. Steiger, "Beyond the F test", 2004). It needs what `oneWayAnova` does.
 * @example
 * const found = await varianceExplained([[1, 2, 3], [3, 4, 5]]);
 * "etaSquared" in found && found.etaSquared; // => 0.6
 */
export async function varianceExplained(
  groups: readonly (readonly number[])[],
  level = 0.95,
): Promise<VarianceExplained | Unmeasured> {
  const found = await oneWayAnova(groups);
  if (!isMeasured(found)) return found;
  const { f, between: over, within: under, etaSquared, omegaSquared } = found;
  const interval = await intervalOf(f, { over, under, n: groups.flat().length, level });
  return { etaSquared, omegaSquared, interval };
}

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
