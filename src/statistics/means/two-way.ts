import { fDistribution } from "../distributions/continuous.ts";
import { checkNumbers, checkSize, sum, type Unmeasured } from "../measured.ts";
import { mean } from "../moments.ts";
import { squaresWithin } from "./anova.ts";

/** What one of the factors, or both together, account for. */
export interface AnovaTerm {
  readonly squares: number;
  readonly degrees: number;
  readonly f: number;
  readonly p: number;
  /** Its share of what the other terms leave (J. Cohen's partial η², 1973). */
  readonly partialEtaSquared: number;
}

/** Whether means differ by two factors. */
export interface TwoWayAnova {
  readonly first: AnovaTerm;
  readonly second: AnovaTerm;
  /** Whether what one does hangs on the other. */
  readonly interaction: AnovaTerm | Unmeasured;
  /** What is left within the combinations. */
  readonly within: { readonly squares: number; readonly degrees: number };
}

/** A value each, with its level of either factor. */
export interface TwoFactors {
  readonly values: readonly number[];
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/**
 * Whether means differ by two factors (R. A. Fisher, 1925; unequal groups: F. Yates, 1934). Sums of squares are of type II:
 * each factor is asked given the other and not given their interaction, whichever is named first. With equal groups all
 * types are the same; with unequal ones type I hangs on the order, and type III asks for main effects that nobody has where
 * there is an interaction, and finds less where there is none (Ø. Langsrud, 2003).
 * @example
 * const drink = ["tea", "tea", "tea", "tea", "milk", "milk", "milk", "milk"];
 * const found = await twoWayAnova({
 *   values: [1, 2, 3, 4, 3, 4, 5, 6],
 *   first: drink,
 *   second: ["hot", "hot", "cold", "cold", "hot", "hot", "cold", "cold"],
 * });
 * "first" in found && found.first.squares; // => 8
 */
export async function twoWayAnova({ values, first, second }: TwoFactors): Promise<TwoWayAnova | Unmeasured> {
  checkNumbers("values", values);
  checkSize("first", first, values.length);
  checkSize("second", second, values.length);
  const [rows, columns] = [grouped(first), grouped(second)];
  if (rows.length < 2 || columns.length < 2) return { reason: "a factor has fewer than two levels" };
  const cells = grouped(first.map((level, place) => JSON.stringify([level, second[place]])));
  const degrees = values.length - cells.length;
  if (degrees === 0) return { reason: "no combination has two values" };
  const left = leftBy(values, cells);
  if (left === 0) return { reason: "nobody differs from their combination" };
  const both = leftByBoth(values, rows, columns);
  if (both === undefined) return { reason: "the factors go together, so that they cannot be told apart" };
  const term = async (squares: number, freedom: number): Promise<AnovaTerm> => {
    const found = Math.max(0, squares);
    const f = found / freedom / (left / degrees);
    const { above } = await fDistribution(freedom, degrees);
    return { squares: found, degrees: freedom, f, p: above(f), partialEtaSquared: found / (found + left) };
  };
  const together = cells.length - rows.length - columns.length + 1;
  return {
    first: await term(leftBy(values, columns) - both, rows.length - 1),
    second: await term(leftBy(values, rows) - both, columns.length - 1),
    interaction: together > 0 ? await term(both - left, together) : { reason: "too few combinations occur to tell" },
    within: { squares: left, degrees },
  };
}

/** The places of each level. */
type Groups = readonly (readonly number[])[];

function grouped(levels: readonly string[]): Groups {
  return [...Map.groupBy(levels.keys(), (place) => levels[place] as string).values()];
}

function leftBy(values: readonly number[], groups: Groups): number {
  return sum(groups.map((group) => squaresWithin(group.map((place) => values[place] as number))));
}

/** What the two factors leave without an interaction, by least squares; undefined where they cannot be told apart. */
function leftByBoth(values: readonly number[], rows: Groups, columns: Groups): number | undefined {
  let left = offRows(values, rows);
  const bases: (readonly number[])[] = [];
  for (const column of columns.slice(1)) {
    const within = new Set(column);
    const mark = offRows(
      values.map((_, place) => (within.has(place) ? 1 : 0)),
      rows,
    );
    const base = bases.reduce(without, mark);
    if (product(base, base) < 1e-9) return undefined;
    bases.push(base);
    left = without(left, base);
  }
  return product(left, left);
}

/** Each number less the mean of its row. */
function offRows(numbers: readonly number[], rows: Groups): readonly number[] {
  const off = [...numbers];
  for (const row of rows) {
    const centre = mean(row.map((place) => numbers[place] as number));
    for (const place of row) off[place] = (numbers[place] as number) - centre;
  }
  return off;
}

const product = (one: readonly number[], other: readonly number[]): number =>
  sum(one.map((value, place) => value * (other[place] as number)));

/** What of a vector does not go along with another. */
function without(vector: readonly number[], base: readonly number[]): readonly number[] {
  const along = product(vector, base) / product(base, base);
  return vector.map((value, place) => value - along * (base[place] as number));
}
