import { normalDistribution } from "../distributions/continuous.ts";
import { checkWeights, invalid } from "../measured.ts";

/** What a sample is held to. */
export interface PrecisionOptions {
  /** Default 0.95. */
  readonly level?: number;
  /** How many times as many it takes as of a simple random sample. Default 1. */
  readonly designEffect?: number;
  /** How many there are at all: of few fewer are needed. Default without end. */
  readonly population?: number;
}

/**
 * How many to ask so that a share is known to such a margin either way, by the normal approximation (W. G. Cochran, Sampling
 * Techniques, 1977, with the finite population's correction); at worst, when nothing is known of it, the share is a half.
 * @example
 * await sizeForShare(0.05); // => 385
 */
export function sizeForShare(
  margin: number,
  { share = 0.5, ...options }: PrecisionOptions & { readonly share?: number } = {},
): Promise<number> {
  checkWeights("share", [share, 1 - share]);
  return sizeFor(Math.sqrt(share * (1 - share)) / margin, options);
}

/**
 * How many to ask so that a mean is known to such a margin either way, when values scatter by `sd`.
 * @example
 * await sizeForMean(0.1, { sd: 1 }); // => 385
 */
export function sizeForMean(
  margin: number,
  { sd, ...options }: PrecisionOptions & { readonly sd: number },
): Promise<number> {
  checkWeights("sd", [sd]);
  return sizeFor(sd / margin, options);
}

/**
 * How many times as many it takes when people come in clusters of such a size whose members are so much alike (L. Kish, 1965):
 * 1 + (m − 1) ρ.
 * @example
 * clusterDesignEffect(11, 0.1); // => 2
 */
export function clusterDesignEffect(size: number, alike: number): number {
  return 1 + (size - 1) * alike;
}

async function sizeFor(
  ratio: number,
  { level = 0.95, designEffect = 1, population = Number.POSITIVE_INFINITY }: PrecisionOptions,
): Promise<number> {
  if (!(ratio >= 0 && ratio < 1e6)) throw invalid("margin", { value: ratio, hint: "Give a margin above zero." });
  const n = designEffect * (ratio * (await normalDistribution()).quantile((1 + level) / 2)) ** 2;
  // What is above a whole number by a rounding only is that number.
  return Math.max(0, Math.ceil(n / (1 + (n - 1) / population) - 1e-9));
}
