import { isMeasured, type Unmeasured } from "../measured.ts";
import { shapiroWilk } from "../shapes/shapiro-wilk.ts";
import { brownForsythe } from "../shapes/spread.ts";
import {
  anovaRecord,
  chiSquareRecord,
  type LegacyAnova,
  type LegacyChiSquare,
  type LegacyGroups,
  type LegacyTTest,
  tRecord,
} from "./means.ts";
import {
  kolmogorovSmirnovRecord,
  type LegacyKolmogorovSmirnov,
  type LegacyMannWhitney,
  mannWhitneyRecord,
} from "./ranks-and-shapes.ts";

/** Lists of numbers, by the name of what they measure. */
export type LegacyMetrics = Readonly<Record<string, readonly number[]>>;

/** The tests of the original, by its names. */
export type LegacyTest = "t_test" | "welch_t_test" | "mann_whitney" | "anova" | "chi_square" | "ks_test";

/** What the original writes down of a metric. */
export type LegacyRecord = LegacyTTest | LegacyMannWhitney | LegacyAnova | LegacyChiSquare | LegacyKolmogorovSmirnov;

/** How a control and treatments are compared. */
export interface LegacyOptions {
  /** Default `welch_t_test`. */
  readonly test?: LegacyTest;
  /** Default 0.05. */
  readonly alpha?: number;
}

/**
 * A control and treatments compared metric by metric, with the records of the Python original (`StatisticalTester`): its
 * fields, and its signs, which do not always agree with one another (each field says so). Metrics that one of them lacks or
 * has nothing of are left out; where the original has NaN or Infinity, here is why there is no figure. For what is to be
 * read by people rather take the tests themselves, and `holm` over the metrics.
 * @example
 * const found = await legacyTests({ votes: [1, 2, 3] }, { cheap: { votes: [3, 4, 5] } });
 * found.cheap.votes.mean_difference; // => 2
 */
export async function legacyTests(
  control: LegacyMetrics,
  treatments: Readonly<Record<string, LegacyMetrics>>,
  { test = "welch_t_test", alpha = 0.05 }: LegacyOptions = {},
): Promise<Readonly<Record<string, Readonly<Record<string, LegacyRecord | Unmeasured>>>>> {
  const results: [string, Readonly<Record<string, LegacyRecord | Unmeasured>>][] = [];
  for (const [name, metrics] of Object.entries(treatments)) {
    const found: [string, LegacyRecord | Unmeasured][] = [];
    for (const [metric, values] of Object.entries(control)) {
      const treatment = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
      if (treatment === undefined || treatment.length === 0 || values.length === 0) continue;
      found.push([metric, await recordOf(test, { control: values, treatment, alpha })]);
    }
    results.push([name, Object.fromEntries(found)]);
  }
  return Object.fromEntries(results);
}

function recordOf(
  test: LegacyTest,
  groups: LegacyGroups,
): Promise<LegacyRecord | Unmeasured> | LegacyRecord | Unmeasured {
  switch (test) {
    case "t_test":
    case "welch_t_test":
      return tRecord(test, groups);
    case "mann_whitney":
      return mannWhitneyRecord(groups);
    case "anova":
      return anovaRecord(groups);
    case "chi_square":
      return chiSquareRecord(groups);
    case "ks_test":
      return kolmogorovSmirnovRecord(groups);
  }
}

/** What the original's check of assumptions was to say. */
export interface LegacyAssumptions {
  /** By Shapiro and Wilk, of the control and of each treatment. */
  readonly normality: Readonly<Record<string, { readonly p_value: number; readonly normal: boolean } | Unmeasured>>;
  /** By Levene's test about the medians. */
  readonly equal_variance: { readonly p_value: number; readonly equal_variance: boolean } | Unmeasured;
  readonly recommended_test: "t_test" | "welch_t_test" | "mann_whitney";
}

/**
 * Whether the assumptions of a t test hold for a metric, which the original means to say and never does: it always fails.
 * The recommendation is the original's; `adviseTest` says why, and does not choose by a test before the test.
 * @example
 * const found = await legacyAssumptions([1, 2, 3, 4], { cheap: [3, 4, 5, 6] });
 * found.recommended_test; // => "t_test"
 */
export async function legacyAssumptions(
  control: readonly number[],
  treatments: Readonly<Record<string, readonly number[]>>,
  { alpha = 0.05 }: Pick<LegacyOptions, "alpha"> = {},
): Promise<LegacyAssumptions> {
  const groups = [["control", control] as const, ...Object.entries(treatments)];
  const normality: [string, LegacyAssumptions["normality"][string]][] = [];
  for (const [name, values] of groups) {
    const found = await shapiroWilk(values);
    normality.push([name, isMeasured(found) ? { p_value: found.p, normal: found.p >= alpha } : found]);
  }
  const spread = await brownForsythe(groups.map(([, values]) => values));
  const isEqual = isMeasured(spread) && spread.p >= alpha;
  const isNormal = normality.every(([, found]) => "normal" in found && found.normal);
  return {
    normality: Object.fromEntries(normality),
    equal_variance: isMeasured(spread) ? { p_value: spread.p, equal_variance: isEqual } : spread,
    recommended_test: isNormal ? (isEqual ? "t_test" : "welch_t_test") : "mann_whitney",
  };
}
