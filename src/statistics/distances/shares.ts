import { checkWeights, sum, type Unmeasured } from "../measured.ts";

/** Two distributions over the same options, as shares that sum to one. */
interface Shares {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** Both brought to a sum of one; undefined where one of them is empty. */
export function bothAsShares(one: readonly number[], other: readonly number[]): Shares | undefined {
  checkWeights("counts", one);
  checkWeights("counts", other, one.length);
  const [all, others] = [sum(one), sum(other)];
  if (all === 0 || others === 0) return undefined;
  return { first: one.map((count) => count / all), second: other.map((count) => count / others) };
}

export const empty: Unmeasured = { reason: "one of them is empty" };

/**
 * A distribution as counts or shares in the order of the options; an option that it does not name has none.
 * @example
 * overOptions(["no", "yes"], new Map([["yes", 0.25], ["no", 0.75]])); // => [0.75, 0.25]
 */
export function overOptions<T>(options: readonly T[], distribution: ReadonlyMap<T, number>): readonly number[] {
  return options.map((option) => distribution.get(option) ?? 0);
}

/** Shares added up from the first on: the distribution function. */
export function cumulated(shares: readonly number[]): readonly number[] {
  let reached = 0;
  return shares.map((share) => {
    reached += share;
    return reached;
  });
}
