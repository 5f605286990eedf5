import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { effectiveSize } from "../moments.ts";

/** Shares of the values of each column, as `{ sex: { female: 51, male: 49 } }`; of two columns as `sex × age`. */
export type RakingMargins = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How weights are raked. */
export interface RakeOptions {
  /** Weights to begin with, one a row. Default: all the same. */
  readonly weights?: readonly number[];
  /** The least and the most that a weight may be, in multiples of the mean; what it costs shows in the report. */
  readonly trim?: { readonly least?: number; readonly most?: number };
  /** How far a share may be from its target. Default: 1e-6. */
  readonly tolerance?: number;
  /** How often all margins are gone through at most. Default: 1,000. */
  readonly rounds?: number;
}

/** One value of one margin, before and after. */
export interface RakedShare {
  readonly margin: string;
  readonly value: string;
  readonly target: number;
  /** The share by the weights that it began with. */
  readonly before: number;
  readonly share: number;
  readonly rows: number;
}

/** Weights by which rows have the shares that were asked, on average one. */
export interface Raking {
  readonly weights: readonly number[];
  readonly converged: boolean;
  readonly rounds: number;
  /** The largest difference that is left between a share and its target. */
  readonly worst: number;
  /** As many rows with equal weights would tell as much (Kish 1965). */
  readonly effectiveSize: number;
  readonly least: number;
  readonly most: number;
  readonly shares: readonly RakedShare[];
}

/** A margin with its values as numbers. */
interface Column {
  readonly name: string;
  readonly values: readonly string[];
  readonly targets: Float64Array;
  readonly placeOf: Int32Array;
}

/**
 * Weights rows so that the share of each value is what it should be: iterative proportional fitting, also called
 * raking (Deming & Stephan 1940). Trimmed weights keep their bounds and a mean of one, whether or not the shares are reached.
 * Throws OPTION_INVALID where a row has a value without a share, a share has no row, or margins contradict each other.
 * @example
 * const rows = [{ sex: "female" }, { sex: "male" }, { sex: "male" }];
 * rake(rows, { sex: { female: 1, male: 1 } }).weights; // => [1.5, 0.75, 0.75]
 */
export function rake(rows: readonly object[], margins: RakingMargins, options: RakeOptions = {}): Raking {
  const { tolerance = 1e-6, rounds: mostRounds = 1_000, trim = {} } = options;
  const columns = Object.entries(margins).map(([name, shares]) => columnOf(rows, name, shares));
  const begun = startOf(rows, options.weights);
  const weights = begun.slice();
  checkTrim(trim);
  let worst = Number.POSITIVE_INFINITY;
  let rounds = 0;
  while (rounds < mostRounds && worst > tolerance) {
    rounds++;
    for (const column of columns) bring(weights, column);
    clamp(weights, trim);
    worst = Math.max(0, ...columns.map((column) => missOf(weights, column)));
  }
  return {
    weights: [...weights],
    converged: worst <= tolerance,
    rounds,
    worst,
    effectiveSize: effectiveSize(weights),
    least: weights.reduce((least, weight) => Math.min(least, weight), Number.POSITIVE_INFINITY),
    most: weights.reduce((most, weight) => Math.max(most, weight), 0),
    shares: columns.flatMap((column) => sharesIn(column, begun, weights)),
  };
}

function columnOf(rows: readonly object[], name: string, shares: Readonly<Record<string, number>>): Column {
  const values = Object.keys(shares);
  const total = values.reduce((sum, value) => sum + (shares[value] as number), 0);
  const places = new Map(values.map((value, place) => [value, place]));
  const keys = name.split(" × ");
  const counts = new Float64Array(values.length);
  const placeOf = Int32Array.from(rows, (row, at) => {
    const value = keys.map((key) => String(Object.hasOwn(row, key) ? Reflect.get(row, key) : undefined)).join(" × ");
    const place = places.get(value);
    if (place === undefined) throw unusable(name, `Row ${at + 1} has '${value}', of which no share is given.`);
    counts[place] = (counts[place] as number) + 1;
    return place;
  });
  const missing = values.find((value, place) => (shares[value] as number) > 0 && counts[place] === 0);
  if (missing !== undefined) throw unusable(name, `No row has '${missing}', of which a share is given.`);
  if (!(total > 0) || values.some((value) => !((shares[value] as number) >= 0)))
    throw unusable(name, "Shares are numbers from 0 up, one of which at least is above zero.");
  return { name, values, placeOf, targets: Float64Array.from(values, (value) => (shares[value] as number) / total) };
}

function unusable(margin: string, what: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `Rows cannot be weighted by ${margin}: ${what}`, {
    data: { option: `margins.${margin}` },
    hint: "Put values together that few or no rows have, and give a share of each value that rows have.",
  });
}

function startOf(rows: readonly object[], given: readonly number[] | undefined): Float64Array {
  const weights = Float64Array.from(given ?? rows.map(() => 1));
  const total = sum(weights);
  if (weights.length === rows.length && rows.length > 0 && total > 0 && weights.every((weight) => weight >= 0)) {
    return weights.map((weight) => (weight * rows.length) / total);
  }
  throw new TinyTroupeError("OPTION_INVALID", "There must be rows, and a weight from 0 up for each of them.", {
    data: { option: "weights" },
    hint: "Give one weight a row, or none at all.",
  });
}

function bring(weights: Float64Array, { name, values, placeOf, targets }: Column): void {
  const sums = sumsOf(weights, placeOf, targets.length);
  const lost = values.find((_, place) => (targets[place] as number) > 0 && !((sums[place] as number) > 0));
  if (lost !== undefined)
    throw unusable(
      name,
      `no weight is left for '${lost}', of which a share is given: it contradicts the other margins.`,
    );
  const factors = sums.map((one, place) => (one === 0 ? 0 : ((targets[place] as number) * weights.length) / one));
  for (let row = 0; row < weights.length; row++)
    weights[row] = (weights[row] as number) * (factors[placeOf[row] as number] as number);
}

function checkTrim({ least = 0, most = Number.POSITIVE_INFINITY }: NonNullable<RakeOptions["trim"]>): void {
  if (least >= 0 && least <= 1 && most >= 1) return;
  throw new TinyTroupeError("OPTION_INVALID", `Weights of a mean of one cannot all lie from ${least} to ${most}.`, {
    data: { option: "trim" },
    hint: "Give a least from 0 to 1 and a most from 1 up, in multiples of the mean.",
  });
}

/** How often weights are set to a bound and brought back to a mean of one; each time what is over shrinks. */
const mostClamps = 1_000;

/** Weights beyond a bound are set to it, and all are brought back to a mean of one, until both hold. */
function clamp(
  weights: Float64Array,
  { least = 0, most = Number.POSITIVE_INFINITY }: NonNullable<RakeOptions["trim"]>,
): void {
  for (let time = 0; time < mostClamps; time++) {
    const mean = sum(weights) / weights.length;
    for (let row = 0; row < weights.length; row++) weights[row] = (weights[row] as number) / mean;
    if (weights.every((weight) => weight >= least - 1e-12 && weight <= most + 1e-12)) return;
    for (let row = 0; row < weights.length; row++)
      weights[row] = Math.min(most, Math.max(least, weights[row] as number));
  }
}

function missOf(weights: Float64Array, { placeOf, targets }: Column): number {
  const total = sum(weights);
  const sums = sumsOf(weights, placeOf, targets.length);
  return sums.reduce((worst, one, place) => Math.max(worst, Math.abs(one / total - (targets[place] as number))), 0);
}

function sharesIn(
  { name, values, placeOf, targets }: Column,
  begun: Float64Array,
  weights: Float64Array,
): readonly RakedShare[] {
  const size = values.length;
  const counts = sumsOf(new Float64Array(weights.length).fill(1), placeOf, size);
  const [before, after] = [sumsOf(begun, placeOf, size), sumsOf(weights, placeOf, size)];
  return values.map((value, place) => ({
    margin: name,
    value,
    target: targets[place] as number,
    before: (before[place] as number) / sum(begun),
    share: (after[place] as number) / sum(weights),
    rows: counts[place] as number,
  }));
}

function sumsOf(weights: Float64Array, placeOf: Int32Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let row = 0; row < weights.length; row++) {
    const place = placeOf[row] as number;
    sums[place] = (sums[place] as number) + (weights[row] as number);
  }
  return sums;
}

const sum = (weights: Float64Array): number => weights.reduce((total, weight) => total + weight, 0);
