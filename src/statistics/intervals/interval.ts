/** Between which values a figure lies, as far as the sample can say. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** How often such an interval holds the true value, as 0.95. */
  readonly level: number;
}

/** The value below which so much of the normal distribution lies. */
export async function normalQuantile(share: number): Promise<number> {
  const { default: quantile } = await import("@stdlib/stats-base-dists-normal-quantile");
  return quantile(share, 0, 1);
}
