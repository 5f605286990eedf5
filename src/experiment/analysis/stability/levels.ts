import { isMeasured } from "../../../statistics/measured.ts";
import { clusteredMean } from "../../../statistics/models/clustered-mean.ts";
import { mean } from "../../../statistics/moments.ts";
import { differencesOf } from "../effects/effect.ts";
import type { Measure } from "../pairs/measures.ts";
import { type ComparedPair, whose } from "../pairs/pairs.ts";

/** Along what a finding has to repeat. */
export const dimensions = ["model", "population", "seed", "wording"] as const;
/** A model, a panel, a seed or a wording. */
export type StabilityDimension = (typeof dimensions)[number];

/** The effect with one model, in one panel or with one seed. */
export interface LevelEffect {
  readonly level: string;
  readonly pairs: number;
  readonly value: number;
  /** By people: what those who met in one session share then counts as a difference between levels. */
  readonly low?: number;
  readonly high?: number;
}

/** The effect at each level of a dimension, in the order in which levels are met. */
export async function levelEffects(
  pairs: readonly ComparedPair[],
  {
    measure,
    dimension,
    level,
  }: { readonly measure: Measure; readonly dimension: StabilityDimension; readonly level: number },
): Promise<readonly LevelEffect[]> {
  const groups = Map.groupBy(pairs, (pair) => pair[dimension]);
  return Promise.all(
    [...groups].map(async ([name, own]) => {
      const values = differencesOf(own, measure);
      const found = await clusteredMean(values, { clusters: own.map(whose), level });
      const interval = isMeasured(found) ? { low: found.interval.low, high: found.interval.high } : {};
      return { level: name, pairs: own.length, value: mean(values), ...interval };
    }),
  );
}
