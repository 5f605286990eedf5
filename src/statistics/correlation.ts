import { betaDistribution } from "./distributions/continuous.ts";
import { checkNumbers, checkWeights, sum, type Unmeasured } from "./measured.ts";
import { effectiveSize } from "./moments.ts";

/** How two numbers go together. */
export interface Correlation {
  /** From −1 to 1. */
  readonly r: number;
  /** Pairs. */
  readonly n: number;
  /** That it is none, two-sided, by Student's t; with weights by the effective size. */
  readonly p: number;
}

/** How far two numbers lie on a line (K. Pearson, 1895). It needs three pairs, and numbers that differ. */
export async function pearson(
  xs: readonly number[],
  ys: readonly number[],
  weights?: readonly number[],
): Promise<Correlation | Unmeasured> {
  checkNumbers("xs", xs);
  checkNumbers("ys", ys, xs.length);
  if (weights !== undefined) checkWeights("weights", weights, xs.length);
  const shares = weights ?? xs.map(() => 1);
  const size = effectiveSize(shares);
  if (size <= 2) return { reason: "fewer than three pairs" };
  const [across, upwards] = [centred(xs, shares), centred(ys, shares)];
  const product = (one: readonly number[], other: readonly number[]): number =>
    sum(one.map((value, index) => value * (other[index] as number) * (shares[index] as number)));
  const spread = Math.sqrt(product(across, across) * product(upwards, upwards));
  if (isFlat(xs, shares) || isFlat(ys, shares)) return { reason: "all values of one are the same" };
  const r = Math.min(1, Math.max(-1, product(across, upwards) / spread));
  // Student's t, without the way through an infinite one where r is 1.
  const { below } = await betaDistribution((size - 2) / 2, 0.5);
  return { r, n: xs.length, p: below((1 - r) * (1 + r)) };
}

/** How far two go up together, whatever the steps (C. Spearman, 1904): Pearson's r of their ranks, ties halfway. */
export function spearman(
  xs: readonly number[],
  ys: readonly number[],
  weights?: readonly number[],
): Promise<Correlation | Unmeasured> {
  return pearson(ranks(xs), ranks(ys), weights);
}

/**
 * Spearman's coefficient alone, for who draws samples again and again; undefined where all values of one are the same.
 * @example
 * rankCorrelation([1, 2, 3], [2, 4, 9]); // => 1
 */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): number | undefined {
  return linearCorrelation(ranks(xs), ranks(ys));
}

/**
 * Pearson's coefficient alone, likewise.
 * @example
 * linearCorrelation([1, 2, 3], [2, 4, 6]); // => 1
 */
export function linearCorrelation(xs: readonly number[], ys: readonly number[]): number | undefined {
  checkNumbers("ys", ys, xs.length);
  const equal = xs.map(() => 1);
  if (xs.length < 2 || isFlat(xs, equal) || isFlat(ys, equal)) return undefined;
  const [across, upwards] = [centred(xs, equal), centred(ys, equal)];
  const product = (one: readonly number[], other: readonly number[]): number =>
    sum(one.map((value, index) => value * (other[index] as number)));
  const r = product(across, upwards) / Math.sqrt(product(across, across) * product(upwards, upwards));
  return Math.min(1, Math.max(-1, r));
}

/**
 * The places of values in their order, from 1; equal ones share the mean of theirs.
 * @example
 * ranks([10, 30, 10]); // => [1.5, 3, 1.5]
 */
export function ranks(values: readonly number[]): readonly number[] {
  checkNumbers("values", values);
  const order = [...values.keys()].sort((one, other) => (values[one] as number) - (values[other] as number));
  const found = Array.from(values, () => 0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (const index of order.slice(start, end)) found[index] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}

function centred(values: readonly number[], weights: readonly number[]): readonly number[] {
  const centre = sum(values.map((value, index) => value * (weights[index] as number))) / sum(weights);
  return values.map((value) => value - centre);
}

/** By the values themselves: what is left of equal ones after their mean is taken off may be a rounding. */
function isFlat(values: readonly number[], weights: readonly number[]): boolean {
  return new Set(values.filter((_, index) => (weights[index] as number) > 0)).size < 2;
}
