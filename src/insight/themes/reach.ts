import { apart } from "../../statistics/clusters/spherical-k-means.ts";
import type { Grouping } from "./grouping.ts";

/**
 * The greatest distance of a text from its group's direction as the others of the group have it: of answers like those
 * that were grouped, about one in as many as there are texts is farther away. Where each is alone in its group there are
 * no others, and it is what they are apart from their directions: nothing.
 */
export function reachOf(
  vectors: readonly Float32Array[],
  weights: readonly number[],
  { clusterOf, centroids }: Grouping,
): number {
  const sums = centroids.map(({ length }) => new Float64Array(length));
  for (const [at, vector] of vectors.entries()) {
    const sum = sums[clusterOf[at] as number] as Float64Array;
    for (const [place, value] of vector.entries())
      sum[place] = (sum[place] as number) + (weights[at] as number) * value;
  }
  let reach = 0;
  for (const [at, vector] of vectors.entries()) {
    const cluster = clusterOf[at] as number;
    const others = without(sums[cluster] as Float64Array, vector, weights[at] as number);
    const distance = apart(vector, centroids[cluster] as Float32Array);
    reach = Math.max(reach, distance, others === undefined ? 0 : apart(vector, others));
  }
  return reach;
}

/** The direction of a sum without one of its parts; none where that was all of it. */
function without(sum: Float64Array, vector: Float32Array, weight: number): Float32Array | undefined {
  const left = sum.map((value, place) => value - weight * (vector[place] as number));
  const norm = Math.sqrt(left.reduce((squares, value) => squares + value * value, 0));
  return norm < 1e-6 ? undefined : Float32Array.from(left, (value) => value / norm);
}
