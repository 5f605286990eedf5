import { checkNumbers, checkWeights, sum, type Unmeasured } from "./measured.ts";

/** The arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : mean(sorted.slice(middle - 1, middle + 1));
}

/** The variance of a sample (n − 1), just zero where all values are the same; NaN of fewer than two values. */
export function variance(values: readonly number[]): number {
  const [first] = values;
  if (values.length > 1 && values.every((value) => value === first)) return 0;
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

/** The standard deviation of a sample (n − 1) as a share of its mean; NaN of fewer than two values. */
export function coefficientOfVariation(values: readonly number[]): number {
  return Math.sqrt(variance(values)) / mean(values);
}

/** Numbers in a few figures. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Of a sample (n − 1); absent for a single value. */
  readonly sd?: number;
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly most: number;
}

/**
 * Numbers in a few figures. Weights are brought to a sum of n, so that only their proportions count.
 * @example
 * summary([1, 2, 3, 4]).median; // => 2.5
 */
export function summary(values: readonly number[], weights?: readonly number[]): Summary | Unmeasured {
  checkNumbers("values", values);
  if (values.length === 0) return { reason: "there are no values" };
  const scaled = toSumOf(values.length, values, weights);
  if (scaled === undefined) return { reason: "all weights are zero" };
  const centre = values.reduce((total, value, index) => total + value * (scaled[index] as number), 0) / values.length;
  const squares = values.reduce((total, value, index) => total + (scaled[index] as number) * (value - centre) ** 2, 0);
  const at = (share: number): number => quantile(values, share, weights) as number;
  return {
    n: values.length,
    mean: centre,
    ...(values.length > 1 && { sd: Math.sqrt(squares / (values.length - 1)) }),
    least: at(0),
    lowerQuartile: at(0.25),
    median: at(0.5),
    upperQuartile: at(0.75),
    most: at(1),
  };
}

/**
 * The value below which a share of the values lies, between the two nearest (R's type 7); with weights the first value
 * at which so much of the weight is reached (the inverse of the distribution). Undefined of nothing.
 * @example
 * quantile([1, 2, 3, 4], 0.25); // => 1.75
 */
export function quantile(values: readonly number[], share: number, weights?: readonly number[]): number | undefined {
  checkNumbers("values", values);
  checkWeights("share", [share, 1 - share]); // both ends of 0 to 1
  const order = [...values.keys()].sort((one, other) => (values[one] as number) - (values[other] as number));
  if (weights === undefined) {
    const place = share * (values.length - 1);
    const [low, high] = [values[order[Math.floor(place)] as number], values[order[Math.ceil(place)] as number]];
    return low === undefined || high === undefined ? undefined : low + (place - Math.floor(place)) * (high - low);
  }
  checkWeights("weights", weights, values.length);
  const counted = order.filter((index) => (weights[index] as number) > 0);
  const wanted = share * sum(weights);
  let reached = 0;
  const found = counted.find((index) => {
    reached += weights[index] as number;
    return reached >= wanted - 1e-12 * Math.abs(wanted);
  });
  return values[found ?? (counted.at(-1) as number)];
}

/**
 * How many people of equal weight would tell as much (L. Kish, Survey Sampling, 1965): (Σw)² / Σw².
 * @example
 * effectiveSize([1, 1, 2]).toFixed(2); // => "2.67"
 */
export function effectiveSize(weights: Iterable<number>): number {
  const given = [...weights];
  checkWeights("weights", given);
  const squares = sum(given.map((weight) => weight ** 2));
  return squares === 0 ? 0 : sum(given) ** 2 / squares;
}

/**
 * How far apart two means are, in standard deviations of both together (J. Cohen's d, 1988). Each
 * needs two values, and not all may be the same.
 */
export function standardizedDifference(
  one: { readonly values: readonly number[]; readonly weights?: readonly number[] },
  other: { readonly values: readonly number[]; readonly weights?: readonly number[] },
): { readonly d: number } | Unmeasured {
  const [first, second] = [summary(one.values, one.weights), summary(other.values, other.weights)];
  if ("reason" in first) return first;
  if ("reason" in second) return second;
  if (first.sd === undefined || second.sd === undefined) return { reason: "fewer than two values" };
  const within = (first.n - 1) * first.sd ** 2 + (second.n - 1) * second.sd ** 2;
  if (within === 0) return { reason: "all values are the same" };
  return { d: (first.mean - second.mean) / Math.sqrt(within / (first.n + second.n - 2)) };
}

function toSumOf(
  total: number,
  values: readonly number[],
  weights: readonly number[] | undefined,
): readonly number[] | undefined {
  if (weights === undefined) return values.map(() => 1);
  checkWeights("weights", weights, values.length);
  const all = sum(weights);
  return all === 0 ? undefined : weights.map((weight) => (weight / all) * total);
}
