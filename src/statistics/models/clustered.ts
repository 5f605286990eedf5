import type { Matrix } from "ml-matrix";
import { tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { invalid, type Unmeasured } from "../measured.ts";
import { type Design, designOf } from "./design.ts";

/** What a term adds to the outcome. */
export interface TermRow {
  readonly term: string;
  readonly estimate: number;
  /** Allowing for values of one cluster being alike. */
  readonly error: number;
  readonly t: number;
  /** Of Student's t: by F. E. Satterthwaite's approximation with CR2, clusters less one with CR1. */
  readonly degrees: number;
  /** That it adds nothing, two-sided. */
  readonly p: number;
  readonly interval: Interval;
}

/** A line through values of which some belong together. */
export interface ClusteredRegression {
  /** `intercept` first, then the terms as they were given. */
  readonly rows: readonly TermRow[];
  readonly n: number;
  readonly clusters: number;
  readonly method: "CR2" | "CR1";
}

/** What is fitted. */
export interface ClusteredOptions {
  /** By name, one number for each value of the outcome: a factor as zeros and ones. */
  readonly terms: Readonly<Record<string, readonly number[]>>;
  /** Whose each value is, as a person's. */
  readonly clusters: readonly (string | number)[];
  /** `CR2`, the default, holds with few clusters too; `CR1` is what most programs mean by clustered errors. */
  readonly method?: "CR2" | "CR1";
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * Linear regression with errors that allow for several values of the same person (or session, or arm), whatever their
 * likeness: by R. M. Bell and D. F. McCaffrey's CR2 ("Bias reduction in standard errors for linear regression with multi-stage
 * samples", 2002), which is unbiased where values do not depend on each other, with a t of as many degrees as each error is
 * worth. Needs two clusters, and terms that do not follow from each other.
 * @example
 * const found = await clusteredRegression([1, 2, 2, 4], { terms: { late: [0, 1, 0, 1] }, clusters: ["ana", "ana", "ben", "ben"] });
 * "rows" in found && found.rows[1].estimate; // => 1.5
 */
export async function clusteredRegression(
  outcome: readonly number[],
  { terms, clusters, method = "CR2", level = 0.95 }: ClusteredOptions,
): Promise<ClusteredRegression | Unmeasured> {
  if (clusters.length !== outcome.length)
    throw invalid("clusters", { value: clusters.length, hint: `Give ${outcome.length}, one for each value.` });
  const design = await designOf(outcome, terms);
  if ("reason" in design) return design;
  const groups = Map.groupBy(clusters.keys(), (row) => clusters[row] as string | number);
  if (groups.size < 2) return { reason: "fewer than two clusters" };
  const parts = await partsOf(design, { groups: [...groups.values()], method });
  const rows: TermRow[] = [];
  for (const [place, term] of design.names.entries()) {
    const error = Math.sqrt(parts.scale * parts.scores.reduce((total, score) => total + score.get(place, 0) ** 2, 0));
    const degrees = method === "CR1" ? groups.size - 1 : satterthwaite(design, { parts, place });
    const estimate = design.estimates.get(place, 0);
    const size = Math.max(Math.abs(estimate), Math.hypot(...outcome) / Math.hypot(...design.rows.getColumn(place)));
    // Less than this is what arithmetic leaves over of nothing.
    if (!(error > 1e-10 * size) || !(degrees > 0)) return { reason: `the clusters do not tell how sure ${term} is` };
    const { above, quantile } = await tDistribution(degrees);
    const margin = quantile((1 + level) / 2) * error;
    const interval = { low: estimate - margin, high: estimate + margin, level };
    rows.push({
      term,
      estimate,
      error,
      t: estimate / error,
      degrees,
      p: 2 * above(Math.abs(estimate / error)),
      interval,
    });
  }
  return { rows, n: outcome.length, clusters: groups.size, method };
}

interface Parts {
  /** What each cluster adds to each estimate. */
  readonly scores: readonly Matrix[];
  /** The rows of each cluster, adjusted as its residuals are. */
  readonly adjusted: readonly Matrix[];
  readonly rows: readonly Matrix[];
  readonly scale: number;
}

async function partsOf(
  design: Design,
  { groups, method }: { readonly groups: readonly (readonly number[])[]; readonly method: "CR2" | "CR1" },
): Promise<Parts> {
  const rows = groups.map((group) => design.rows.selection([...group], [...design.names.keys()]));
  const adjusted = method === "CR1" ? rows : await Promise.all(rows.map((own) => unbiased(design, own)));
  const scores = groups.map((group, place) => {
    const residuals = design.residuals.selection([...group], [0]);
    return design.bread.mmul((adjusted[place] as Matrix).transpose().mmul(residuals));
  });
  const [n, width] = [design.rows.rows, design.names.length];
  const small = (groups.length / (groups.length - 1)) * ((n - 1) / (n - width));
  return { scores, adjusted, rows, scale: method === "CR1" ? small : 1 };
}

/**
 * A'X for one cluster, where A = (I − H)^−½ with its part H of the hat matrix, by the few eigenvalues that H has; what a
 * cluster fits of itself alone says nothing of the error and is left out (the generalized inverse).
 */
async function unbiased({ root }: Design, own: Matrix): Promise<Matrix> {
  const { EigenvalueDecomposition, Matrix } = await import("ml-matrix");
  const z = own.mmul(root);
  const inner = z.transpose().mmul(z);
  const { eigenvectorMatrix: vectors, realEigenvalues: values } = new EigenvalueDecomposition(inner, {
    assumeSymmetric: true,
  });
  const factors = values.map((value) => {
    if (value < 1e-12) return 0.5;
    return ((1 - value < 1e-10 ? 0 : 1 / Math.sqrt(1 - value)) - 1) / value;
  });
  const middle = vectors.mmul(Matrix.diag(factors)).mmul(vectors.transpose());
  return own.clone().add(z.mmul(middle).mmul(z.transpose().mmul(own)));
}

/** As many degrees as the sum of squares has that the error is made of, were values independent. */
function satterthwaite({ bread }: Design, { parts, place }: { readonly parts: Parts; readonly place: number }): number {
  const column = bread.getColumnVector(place);
  const weights = parts.adjusted.map((own) => own.mmul(column));
  const projected = weights.map((own, cluster) => (parts.rows[cluster] as Matrix).transpose().mmul(own));
  let [trace, squares] = [0, 0];
  for (const [one, left] of projected.entries()) {
    const onto = bread.mmul(left);
    for (const [other, right] of projected.entries()) {
      const own = one === other ? (weights[one] as Matrix).dot(weights[one] as Matrix) : 0;
      const product = own - onto.dot(right);
      squares += product ** 2;
      if (one === other) trace += product;
    }
  }
  return trace ** 2 / squares;
}
