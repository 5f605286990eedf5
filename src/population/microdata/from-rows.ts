import { checkKeys } from "../../kernel/text/known-keys.ts";
import { nearest } from "../../kernel/text/nearest.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { asId } from "../proposal/specification-of.ts";
import { parseSpecification } from "../specification/parse.ts";
import type { Dimension, Specification } from "../specification/schema.ts";
import { type Column, columnOf, type Reading, readingOf, rounded } from "./columns.ts";
import type { MicrodataRow } from "./rows.ts";

/** How a specification is made from rows of people. */
export interface FromRowsOptions {
  readonly name?: string;
  /** The columns that become dimensions. Default: all that can. */
  readonly dimensions?: readonly string[];
  /** Columns whose combinations are kept, table by table: `[["age", "sex"]]`. */
  readonly joints?: readonly (readonly string[])[];
  /** The column that says how many people a row stands for. */
  readonly weight?: string;
  /** Where the rows are from. */
  readonly source?: { readonly title?: string; readonly url?: string; readonly opened?: string };
}

/** A specification that code made from rows, and what of them was left out. */
export interface SpecificationFromRows {
  readonly specification: Specification;
  readonly remarks: readonly string[];
}

const known = { name: true, dimensions: true, joints: true, weight: true, source: true } as const;
/** Combinations of a table. */
const mostCells = 20_000;

interface Used {
  readonly id: string;
  readonly name: string;
  readonly column: Column;
  readonly reading: Exclude<Reading, { unlike: string }>;
}

/**
 * The specification that rows of a survey or a census amount to, by counting alone: numbers in bands of about as many
 * people each (few different whole numbers each for itself), texts by how often they are there, and the tables that are
 * asked for. Rows that say nothing in a column are left out there.
 * @throws OPTION_INVALID for columns that there are not or that cannot be dimensions, and for weights that are none
 * @example
 * const rows = [{ sex: "female", pet: "cat" }, { sex: "male", pet: "dog" }, { sex: "female", pet: "dog" }];
 * const { specification } = specificationFromRows(rows, { joints: [["sex", "pet"]] });
 * specification.joints?.[0]?.cells.length; // => 3
 */
export function specificationFromRows(
  rows: readonly MicrodataRow[],
  options: FromRowsOptions = {},
): SpecificationFromRows {
  checkKeys(options, known, "the options of a specification from rows");
  const { name = "people", joints = [], weight, source = {} } = options;
  const columns = Object.keys(rows[0] ?? {});
  const wanted = options.dimensions ?? columns.filter((column) => column !== weight);
  for (const column of [...wanted, ...joints.flat(), ...(weight === undefined ? [] : [weight])])
    checkColumn(column, columns);
  const weights = weight === undefined ? rows.map(() => 1) : rows.map((row, place) => weightOf(row[weight], place));
  const remarks: string[] = [];
  const used: Used[] = [];
  for (const column of new Set([...wanted, ...joints.flat()])) {
    const read = columnOf(
      rows.map((row) => row[column]),
      weights,
    );
    const reading = readingOf(read);
    const isWanted = options.dimensions !== undefined || joints.flat().includes(column);
    if ("unlike" in reading) {
      if (isWanted) throw noDimension(column, reading.unlike);
      remarks.push(`${column} is left out: ${reading.unlike}.`);
    } else used.push({ id: freeId(column, used), name: column, column: read, reading });
  }
  if (used.length === 0) throw noDimension("any column", "none of them has values that repeat");
  const specification = {
    specification: 1,
    name,
    sources: { rows: { title: "The rows that were counted", ...source, note: noteOf(rows.length, weight) } },
    dimensions: Object.fromEntries(used.map((one) => [one.id, dimensionOf(one)])),
    ...(joints.length > 0 && { joints: joints.map((of) => jointOf(of, used, weights)) }),
  };
  return { specification: parseSpecification(specification), remarks };
}

const noteOf = (count: number, weight: string | undefined): string =>
  `${count} rows${weight === undefined ? "" : `, weighted by ${weight}`}.`;

function dimensionOf({ id, name, column, reading }: Used): Dimension {
  const rows = column.values.length;
  const said = column.missing === 0 ? {} : { describe: `Of ${rows} rows, ${column.missing} say nothing of it.` };
  return {
    ...reading.dimension,
    ...(id !== name && { title: name }),
    ...said,
    source: "rows",
    unverified: false,
  } as Dimension;
}

function jointOf(of: readonly string[], used: readonly Used[], weights: readonly number[]) {
  const parts = of.map((name) => used.find((one) => one.name === name)).filter((one) => one !== undefined);
  const cells = new Map<string, { when: Record<string, string>; share: number }>();
  for (const [row, weight] of weights.entries()) {
    const values = parts.map(({ column }) => column.values[row]);
    if (values.some((value) => value === undefined) || weight === 0) continue;
    const levels = parts.map(({ id, reading }, place) => [id, reading.levelOf(values[place] ?? "")] as const);
    const key = JSON.stringify(levels);
    const cell = cells.get(key) ?? { when: Object.fromEntries(levels), share: 0 };
    cell.share += weight;
    cells.set(key, cell);
    if (cells.size > mostCells) throw noDimension(of.join(" × "), `it has more than ${mostCells} combinations`);
  }
  if (cells.size === 0) throw noDimension(of.join(" × "), "no row says something of all of them");
  const all = [...cells.values()].map((cell) => ({ ...cell, share: rounded(cell.share) }));
  return { of: parts.map(({ id }) => id), cells: all, source: "rows", unverified: false };
}

function checkColumn(name: string, columns: readonly string[]): void {
  if (columns.includes(name)) return;
  const [near] = nearest(name, columns);
  throw new TinyTroupeError("OPTION_INVALID", `There is no column '${name}'.`, {
    data: { option: "column", value: name },
    hint: near === undefined ? `There are: ${columns.join(", ")}.` : `Did you mean '${near}'?`,
  });
}

function weightOf(value: unknown, place: number): number {
  const weight = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
  if (Number.isFinite(weight) && weight >= 0) return weight;
  throw new TinyTroupeError(
    "OPTION_INVALID",
    `The weight of row ${place + 1} is ${JSON.stringify(value) ?? "missing"}.`,
    {
      data: { option: "weight", value },
      hint: "A weight is a number from 0, in every row.",
    },
  );
}

function noDimension(column: string, why: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `No dimension can be made of ${column}: ${why}.`, {
    data: { option: "dimensions", value: column },
    hint: "Name columns that say the same of several people, or put their values in groups first.",
  });
}

/** The column's name as an id, and not one that is taken. */
function freeId(column: string, used: readonly Used[]): string {
  const id = asId(column);
  for (let number = 1; ; number++) {
    const free = number === 1 ? id : `${id}-${number}`;
    if (!used.some((one) => one.id === free)) return free;
  }
}
