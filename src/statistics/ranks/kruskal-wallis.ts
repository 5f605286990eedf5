import { ranks } from "../correlation.ts";
import { chiSquareDistribution } from "../distributions/continuous.ts";
import { sum, type Unmeasured } from "../measured.ts";
import { tied } from "./rank-sums.ts";

/** Whether several groups differ, in ranks. */
export interface KruskalWallis {
  /** Kruskal's H, corrected for ties. */
  readonly h: number;
  readonly degrees: number;
  /** By the χ² distribution: rough where groups have fewer than five values. */
  readonly p: number;
  /** The share of the variance of ranks that lies between groups (ε²; M. Tomczak and E. Tomczak, 2014). */
  readonly effect: number;
}

/**
 * Whether one of several groups tends to be greater than others (W. H. Kruskal and W. A. Wallis, 1952). None may be empty.
 * @example
 * const found = await kruskalWallis([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
 * "h" in found && found.h.toFixed(1); // => "7.2"
 */
export async function kruskalWallis(groups: readonly (readonly number[])[]): Promise<KruskalWallis | Unmeasured> {
  const places = ranks(groups.flat());
  if (groups.length < 2) return { reason: "fewer than two groups" };
  if (groups.some((group) => group.length === 0)) return { reason: "a group is empty" };
  if (places.every((place) => place === places[0])) return { reason: "all values are the same" };
  const n = places.length;
  let start = 0;
  const squares = groups.map(({ length }) => {
    const total = sum(places.slice(start, start + length));
    start += length;
    return total ** 2 / length;
  });
  const raw = (12 / (n * (n + 1))) * sum(squares) - 3 * (n + 1);
  const h = Math.max(0, raw / (1 - tied(places) / (n ** 3 - n)));
  const degrees = groups.length - 1;
  const { above } = await chiSquareDistribution(degrees);
  return { h, degrees, p: above(h), effect: h / (n - 1) };
}
