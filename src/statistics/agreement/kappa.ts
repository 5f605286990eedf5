import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { normalDistribution } from "../distributions/continuous.ts";
import type { Interval } from "../intervals/interval.ts";
import { sum, type Unmeasured } from "../measured.ts";

/** A level that a coder can give: a category, or a step of a scale. */
export type Level = string | number | boolean;

/**
 * How far two coders agree beyond what chance would give. There is no interval of a single unit, nor where no unit differs from
 * the others, as in full agreement: the large sample's would have no width.
 */
export interface Kappa extends Partial<Interval> {
  /** 1 is full agreement, 0 what chance gives. */
  readonly kappa: number;
  /** Units that both coded. */
  readonly n: number;
  /** The share on which they agree, and that which chance would give; weighted where the steps are. */
  readonly observed: number;
  readonly expected: number;
}

/** How kappa counts. */
export interface KappaOptions {
  /** Every level, those of a scale in their order. Default: those that occur, in their own order. */
  readonly levels?: readonly Level[];
  /** How much a near miss counts as agreement, by the steps that it is off. Default `none`. */
  readonly weights?: "none" | "linear" | "quadratic";
  /** Of the interval. Default 0.95. */
  readonly level?: number;
}

/**
 * Agreement of two coders on the same units (J. Cohen, 1960; weighted, 1968), with the interval of the large sample's error (J.
 * L. Fleiss, J. Cohen and B. S. Everitt, 1969) on the scale of R. A. Fisher's z (1921): about kappa itself it is short of few
 * units and of high agreement. Throws OPTION_INVALID for a unit that one did not code or a level that is none.
 * @example
 * const found = await cohenKappa(["a", "a", "b", "b"], ["a", "b", "b", "b"]);
 * "kappa" in found && found.kappa; // => 0.5
 */
export async function cohenKappa(
  one: readonly Level[],
  other: readonly Level[],
  { levels = levelsOf(one, other), weights = "none", level = 0.95 }: KappaOptions = {},
): Promise<Kappa | Unmeasured> {
  const probabilities = shared(one, other, levels);
  const n = one.length;
  if (n === 0) return { reason: "there is nothing that both coded" };
  const agreed = (row: number, column: number): number => agreement(row - column, levels.length, weights);
  const rows = probabilities.map(sum);
  const columns = levels.map((_, place) => sum(probabilities.map((row) => row[place] as number)));
  const over = (value: (row: number, column: number) => number): number =>
    sum(levels.flatMap((_, row) => levels.map((_, column) => value(row, column))));
  const at = (row: number, column: number): number => probabilities[row]?.[column] as number;
  const observed = over((row, column) => at(row, column) * agreed(row, column));
  const expected = over((row, column) => (rows[row] as number) * (columns[column] as number) * agreed(row, column));
  if (1 - expected < 1e-12) return { reason: "both gave one and the same level throughout" };
  const kappa = (observed - expected) / (1 - expected);
  const ofRow = levels.map((_, row) => sum(columns.map((share, column) => share * agreed(row, column))));
  const ofColumn = levels.map((_, column) => sum(rows.map((share, row) => share * agreed(row, column))));
  const spread = over((row, column) => {
    const usual = (ofRow[row] as number) + (ofColumn[column] as number);
    return at(row, column) * (agreed(row, column) - usual * (1 - kappa)) ** 2;
  });
  const variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / ((1 - expected) ** 2 * n);
  if (n < 2 || variance < 1e-12) return { kappa, n, observed, expected };
  const margin = ((await normalDistribution()).quantile((1 + level) / 2) * Math.sqrt(variance)) / (1 - kappa ** 2);
  const [low, high] = [-1, 1].map((way) => Math.tanh(Math.atanh(kappa) + way * margin)) as [number, number];
  return { kappa, n, observed, expected, low, high, level };
}

function agreement(steps: number, levels: number, weights: Required<KappaOptions>["weights"]): number {
  if (weights === "none" || levels < 2) return steps === 0 ? 1 : 0;
  const off = Math.abs(steps) / (levels - 1);
  return 1 - (weights === "linear" ? off : off ** 2);
}

/** The share of the units in each cell. */
function shared(
  one: readonly Level[],
  other: readonly Level[],
  levels: readonly Level[],
): readonly (readonly number[])[] {
  if (one.length !== other.length) throw invalid("coders", other.length, `Give ${one.length}, one for each unit.`);
  const counts = levels.map(() => levels.map(() => 0));
  for (const [unit, given] of one.entries()) {
    const [row, column] = [levels.indexOf(given), levels.indexOf(other[unit] as Level)];
    const stray = row < 0 ? given : other[unit];
    if (row < 0 || column < 0) throw invalid("levels", stray, `The levels are: ${levels.join(", ")}.`);
    const line = counts[row] as number[];
    line[column] = (line[column] as number) + 1 / one.length;
  }
  return counts;
}

/** The levels that occur, numbers by size and all else by name. */
function levelsOf(...coders: readonly (readonly Level[])[]): readonly Level[] {
  return [...new Set(coders.flat())].sort((one, other) =>
    typeof one === "number" && typeof other === "number" ? one - other : String(one) < String(other) ? -1 : 1,
  );
}

function invalid(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  const message = `The ${option} of kappa cannot be used: ${String(value)}.`;
  return new TinyTroupeError("OPTION_INVALID", message, { data: { option, value: String(value) }, hint });
}
