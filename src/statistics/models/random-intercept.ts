import type { Matrix } from "ml-matrix";
import { checkSize, type Unmeasured } from "../measured.ts";
import { type Design, designOf } from "./design.ts";

/** What differs between clusters, and what within them. */
export interface RandomIntercept {
  /** `intercept` first, then the terms as they were given; tests of them: `clusteredRegression`. */
  readonly rows: readonly { readonly term: string; readonly estimate: number; readonly error: number }[];
  /** The variance of the clusters' levels, and that about these. */
  readonly between: number;
  readonly within: number;
  /** The share of the variance that lies between clusters (intraclass correlation), beside the terms. */
  readonly alike: number;
  readonly n: number;
  readonly clusters: number;
}

/** What is fitted. */
export interface RandomInterceptOptions {
  /** By name, one number for each value of the outcome: a factor as zeros and ones. Default none. */
  readonly terms?: Readonly<Record<string, readonly number[]>>;
  /** Whose each value is, as a person's. */
  readonly clusters: readonly (string | number)[];
}

/**
 * A linear mixed model with a level for each cluster, by restricted maximum likelihood (H. D. Patterson and R. Thompson,
 * 1971): how much of what differs lies between people, and how much within them. Needs two clusters, one with two values.
 * @example
 * const found = await randomIntercept([1, 2, 8, 9], { clusters: ["ana", "ana", "ben", "ben"] });
 * "alike" in found && found.alike.toFixed(2); // => "0.98"
 */
export async function randomIntercept(
  outcome: readonly number[],
  { terms = {}, clusters }: RandomInterceptOptions,
): Promise<RandomIntercept | Unmeasured> {
  checkSize("clusters", clusters, outcome.length);
  const design = await designOf(outcome, terms);
  if ("reason" in design) return design;
  const groups = [...Map.groupBy(clusters.keys(), (row) => clusters[row] as string | number).values()];
  if (groups.length < 2) return { reason: "fewer than two clusters" };
  if (groups.length === outcome.length) return { reason: "no cluster has two values" };
  if (design.residuals.norm() <= 1e-10 * Math.hypot(...outcome)) return { reason: "nothing differs beside the terms" };
  const fit = await fitter(design, groups);
  const ratio = bestRatio((tried) => fit(tried).deviance);
  if (ratio === undefined) return { reason: "nothing differs within clusters" };
  const { moved, inverse, variance } = fit(ratio);
  const rows = design.names.map((term, place) => ({
    term,
    estimate: design.estimates.get(place, 0) + moved.get(place, 0),
    error: Math.sqrt(variance * inverse.get(place, place)),
  }));
  const alike = ratio / (1 + ratio);
  return { rows, between: ratio * variance, within: variance, alike, n: outcome.length, clusters: groups.length };
}

interface Fit {
  /** Twice the negative logarithm of the restricted likelihood, but for a constant. */
  readonly deviance: number;
  /** By how much the estimates differ from those of least squares. */
  readonly moved: Matrix;
  readonly inverse: Matrix;
  readonly variance: number;
}

/** What fits best for a ratio of the variance between clusters to that within, by the sums of each cluster alone. */
async function fitter(design: Design, groups: readonly (readonly number[])[]): Promise<(ratio: number) => Fit> {
  const { CholeskyDecomposition, Matrix } = await import("ml-matrix");
  const { rows, residuals, names } = design;
  const sums = groups.map((group) => {
    const own = rows.selection([...group], [...names.keys()]);
    const left = residuals.selection([...group], [0]).sum();
    return { size: group.length, row: Matrix.columnVector(own.sum("column")), left };
  });
  const [cross, along] = [rows.transpose().mmul(rows), rows.transpose().mmul(residuals)];
  const [squares, free] = [residuals.dot(residuals), rows.rows - names.length];
  return (ratio) => {
    const [matrix, vector] = [cross.clone(), along.clone()];
    let [rest, spread] = [squares, 0];
    for (const { size, row, left } of sums) {
      const shrunk = ratio / (1 + size * ratio);
      matrix.sub(row.mmul(row.transpose()).mul(shrunk));
      vector.sub(row.clone().mul(shrunk * left));
      rest -= shrunk * left ** 2;
      spread += Math.log(1 + size * ratio);
    }
    const solved = new CholeskyDecomposition(matrix);
    const moved = solved.solve(vector);
    const variance = Math.max(0, rest - vector.dot(moved)) / free;
    const determinant = 2 * solved.lowerTriangularMatrix.diag().reduce((total, one) => total + Math.log(one), 0);
    const deviance = free * Math.log(variance) + spread + determinant;
    return { deviance, moved, inverse: solved.solve(Matrix.eye(names.length)), variance };
  };
}

/** The ratio of least deviance: among steps, then by the golden section about the best; none where it falls for ever. */
function bestRatio(deviance: (ratio: number) => number): number | undefined {
  // Of a quarter of a power of ten, from a ratio that is as good as none to one that is as good as all.
  const steps = Array.from({ length: 57 }, (_, step) => step / 4 - 8);
  const heights = steps.map((step) => deviance(10 ** step));
  const best = heights.indexOf(Math.min(...heights));
  if (best <= 0) return 0;
  if (best === steps.length - 1) return undefined;
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [steps[best - 1] as number, steps[best + 1] as number];
  for (let step = 0; step < 60; step++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (deviance(10 ** left) < deviance(10 ** right)) high = right;
    else low = left;
  }
  return 10 ** ((low + high) / 2);
}
