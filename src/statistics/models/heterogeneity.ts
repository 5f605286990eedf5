import { chiSquareDistribution } from "../distributions/continuous.ts";
import { checkNumbers, checkSize, sum, type Unmeasured } from "../measured.ts";
import { mean } from "../moments.ts";

/** By how much means differ between levels, beyond what chance within them does. */
export interface Heterogeneity {
  /** W. G. Cochran's Q (1954). */
  readonly q: number;
  readonly degrees: number;
  /** That all levels have one mean, by the χ² distribution: rough, and too small, of few clusters. */
  readonly p: number;
  /** The share of what differs between levels that is more than chance (J. P. T. Higgins and S. G. Thompson's I², 2002), from 0. */
  readonly iSquared: number;
  /** The mean of levels, each by how sure it is. */
  readonly mean: number;
}

/** Which level each value is of, and whose it is. */
export interface HeterogeneityOptions {
  readonly levels: readonly (string | number)[];
  /** The same person may be in several levels: what they have in common is allowed for. */
  readonly clusters: readonly (string | number)[];
}

/**
 * Whether levels have one mean. Where clusters are in several levels, their likeness is a part of Q (the quadratic form of the
 * means with their covariance by clusters); where none is, it is Cochran's. Each level needs two clusters.
 * @example
 * const found = await heterogeneity([1, 2, 8, 9], { levels: [1, 1, 2, 2], clusters: ["a", "b", "c", "d"] });
 * "q" in found && found.q.toFixed(1); // => "98.0"
 */
export async function heterogeneity(
  values: readonly number[],
  { levels, clusters }: HeterogeneityOptions,
): Promise<Heterogeneity | Unmeasured> {
  checkNumbers("values", values);
  checkSize("levels", levels, values.length);
  checkSize("clusters", clusters, values.length);
  const groups = [...Map.groupBy(values.keys(), (place) => levels[place] as string | number).values()];
  if (groups.length < 2) return { reason: "there is one level" };
  const all = groups.map((places) => levelOf(places, values, clusters));
  if (all.some(({ left }) => left.size < 2)) return { reason: "a level has fewer than two clusters" };
  // Each pair once, so that no rounding makes two of them.
  const half = all.map((one, down) => all.slice(0, down + 1).map((other) => covarianceOf(one, other)));
  const covariance = half.map((_, down) =>
    half.map((_, across) => at(half, Math.max(down, across), Math.min(down, across))),
  );
  if (covariance.some((row, place) => (row[place] as number) <= 1e-20 * Math.hypot(...values) ** 2))
    return { reason: "nothing differs within a level" };
  const inverse = await inverseOf(covariance);
  if (inverse === undefined) return { reason: "there are too few clusters for so many levels" };
  const weights = inverse.map(sum);
  const pooled = sum(all.map((level, place) => level.mean * (weights[place] as number))) / sum(weights);
  const off = all.map((level) => level.mean - pooled);
  const q = Math.max(
    0,
    sum(off.map((one, row) => one * sum(off.map((other, column) => other * at(inverse, row, column))))),
  );
  const degrees = groups.length - 1;
  const { above } = await chiSquareDistribution(degrees);
  return { q, degrees, p: above(q), iSquared: q === 0 ? 0 : Math.max(0, (q - degrees) / q), mean: pooled };
}

interface Level {
  readonly mean: number;
  readonly n: number;
  /** What the values of each cluster differ from the mean by, together. */
  readonly left: ReadonlyMap<string | number, number>;
}

function levelOf(places: readonly number[], values: readonly number[], clusters: readonly (string | number)[]): Level {
  const centre = mean(places.map((place) => values[place] as number));
  const left = new Map<string | number, number>();
  for (const place of places) {
    const cluster = clusters[place] as string | number;
    left.set(cluster, (left.get(cluster) ?? 0) + (values[place] as number) - centre);
  }
  return { mean: centre, n: places.length, left };
}

/** Of the means of two levels: by the clusters that are in both. */
function covarianceOf(one: Level, other: Level): number {
  const together = sum([...one.left].map(([cluster, left]) => left * (other.left.get(cluster) ?? 0)));
  const small = ({ left }: Level): number => Math.sqrt(left.size / (left.size - 1));
  return (small(one) * small(other) * together) / (one.n * other.n);
}

const at = (matrix: readonly (readonly number[])[], row: number, column: number): number =>
  matrix[row]?.[column] as number;

/** Undefined where it has none: the means of some levels then follow from those of others. */
async function inverseOf(matrix: readonly (readonly number[])[]): Promise<readonly (readonly number[])[] | undefined> {
  const { CholeskyDecomposition, Matrix } = await import("ml-matrix");
  const sizes = matrix.map((row, place) => Math.sqrt(row[place] as number));
  const alike = matrix.map((row, down) =>
    row.map((value, across) => value / ((sizes[down] as number) * (sizes[across] as number))),
  );
  const solved = new CholeskyDecomposition(new Matrix(alike));
  const least = Math.min(...solved.lowerTriangularMatrix.diag());
  if (!solved.isPositiveDefinite() || !(least > 1e-6)) return undefined;
  return solved
    .solve(Matrix.eye(matrix.length))
    .to2DArray()
    .map((row, down) => row.map((value, across) => value / ((sizes[down] as number) * (sizes[across] as number))));
}
