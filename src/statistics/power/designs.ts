import { fDistribution, normalDistribution, tDistribution } from "../distributions/continuous.ts";
import { noncentralF, noncentralT } from "../distributions/noncentral.ts";
import { invalid } from "../measured.ts";

/** Two groups by Student's t; `effect` is Cohen's d. */
export interface TwoGroups {
  readonly kind: "two groups";
  readonly effect: number;
  /** The size of the second as a multiple of the first. Default 1. */
  readonly ratio?: number;
}

/** Pairs, or one group against a value, by Student's t; `effect` is d_z, in standard deviations of the differences. */
export interface Pairs {
  readonly kind: "pairs";
  readonly effect: number;
}

/** Groups of one size by an analysis of variance; `effect` is Cohen's f, the square root of η² / (1 − η²). */
export interface Groups {
  readonly kind: "groups";
  readonly effect: number;
  readonly groups: number;
}

/** Two shares by the test of both together, with the normal approximation. */
export interface TwoShares {
  readonly kind: "two shares";
  readonly first: number;
  readonly second: number;
  readonly ratio?: number;
}

/** A correlation by its test. */
export interface OneCorrelation {
  readonly kind: "correlation";
  readonly r: number;
}

/** What is to be found, by which test. */
export type PowerDesign = TwoGroups | Pairs | Groups | TwoShares | OneCorrelation;

/** The chance to find it with `n` in each group, or pairs, two-sided at `alpha`; and the fewest that the test can take. */
export interface DesignPower {
  readonly least: number;
  power(n: number, alpha: number): Promise<number>;
}

/** How power is found for a design. Throws OPTION_INVALID for shares and correlations beyond their bounds. */
export function powerFor(design: PowerDesign): DesignPower {
  switch (design.kind) {
    case "two groups":
      return { least: 2, power: (n, alpha) => twoGroups(design, n, alpha) };
    case "pairs":
      return { least: 2, power: (n, alpha) => byT({ moved: design.effect * Math.sqrt(n), degrees: n - 1, alpha }) };
    case "groups":
      return { least: 2, power: (n, alpha) => groups(design, n, alpha) };
    case "two shares":
      within("first", design.first, [0, 1]);
      within("second", design.second, [0, 1]);
      return { least: 1, power: (n, alpha) => twoShares(design, n, alpha) };
    case "correlation":
      within("r", design.r, [-1, 1]);
      return { least: 4, power: (n, alpha) => correlation(design, n, alpha) };
    default:
      return design satisfies never;
  }
}

function twoGroups({ effect, ratio = 1 }: TwoGroups, n: number, alpha: number): Promise<number> {
  const other = n * ratio;
  return byT({ moved: effect * Math.sqrt((n * other) / (n + other)), degrees: n + other - 2, alpha });
}

interface Moved {
  readonly moved: number;
  readonly degrees: number;
  readonly alpha: number;
}

async function byT({ moved, degrees, alpha }: Moved): Promise<number> {
  const bound = (await tDistribution(degrees)).quantile(1 - alpha / 2);
  const { below } = await noncentralT(degrees);
  return 1 - below(bound, moved) + below(-bound, moved);
}

async function groups({ effect, groups: count }: Groups, n: number, alpha: number): Promise<number> {
  const [over, under] = [count - 1, count * (n - 1)];
  const bound = (await fDistribution(over, under)).quantile(1 - alpha);
  return 1 - (await noncentralF(over, under)).below(bound, effect ** 2 * n * count);
}

async function twoShares({ first, second, ratio = 1 }: TwoShares, n: number, alpha: number): Promise<number> {
  const { quantile, below } = await normalDistribution();
  const together = (first + ratio * second) / (1 + ratio);
  const none = Math.sqrt(together * (1 - together) * (1 + 1 / ratio));
  const some = Math.sqrt(first * (1 - first) + (second * (1 - second)) / ratio);
  const [bound, apart] = [quantile(1 - alpha / 2) * none, Math.abs(second - first) * Math.sqrt(n)];
  return below((apart - bound) / some) + below((-apart - bound) / some);
}

/** By R. A. Fisher's z with its bias, as S. Champely's pwr has it after J. Cohen (1988). */
async function correlation({ r }: OneCorrelation, n: number, alpha: number): Promise<number> {
  const { below } = await normalDistribution();
  const t = (await tDistribution(n - 2)).quantile(1 - alpha / 2);
  const bound = Math.atanh(Math.sqrt(t ** 2 / (t ** 2 + n - 2)));
  const z = Math.atanh(Math.abs(r)) + Math.abs(r) / (2 * (n - 1));
  return below((z - bound) * Math.sqrt(n - 3)) + below((-z - bound) * Math.sqrt(n - 3));
}

function within(option: string, value: number, [low, high]: readonly [number, number]): void {
  if (!(value > low && value < high))
    throw invalid(option, { value, hint: `Give a number between ${low} and ${high}.` });
}
