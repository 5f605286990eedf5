import { chiSquareTable } from "../counts/chi-square.ts";
import { oneWayAnova } from "../means/anova.ts";
import { studentT, welchT } from "../means/two-sample-t.ts";
import { isMeasured, type Unmeasured } from "../measured.ts";
import { mean, variance } from "../moments.ts";

/** What is compared: a control, and what was done instead. */
export interface LegacyGroups {
  readonly control: readonly number[];
  readonly treatment: readonly number[];
  /** Below which p a difference counts. */
  readonly alpha: number;
}

/** Student's or Welch's test as the original writes it down. */
export interface LegacyTTest {
  readonly test_type: "t_test" | "welch_t_test";
  readonly control_mean: number;
  readonly treatment_mean: number;
  /** Treatment less control. */
  readonly mean_difference: number;
  /** Null where the control's mean is zero: the original says Infinity. */
  readonly percent_change: number | null;
  /** Control less treatment: against the sign of `mean_difference`. `welchT` has one sign throughout. */
  readonly t_statistic: number;
  readonly p_value: number;
  /** Of `mean_difference`. */
  readonly confidence_interval: readonly [low: number, high: number];
  readonly confidence_level: number;
  readonly significant: boolean;
  readonly control_sample_size: number;
  readonly treatment_sample_size: number;
  readonly control_std: number;
  readonly treatment_std: number;
  /** J. Cohen's d. */
  readonly effect_size: number;
  /** Of Welch's test alone. */
  readonly degrees_of_freedom?: number;
}

export async function tRecord(
  test: LegacyTTest["test_type"],
  { control, treatment, alpha }: LegacyGroups,
): Promise<LegacyTTest | Unmeasured> {
  const found = await (test === "t_test" ? studentT : welchT)(control, treatment, 1 - alpha);
  if (!isMeasured(found)) return found;
  return {
    test_type: test,
    control_mean: mean(control),
    treatment_mean: mean(treatment),
    mean_difference: found.difference,
    percent_change: percentChange(mean(control), mean(treatment)),
    t_statistic: -found.t,
    p_value: found.p,
    confidence_interval: [found.interval.low, found.interval.high],
    confidence_level: 1 - alpha,
    significant: found.p < alpha,
    control_sample_size: control.length,
    treatment_sample_size: treatment.length,
    control_std: Math.sqrt(variance(control)),
    treatment_std: Math.sqrt(variance(treatment)),
    effect_size: found.effect,
    ...(test === "welch_t_test" && { degrees_of_freedom: found.degrees }),
  };
}

/** In per cent of the control; null where that is zero. */
export function percentChange(control: number, treatment: number): number | null {
  return control === 0 ? null : ((treatment - control) / control) * 100;
}

/** An analysis of variance of the two groups as the original writes it down: `oneWayAnova` takes any number of them. */
export interface LegacyAnova {
  readonly test_type: "anova";
  readonly f_statistic: number;
  readonly p_value: number;
  readonly significant: boolean;
  readonly num_groups: 2;
  readonly total_sample_size: number;
  /** η². */
  readonly effect_size: number;
}

export async function anovaRecord({ control, treatment, alpha }: LegacyGroups): Promise<LegacyAnova | Unmeasured> {
  const found = await oneWayAnova([control, treatment]);
  if (!isMeasured(found)) return found;
  return {
    test_type: "anova",
    f_statistic: found.f,
    p_value: found.p,
    significant: found.p < alpha,
    num_groups: 2,
    total_sample_size: control.length + treatment.length,
    effect_size: found.etaSquared,
  };
}

/** χ² of counts as the original writes it down: the two lists are the rows of a table. */
export interface LegacyChiSquare {
  readonly test_type: "chi_square";
  readonly chi2_statistic: number;
  readonly p_value: number;
  readonly degrees_of_freedom: number;
  readonly significant: boolean;
  /** H. Cramér's V, of the corrected statistic where there are two options: `chiSquareTable` has it of the plain one. */
  readonly effect_size: number;
}

export async function chiSquareRecord({
  control,
  treatment,
  alpha,
}: LegacyGroups): Promise<LegacyChiSquare | Unmeasured> {
  if (control.length !== treatment.length) return { reason: "the two have not the same number of counts" };
  const found = await chiSquareTable([control, treatment], "yates");
  if (!isMeasured(found)) return found;
  const n = [...control, ...treatment].reduce((total, count) => total + count, 0);
  return {
    test_type: "chi_square",
    chi2_statistic: found.statistic,
    p_value: found.p,
    degrees_of_freedom: found.degrees,
    significant: found.p < alpha,
    effect_size: Math.sqrt(found.statistic / n),
  };
}
