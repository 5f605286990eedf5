import type { Matrix } from "ml-matrix";
import { normalDistribution, tDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { checkWeights, invalid, isMeasured, sum, type Unmeasured } from "../measured.ts";

/** One of several things that was chosen, each told by its features. */
export interface FeatureChoice {
  /** The place of what was chosen. */
  readonly chosen: number;
  /** A number for each term, of each thing that there was. */
  readonly among: readonly (readonly number[])[];
  /** Whose choice it is. */
  readonly cluster: string | number;
  /** Default 1. */
  readonly weight?: number;
}

/** What features add to how likely something is chosen. */
export interface ChoiceModel {
  readonly terms: readonly string[];
  /** In logits, by term. */
  readonly estimates: readonly number[];
  /** Allowing for choices of one cluster being alike, a row a term. */
  readonly covariance: readonly (readonly number[])[];
  readonly choices: number;
  readonly clusters: number;
  readonly logLikelihood: number;
  /** Of choosing by chance. */
  readonly nullLogLikelihood: number;
}

/** Steps after which nothing finite fits. */
const mostSteps = 60;
/** e to this power is beyond what any choices can show. */
const mostLogit = 30;
/** Terms whose information is less than this share of the greatest cannot be told apart. */
const leastInformation = 1e-10;

/**
 * McFadden's conditional logit (multinomial logit of choices; D. McFadden, 1974) by Newton's method, with errors that allow for
 * several choices of one person being alike (the sandwich by clusters, scaled by G / (G − 1)). Weights count as so much of a
 * choice. Needs two clusters, and choices that leave something to chance.
 * @example
 * const pick = (chosen, cluster) => ({ chosen, among: [[1], [0]], cluster });
 * const found = await conditionalLogit([pick(0, "ana"), pick(0, "ben"), pick(1, "cem"), pick(0, "dot")], ["price"]);
 * "estimates" in found && found.estimates[0].toFixed(3); // => "1.099"
 */
export async function conditionalLogit(
  choices: readonly FeatureChoice[],
  terms: readonly string[],
): Promise<ChoiceModel | Unmeasured> {
  checkWeights(
    "weights",
    choices.map(({ weight = 1 }) => weight),
  );
  const wrong = choices.find(
    ({ chosen, among }) => among[chosen] === undefined || among.some((one) => one.length !== terms.length),
  );
  if (wrong !== undefined)
    throw invalid("choices", { value: JSON.stringify(wrong).slice(0, 200), hint: "Give a number for each term." });
  const counted = choices.filter(({ weight = 1 }) => weight > 0);
  const groups = [...Map.groupBy(counted, ({ cluster }) => cluster).values()];
  if (groups.length < 2) return { reason: "fewer than two people chose" };
  const found = await climbed(counted, terms);
  if (!isMeasured(found)) return found;
  const { Matrix } = await import("ml-matrix");
  const meat = Matrix.zeros(terms.length, terms.length);
  for (const group of groups) {
    const score = Matrix.columnVector(slopeAt(group, found.estimates).gradient);
    meat.add(score.mmul(score.transpose()));
  }
  const scale = groups.length / (groups.length - 1);
  const { estimates, bread, logLikelihood } = found;
  return {
    ...{ terms, estimates, covariance: bread.mmul(meat).mmul(bread).mul(scale).to2DArray() },
    ...{ choices: counted.length, clusters: groups.length, logLikelihood },
    nullLogLikelihood: -sum(counted.map(({ among, weight = 1 }) => weight * Math.log(among.length))),
  };
}

interface Climbed {
  readonly estimates: readonly number[];
  /** The inverse of the information. */
  readonly bread: Matrix;
  readonly logLikelihood: number;
}

async function climbed(choices: readonly FeatureChoice[], terms: readonly string[]): Promise<Climbed | Unmeasured> {
  const { CholeskyDecomposition, EigenvalueDecomposition, Matrix } = await import("ml-matrix");
  let estimates: readonly number[] = terms.map(() => 0);
  let reached = slopeAt(choices, estimates);
  const { realEigenvalues: values } = new EigenvalueDecomposition(new Matrix(reached.information), {
    assumeSymmetric: true,
  });
  if (!(Math.min(...values) > leastInformation * Math.max(...values)))
    return { reason: "what was shown does not tell its features apart" };
  for (let step = 0; step < mostSteps; step++) {
    const solved = new CholeskyDecomposition(new Matrix(reached.information));
    if (!solved.isPositiveDefinite()) break;
    const bread = solved.solve(Matrix.eye(terms.length));
    const move = bread.mmul(Matrix.columnVector(reached.gradient)).to1DArray();
    if (move.every((part) => Math.abs(part) < 1e-11)) return { estimates, bread, logLikelihood: reached.likelihood };
    for (let share = 1; share > 1e-9; share /= 2) {
      const tried = estimates.map((value, place) => value + share * (move[place] as number));
      const found = slopeAt(choices, tried);
      if (found.likelihood < reached.likelihood - 1e-9 * Math.abs(reached.likelihood)) continue;
      [estimates, reached] = [tried, found];
      break;
    }
    if (estimates.some((value) => Math.abs(value) > mostLogit)) break;
  }
  return { reason: "no finite utilities fit best: some features decide every choice" };
}

interface Slope {
  readonly likelihood: number;
  readonly gradient: number[];
  readonly information: number[][];
}

function slopeAt(choices: readonly FeatureChoice[], estimates: readonly number[]): Slope {
  const gradient = estimates.map(() => 0);
  const information = estimates.map(() => estimates.map(() => 0));
  let likelihood = 0;
  for (const { chosen, among, weight = 1 } of choices) {
    const heights = among.map((one) => dot(one, estimates));
    const top = Math.max(...heights);
    const powers = heights.map((height) => Math.exp(height - top));
    const all = sum(powers);
    const shares = powers.map((power) => power / all);
    likelihood += weight * Math.log(shares[chosen] as number);
    const means = estimates.map((_, term) =>
      sum(among.map((one, place) => (one[term] as number) * (shares[place] as number))),
    );
    for (const [row] of estimates.entries()) {
      gradient[row] = (gradient[row] as number) + weight * ((among[chosen]?.[row] as number) - (means[row] as number));
      const line = information[row] as number[];
      for (const [column] of estimates.entries()) {
        const shared = sum(
          among.map((one, place) => (one[row] as number) * (one[column] as number) * (shares[place] as number)),
        );
        line[column] =
          (line[column] as number) + weight * (shared - (means[row] as number) * (means[column] as number));
      }
    }
  }
  return { likelihood, gradient, information };
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((total, value, place) => total + value * (other[place] as number), 0);

/** What terms come to together, so much of each. */
export interface CombinedTerms extends Interval {
  readonly estimate: number;
  readonly error: number;
}

/**
 * A sum of terms with its interval, by Student's t of as many degrees as there are clusters less one.
 * @param parts how much of each term
 */
export async function combinedTerms(
  { estimates, covariance, clusters }: Pick<ChoiceModel, "estimates" | "covariance" | "clusters">,
  parts: readonly number[],
  level = 0.95,
): Promise<CombinedTerms> {
  const estimate = dot(estimates, parts);
  const variance = dot(
    covariance.map((row) => dot(row, parts)),
    parts,
  );
  const error = Math.sqrt(Math.max(0, variance));
  const margin = (await tDistribution(clusters - 1)).quantile((1 + level) / 2) * error;
  return { estimate, error, low: estimate - margin, high: estimate + margin, level };
}

/**
 * Draws of the terms from the normal distribution that their errors come to (I. Krinsky and A. L. Robb, 1986), for the
 * intervals of what follows from them.
 * @param next numbers from 0 below 1, even
 */
export async function drawnTerms(
  { estimates, covariance }: Pick<ChoiceModel, "estimates" | "covariance">,
  next: () => number,
  draws = 1_000,
): Promise<readonly (readonly number[])[]> {
  const { EigenvalueDecomposition, Matrix } = await import("ml-matrix");
  const { quantile } = await normalDistribution();
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(
    new Matrix(covariance.map((row) => [...row])),
    { assumeSymmetric: true },
  );
  const root = eigenvectorMatrix.mmul(Matrix.diag(realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)))));
  return Array.from({ length: draws }, () => {
    const standard = estimates.map(() => quantile(next() || Number.MIN_VALUE));
    const moved = root.mmul(Matrix.columnVector(standard)).to1DArray();
    return estimates.map((value, place) => value + (moved[place] as number));
  });
}
