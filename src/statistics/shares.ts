import { checkWeights, sum, type Unmeasured } from "./measured.ts";

/** How varied a distribution is. */
export interface Diversity {
  /** Values that somebody has. */
  readonly values: number;
  /** C. E. Shannon's H (1948), in nats. */
  readonly entropy: number;
  /** H as a share of its greatest, ln k; absent where there is only one value. */
  readonly evenness?: number;
  /** That two who are picked at random differ (E. H. Simpson, 1949): 1 − Σp². */
  readonly simpson: number;
}

/**
 * How varied counts are. Values that nobody has count for nothing.
 * @example
 * diversity([1, 1, 0]); // => { values: 2, entropy: 0.6931471805599453, evenness: 1, simpson: 0.5 }
 */
export function diversity(counts: readonly number[]): Diversity | Unmeasured {
  checkWeights("counts", counts);
  const all = sum(counts);
  if (all === 0) return { reason: "there are no values" };
  const shares = counts.filter((count) => count > 0).map((count) => count / all);
  // Zero and not −0 where all have the same.
  const entropy = Math.max(0, -sum(shares.map((share) => share * Math.log(share))));
  return {
    values: shares.length,
    entropy,
    ...(shares.length > 1 && { evenness: entropy / Math.log(shares.length) }),
    simpson: Math.max(0, 1 - sum(shares.map((share) => share ** 2))),
  };
}
