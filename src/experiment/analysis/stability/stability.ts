import { isMeasured } from "../../../statistics/measured.ts";
import { type Heterogeneity, heterogeneity } from "../../../statistics/models/heterogeneity.ts";
import { differencesOf, type PairedDifference } from "../effects/effect.ts";
import type { Measure } from "../pairs/measures.ts";
import { type ComparedPair, whose } from "../pairs/pairs.ts";
import { dimensions, type LevelEffect, levelEffects, type StabilityDimension } from "./levels.ts";

/** Whether an effect repeats along a dimension. */
export interface Stability {
  readonly dimension: StabilityDimension;
  readonly verdict: "stable" | "fragile" | "not tried";
  /** Why, in a sentence. */
  readonly why: string;
  readonly levels: readonly LevelEffect[];
  /** The share of levels whose effect has the sign of the whole, and of those whose interval meets that of the whole. */
  readonly sameSign?: number;
  readonly overlap?: number;
  readonly heterogeneity?: Omit<Heterogeneity, "mean">;
}

/** What it takes to be called stable; stated in each report. */
export const thresholds = {
  /** Of levels with the sign of the whole effect: all of up to four. */
  sameSign: 0.8,
  /** Of levels whose interval meets that of the whole. */
  overlap: 0.8,
  /** The most of what differs between levels that may be more than chance (I²). */
  iSquared: 0.5,
} as const;

/**
 * Whether an effect repeats with other models, panels, seeds and wordings ("believe what repeats"). Stable is what differs
 * from none as a whole and either is found anew at each level by itself, or has the same sign, intervals that meet, and no more
 * heterogeneity than the thresholds allow. With one level nothing was tried.
 */
export async function stabilityOf(
  pairs: readonly ComparedPair[],
  { effect, measure, level }: { readonly effect: PairedDifference; readonly measure: Measure; readonly level: number },
): Promise<readonly Stability[]> {
  const values = differencesOf(pairs, measure);
  return Promise.all(
    dimensions.map(async (dimension): Promise<Stability> => {
      const levels = await levelEffects(pairs, { measure, dimension, level });
      if (levels.length < 2) return { dimension, verdict: "not tried", why: untried(dimension, levels), levels };
      const found = await heterogeneity(values, {
        levels: pairs.map((pair) => pair[dimension]),
        clusters: pairs.map(whose),
      });
      const spread = isMeasured(found) ? found : undefined;
      return { ...verdictOf(levels, effect, spread), dimension, levels };
    }),
  );
}

function untried(dimension: StabilityDimension, [only]: readonly LevelEffect[]): string {
  const named = only === undefined || only.level === "" ? "" : ` (${only.level})`;
  return `There is one ${dimension}${named}: whether it repeats with another was not tried.`;
}

function verdictOf(
  levels: readonly LevelEffect[],
  { value = 0, low, high }: PairedDifference,
  spread: Heterogeneity | undefined,
): Omit<Stability, "dimension" | "levels"> {
  const share = (holds: (level: LevelEffect) => boolean): number => levels.filter(holds).length / levels.length;
  const sameSign = share((level) => Math.sign(level.value) === Math.sign(value));
  const overlap = share(
    (level) => (level.low ?? Infinity) <= (high ?? -Infinity) && (level.high ?? -Infinity) >= (low ?? Infinity),
  );
  const figures = { sameSign, overlap, ...(spread && { heterogeneity: withoutMean(spread) }) };
  const found = (why: string) => ({ ...figures, verdict: "fragile" as const, why });
  if (low === undefined || high === undefined || (low <= 0 && high >= 0))
    return found("As a whole the effect cannot be told from none: there is nothing that could repeat.");
  const each = levels.every((level) => (value > 0 ? (level.low ?? -1) > 0 : (level.high ?? 1) < 0));
  if (each)
    return { ...figures, verdict: "stable", why: "Each level by itself shows the effect, in the same direction." };
  if (sameSign < thresholds.sameSign)
    return found(
      `Only ${inPercent(sameSign)} of the levels have the sign of the whole (${inPercent(thresholds.sameSign)} needed).`,
    );
  if (overlap < thresholds.overlap)
    return found(`The intervals of only ${inPercent(overlap)} of the levels meet that of the whole.`);
  if (spread === undefined)
    return found("How far levels differ beyond chance cannot be told: there are too few people in them.");
  if (spread.iSquared > thresholds.iSquared)
    return found(
      `Levels differ by more than chance: I² is ${inPercent(spread.iSquared)} (at most ${inPercent(thresholds.iSquared)}).`,
    );
  return { ...figures, verdict: "stable", why: "Signs agree, intervals meet, and levels differ little beyond chance." };
}

const withoutMean = ({ mean: _mean, ...figures }: Heterogeneity): Omit<Heterogeneity, "mean"> => figures;
const inPercent = (share: number): string => `${Math.round(100 * share)} %`;
