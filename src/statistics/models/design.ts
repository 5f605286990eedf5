import type { Matrix } from "ml-matrix";
import { checkNumbers, invalid, type Unmeasured } from "../measured.ts";

/** Terms as columns, and what fits best by least squares. */
export interface Design {
  /** `intercept`, and the terms. */
  readonly names: readonly string[];
  /** X: a row a value. */
  readonly rows: Matrix;
  /** (X'X)^−1, and a root of it. */
  readonly bread: Matrix;
  readonly root: Matrix;
  readonly estimates: Matrix;
  readonly residuals: Matrix;
}

/** Terms of which one follows from others within so much (of the squares of its column) cannot be told apart. */
const leastLeft = 1e-12;

/** Least squares of an outcome on an intercept and terms, by the QR decomposition. */
export async function designOf(
  outcome: readonly number[],
  terms: Readonly<Record<string, readonly number[]>>,
): Promise<Design | Unmeasured> {
  checkNumbers("outcome", outcome);
  for (const [name, values] of Object.entries(terms)) {
    checkNumbers(name, values);
    if (values.length !== outcome.length)
      throw invalid(name, { value: values.length, hint: `Give ${outcome.length}, one for each value.` });
  }
  const names = ["intercept", ...Object.keys(terms)];
  if (outcome.length <= names.length) return { reason: "fewer values than there are terms" };
  const { inverse, Matrix, QrDecomposition } = await import("ml-matrix");
  const columns = [outcome.map(() => 1), ...Object.values(terms)];
  const sizes = columns.map((column) => Math.hypot(...column));
  const flat = names.find((_, place) => sizes[place] === 0);
  if (flat !== undefined) return { reason: `${flat} is zero throughout` };
  // On one size, so that what follows from others shows.
  const scaled = new Matrix(
    outcome.map((_, row) => columns.map((column, at) => (column[row] as number) / (sizes[at] as number))),
  );
  const triangle = new QrDecomposition(scaled).upperTriangularMatrix;
  const follows = names.find((_, place) => Math.abs(triangle.get(place, place)) ** 2 < leastLeft);
  if (follows !== undefined) return { reason: `${follows} follows from the terms before it` };
  const unscaled = Matrix.diag(sizes.map((size) => 1 / size));
  const root = unscaled.mmul(inverse(triangle));
  const rows = new Matrix(outcome.map((_, row) => columns.map((column) => column[row] as number)));
  const values = Matrix.columnVector([...outcome]);
  const estimates = unscaled.mmul(new QrDecomposition(scaled).solve(values));
  const residuals = values.clone().sub(rows.mmul(estimates));
  return { names, rows, bread: root.mmul(root.transpose()), root, estimates, residuals };
}
