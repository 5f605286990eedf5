import type { Matrix } from "ml-matrix";
import type { Unmeasured } from "../../measured.ts";

/** One thing that was preferred to others, by their places. */
export interface Choice {
  readonly chosen: number;
  /** All that there were, the chosen among them. */
  readonly among: readonly number[];
  readonly times: number;
  /** Which of them was shown first, where that may have an effect. */
  readonly first?: number;
}

/** What fits choices best. */
export interface FittedChoices {
  /** The logarithm of each one's strength, and behind them that of being shown first, where asked for. */
  readonly parameters: readonly number[];
  /** Of the parameters, but for what is the same for all strengths. */
  readonly covariance: Matrix;
}

/** Steps after which nothing finite fits: Newton's method needs some ten. */
const mostSteps = 100;
/** e to this power is beyond what any choices can show. */
const mostLogarithm = 30;

/**
 * The strengths under which choices are most likely, each chosen by its share of the strengths there (R. D. Luce, 1959), by
 * Newton's method: the likelihood has a single top, the very one that D. R. Hunter's MM algorithm (2004) climbs in many
 * small steps, and the observed information is at hand for the intervals.
 */
export async function fitChoices(
  choices: readonly Choice[],
  size: number,
  { ordered }: { readonly ordered: boolean },
): Promise<FittedChoices | Unmeasured> {
  const { CholeskyDecomposition, Matrix } = await import("ml-matrix");
  let parameters: readonly number[] = Array.from({ length: size + (ordered ? 1 : 0) }, () => 0);
  let reached = slopeAt(choices, size, parameters);
  for (let step = 0; step < mostSteps; step++) {
    const solved = new CholeskyDecomposition(new Matrix(reached.information));
    if (!solved.isPositiveDefinite()) break;
    const move = solved.solve(Matrix.columnVector(reached.gradient)).to1DArray();
    if (move.every((part) => Math.abs(part) < 1e-11))
      return { parameters, covariance: solved.solve(Matrix.eye(parameters.length)) };
    for (let share = 1; share > 1e-9; share /= 2) {
      const tried = parameters.map((value, place) => value + share * (move[place] as number));
      const found = slopeAt(choices, size, tried);
      if (found.likelihood < reached.likelihood - 1e-9 * Math.abs(reached.likelihood)) continue;
      [parameters, reached] = [tried, found];
      break;
    }
    if (parameters.some((value) => Math.abs(value) > mostLogarithm)) break;
  }
  return { reason: "no finite strengths fit best" };
}

interface Slope {
  readonly likelihood: number;
  readonly gradient: number[];
  readonly information: number[][];
}

function slopeAt(choices: readonly Choice[], size: number, parameters: readonly number[]): Slope {
  const gradient = parameters.map(() => 0);
  // Strengths count by their ratios only: what is the same for all is tied to zero.
  const information = parameters.map((_, row) =>
    parameters.map((_other, column) => (row < size && column < size ? 1 / size : 0)),
  );
  let likelihood = 0;
  for (const { chosen, among, times, first } of choices) {
    const heights = among.map(
      (one) => (parameters[one] as number) + (one === first ? (parameters[size] as number) : 0),
    );
    const top = Math.max(...heights);
    const powers = heights.map((height) => Math.exp(height - top));
    const all = powers.reduce((total, power) => total + power, 0);
    const shares = powers.map((power) => power / all);
    likelihood += times * Math.log(shares[among.indexOf(chosen)] as number);
    add(gradient, chosen, times);
    if (chosen === first) add(gradient, size, times);
    for (const [place, one] of among.entries())
      spread({ one, place, among, shares, times, first, size, gradient, information });
  }
  return { likelihood, gradient, information };
}

interface Part {
  readonly one: number;
  readonly place: number;
  readonly among: readonly number[];
  readonly shares: readonly number[];
  readonly times: number;
  readonly first: number | undefined;
  readonly size: number;
  readonly gradient: number[];
  readonly information: number[][];
}

/** What one of the options of a choice adds: shares to the gradient, and their covariance to the information. */
function spread({ one, place, among, shares, times, first, size, gradient, information }: Part): void {
  const share = shares[place] as number;
  const mine = one === first ? [one, size] : [one];
  for (const row of mine) add(gradient, row, -times * share);
  for (const [beside, other] of among.entries()) {
    // In such an order of factors both halves are the same to the last digit.
    const covariance = times * ((beside === place ? share : 0) - share * (shares[beside] as number));
    for (const row of mine) {
      add(information[row] as number[], other, covariance);
      if (other === first) add(information[row] as number[], size, covariance);
    }
  }
}

function add(values: number[], place: number, more: number): void {
  values[place] = (values[place] as number) + more;
}

/** From which of so many things choices lead to all others: both ways where each is reached from each. */
export function reachOf(
  choices: readonly Choice[],
  size: number,
): { readonly apart: readonly number[]; readonly bothWays: boolean } {
  const [down, up] = [sets(size), sets(size)];
  for (const { chosen, among } of choices) {
    for (const other of among.filter((one) => one !== chosen)) {
      down[chosen]?.add(other);
      up[other]?.add(chosen);
    }
  }
  const either = down.map((below, one) => new Set([...below, ...(up[one] as Set<number>)]));
  const together = from(0, either);
  return {
    apart: [...Array(size).keys()].filter((one) => !together.has(one)),
    bothWays: from(0, down).size === size && from(0, up).size === size,
  };
}

const sets = (size: number): Set<number>[] => Array.from({ length: size }, () => new Set<number>());

function from(start: number, next: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const found = new Set([start]);
  for (const one of found) for (const other of next[one] as ReadonlySet<number>) found.add(other);
  return found;
}
