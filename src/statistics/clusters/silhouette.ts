import { apart } from "./spherical-k-means.ts";

/** How far each two vectors of norm 1 are apart: 1 − cosine. Takes time and room square in their number. */
export function distancesOf(vectors: readonly Float32Array[]): readonly Float32Array[] {
  const rows = vectors.map(() => new Float32Array(vectors.length));
  for (const [at, vector] of vectors.entries()) {
    for (let other = 0; other < at; other++) {
      const distance = apart(vector, vectors[other] as Float32Array);
      (rows[at] as Float32Array)[other] = distance;
      (rows[other] as Float32Array)[at] = distance;
    }
  }
  return rows;
}

/**
 * How much nearer things are to their own group than to the next, on the mean: from −1 to 1 (P. J. Rousseeuw, 1987); who is
 * alone in a group counts as 0. Undefined where there are not at least two groups.
 * @param distances between each two
 * @param clusterOf of each, which group it is in, from 0
 */
export function silhouette(distances: readonly Float32Array[], clusterOf: Int32Array): number | undefined {
  const count = Math.max(-1, ...clusterOf) + 1;
  const sizes = new Array<number>(count).fill(0);
  for (const cluster of clusterOf) sizes[cluster] = (sizes[cluster] as number) + 1;
  if (sizes.filter((size) => size > 0).length < 2) return undefined;
  let total = 0;
  for (const [at, row] of distances.entries()) total += widthOf(row, { at, clusterOf, sizes });
  return total / distances.length;
}

interface Place {
  readonly at: number;
  readonly clusterOf: Int32Array;
  readonly sizes: readonly number[];
}

function widthOf(row: Float32Array, { at, clusterOf, sizes }: Place): number {
  const own = clusterOf[at] as number;
  if (sizes[own] === 1) return 0;
  const sums = new Float64Array(sizes.length);
  for (const [other, distance] of row.entries()) {
    const cluster = clusterOf[other] as number;
    sums[cluster] = (sums[cluster] as number) + distance;
  }
  const within = (sums[own] as number) / ((sizes[own] as number) - 1);
  let next = Number.POSITIVE_INFINITY;
  for (const [cluster, size] of sizes.entries())
    if (cluster !== own && size > 0) next = Math.min(next, (sums[cluster] as number) / size);
  const widest = Math.max(within, next);
  return widest === 0 ? 0 : (next - within) / widest;
}
