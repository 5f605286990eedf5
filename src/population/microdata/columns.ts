import type { Dimension } from "../specification/schema.ts";

/** How many people each value of a column stands for, and how many rows say nothing. */
export interface Column {
  /** By value: numbers where all are numbers, else texts. */
  readonly weights: ReadonlyMap<string | number, number>;
  readonly isNumeric: boolean;
  readonly missing: number;
  /** The value of each row; undefined where it says nothing. */
  readonly values: readonly (string | number | undefined)[];
}

const nothing = new Set(["", "NA", "N/A", "NaN", "nan", "NULL", "null", "."]);

/** A value as it counts; undefined for what stands for nothing. */
function cellOf(value: unknown): string | number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  const text = (typeof value === "object" ? JSON.stringify(value) : String(value)).replace(/\s+/gu, " ").trim();
  return nothing.has(text) ? undefined : text;
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Reads one column: as numbers where every value is one. */
export function columnOf(cells: readonly unknown[], weights: readonly number[]): Column {
  const plain = cells.map(cellOf);
  const present = plain.filter((value) => value !== undefined);
  // 007 is a code, no seven.
  const isNumeric =
    present.length > 0 &&
    present.every((value) => typeof value === "number" || (number.test(value) && !/^[+-]?0\d/.test(value)));
  const values = isNumeric ? plain.map((value) => (value === undefined ? undefined : Number(value))) : plain;
  const sums = new Map<string | number, number>();
  for (const [row, value] of values.entries())
    if (value !== undefined) sums.set(value, (sums.get(value) ?? 0) + (weights[row] ?? 0));
  return { weights: sums, isNumeric, missing: cells.length - present.length, values };
}

/** Fewer different numbers stand each for itself. */
const fewestNumbers = 13;
/** More different texts are names, or words of people's own. */
const mostTexts = 60;

/** How a column can be a dimension; `unlike` says why it is none. */
export type Reading =
  | { readonly dimension: Dimension; readonly levelOf: (value: string | number) => string }
  | { readonly unlike: string };

/** The dimension that a column is: numbers, in bands or each for itself, steps of a scale, or values. */
export function readingOf(column: Column): Reading {
  const values = [...column.weights.keys()];
  if (values.length === 0 || ![...column.weights.values()].some((weight) => weight > 0))
    return { unlike: "it says nothing" };
  if (column.isNumeric && values.length >= fewestNumbers) return banded(column.weights as ReadonlyMap<number, number>);
  if (values.every(Number.isSafeInteger)) return counted(column.weights as ReadonlyMap<number, number>);
  if (values.length > mostTexts)
    return {
      unlike: `it has ${values.length} different values, more than ${mostTexts}: a name, or people's own words`,
    };
  const ordered = column.isNumeric
    ? [...column.weights].sort(([one], [other]) => Number(one) - Number(other))
    : [...column.weights].sort(
        ([one, weight], [other, more]) => more - weight || (String(one) < String(other) ? -1 : 1),
      );
  const shares = Object.fromEntries(ordered.map(([value, weight]) => [String(value), rounded(weight)]));
  return { dimension: { kind: column.isNumeric ? "ordinal" : "categorical", shares }, levelOf: String };
}

/** Ages, children, points: numbers that are compared as such. Bands follow each other, so that gaps are said to be empty. */
function counted(weights: ReadonlyMap<number, number>): Reading {
  const sorted = [...weights].sort(([one], [other]) => one - other);
  const bands = sorted.flatMap(([value, weight], place) => {
    const from = (sorted[place - 1]?.[0] ?? value - 1) + 1;
    const empty = from < value ? [{ from, to: value - 1, share: 0 }] : [];
    return [...empty, { from: value, to: value, share: rounded(weight), label: String(value) }];
  });
  return { dimension: { kind: "numeric", bands }, levelOf: String };
}

const mostBands = 8;

/** Bands of about as many people each, so that the shape of the distribution is kept. */
function banded(weights: ReadonlyMap<number, number>): Reading {
  const sorted = [...weights].sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  const integer = sorted.every(([value]) => Number.isInteger(value));
  const bands: { from: number; to: number; share: number }[] = [];
  let begun = 0;
  for (const [value, weight] of sorted) {
    const open = bands.at(-1);
    const full = open === undefined || begun * mostBands >= total * bands.length;
    if (full && (integer || open === undefined || open.to < value)) {
      if (open !== undefined) open.to = integer ? value - 1 : value;
      bands.push({ from: value, to: value, share: weight });
    } else if (open !== undefined) {
      open.to = value;
      open.share += weight;
    }
    begun += weight;
  }
  for (const band of bands) band.share = rounded(band.share);
  const found = (value: number) => bands.findLast(({ from }) => value >= from) ?? bands[0];
  return {
    dimension: { kind: "numeric", ...(!integer && { integer }), bands },
    levelOf: (value) => {
      const band = found(Number(value));
      return `${band?.from}-${band?.to}`;
    },
  };
}

/** Sums of weights without the dust of binary fractions. */
export const rounded = (weight: number): number => Number(weight.toPrecision(12));
