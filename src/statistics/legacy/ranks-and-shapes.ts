import { createRandom } from "../../kernel/values/random.ts";
import { ranks } from "../correlation.ts";
import { bootstrapInterval } from "../intervals/bootstrap.ts";
import { isMeasured, type Unmeasured } from "../measured.ts";
import { mean, median, quantile, variance } from "../moments.ts";
import { exactTails, mannWhitney, normalTails } from "../ranks/mann-whitney.ts";
import { kolmogorovSmirnov } from "../shapes/kolmogorov-smirnov.ts";
import { type LegacyGroups, percentChange } from "./means.ts";

/** Mann and Whitney's test as the original writes it down. */
export interface LegacyMannWhitney {
  readonly test_type: "mann_whitney";
  readonly control_median: number;
  readonly treatment_median: number;
  /** Treatment less control. */
  readonly median_difference: number;
  /** Null where the control's median is zero. */
  readonly percent_change: number | null;
  /** Of the control. */
  readonly u_statistic: number;
  readonly p_value: number;
  /**
   * Of control less treatment, against the sign of `median_difference`; null where there is none. By our own seeded bootstrap
   * (BCa, 1,000 draws): the dice are not NumPy's, so that the last digits are not the original's.
   */
  readonly confidence_interval: readonly [low: number, high: number] | null;
  readonly confidence_level: number;
  readonly significant: boolean;
  readonly control_sample_size: number;
  readonly treatment_sample_size: number;
  /** The chance that one of the treatment is greater than one of the control; ties count for nothing: of two alike it is below one half. */
  readonly effect_size: number;
}

/** Sizes up to which the original counts, without ties. */
const mostCounted = 8;

export async function mannWhitneyRecord({
  control,
  treatment,
  alpha,
}: LegacyGroups): Promise<LegacyMannWhitney | Unmeasured> {
  const found = await mannWhitney(control, treatment);
  if (!isMeasured(found)) return found;
  const places = ranks([...control, ...treatment]);
  const sizes = [control.length, treatment.length] as const;
  const isCounted = Math.min(...sizes) <= mostCounted && new Set(places).size === places.length;
  const tails = (isCounted ? exactTails(places, sizes) : undefined) ?? (await normalTails(places, sizes));
  const p = Math.min(1, 2 * Math.min(tails.below(found.u), tails.from(found.u)));
  const [middle, other] = [median(control), median(treatment)];
  const greater = treatment.flatMap((value) => control.filter((one) => value > one)).length;
  return {
    test_type: "mann_whitney",
    control_median: middle,
    treatment_median: other,
    median_difference: other - middle,
    percent_change: percentChange(middle, other),
    u_statistic: control.length * treatment.length - found.u,
    p_value: p,
    confidence_interval: await medianInterval({ control, treatment, alpha }),
    confidence_level: 1 - alpha,
    significant: p < alpha,
    control_sample_size: control.length,
    treatment_sample_size: treatment.length,
    effect_size: greater / (control.length * treatment.length),
  };
}

async function medianInterval({
  control,
  treatment,
  alpha,
}: LegacyGroups): Promise<LegacyMannWhitney["confidence_interval"]> {
  const all = [...control, ...treatment];
  const figure = (units: readonly number[]): number | undefined => {
    const [ones, others] = [
      units.filter((unit) => unit < control.length),
      units.filter((unit) => unit >= control.length),
    ];
    if (ones.length === 0 || others.length === 0) return undefined;
    return median(ones.map((unit) => all[unit] as number)) - median(others.map((unit) => all[unit] as number));
  };
  const options = { random: createRandom(42), resamples: 1_000, level: 1 - alpha };
  const found = await bootstrapInterval(all.length, figure, options);
  return isMeasured(found) ? [found.low, found.high] : null;
}

const percentiles = [25, 50, 75, 90, 95] as const;

/** Kolmogorov and Smirnov's test as the original writes it down. */
export interface LegacyKolmogorovSmirnov {
  readonly test_type: "ks_test";
  readonly control_mean: number;
  readonly treatment_mean: number;
  readonly control_median: number;
  readonly treatment_median: number;
  readonly control_std: number;
  readonly treatment_std: number;
  readonly ks_statistic: number;
  readonly p_value: number;
  readonly significant: boolean;
  readonly control_sample_size: number;
  readonly treatment_sample_size: number;
  /** The greatest difference of shares, as `ks_statistic`. */
  readonly effect_size: number;
  /** How much of the two histograms of 49 bins lies over one another, as a share of all that either covers. */
  readonly overlap_coefficient: number;
  /** Treatment less control, by percentile. */
  readonly percentile_differences: Readonly<Record<`p${(typeof percentiles)[number]}`, number>>;
  readonly interpretation: "not significant" | "negligible" | "small" | "medium" | "large";
}

export function kolmogorovSmirnovRecord({
  control,
  treatment,
  alpha,
}: LegacyGroups): LegacyKolmogorovSmirnov | Unmeasured {
  const found = kolmogorovSmirnov({ values: control }, { values: treatment });
  if (!isMeasured(found)) return found;
  if (control.length < 2 || treatment.length < 2) return { reason: "fewer than two values in a group" };
  const at = (values: readonly number[], percent: number): number => quantile(values, percent / 100) as number;
  const differences = percentiles.map((percent) => [`p${percent}`, at(treatment, percent) - at(control, percent)]);
  return {
    test_type: "ks_test",
    control_mean: mean(control),
    treatment_mean: mean(treatment),
    control_median: median(control),
    treatment_median: median(treatment),
    control_std: Math.sqrt(variance(control)),
    treatment_std: Math.sqrt(variance(treatment)),
    ks_statistic: found.distance,
    p_value: found.p,
    significant: found.p < alpha,
    control_sample_size: control.length,
    treatment_sample_size: treatment.length,
    effect_size: found.distance,
    overlap_coefficient: overlap(control, treatment),
    percentile_differences: Object.fromEntries(differences),
    interpretation: found.p < alpha ? bandOf(found.distance) : "not significant",
  };
}

function bandOf(distance: number): LegacyKolmogorovSmirnov["interpretation"] {
  if (distance < 0.1) return "negligible";
  if (distance < 0.25) return "small";
  return distance < 0.5 ? "medium" : "large";
}

const bins = 49;

function overlap(control: readonly number[], treatment: readonly number[]): number {
  const all = [...control, ...treatment];
  const least = all.reduce((one, other) => Math.min(one, other));
  const width = (all.reduce((one, other) => Math.max(one, other)) - least) / bins;
  if (width === 0) return 1;
  const shares = (values: readonly number[]): readonly number[] => {
    const counts = Array.from({ length: bins }, () => 0);
    for (const value of values) {
      const bin = Math.min(bins - 1, Math.floor((value - least) / width));
      counts[bin] = (counts[bin] as number) + 1 / values.length;
    }
    return counts;
  };
  const [ones, others] = [shares(control), shares(treatment)];
  const [under, over] = [Math.min, Math.max].map((pick) =>
    ones.reduce((total, share, bin) => total + pick(share, others[bin] as number), 0),
  ) as [number, number];
  return under / over;
}
