import { canonicalJson } from "../kernel/values/hash.ts";

/** What the cells of a column are. `moment`: a point in time; `list`: texts; `json`: a value as JSON, keys in order. */
export type ColumnType = "boolean" | "integer" | "number" | "text" | "moment" | "list" | "json";

/** A column of a table: all of its cells are of one type, or empty. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** What stands in a cell; null when nothing does. */
export type Cell = boolean | number | bigint | string | Date | readonly string[] | null;

/** Rows under typed columns. */
export interface Table {
  readonly columns: readonly Column[];
  /** Each has a cell for every column, in their order. */
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * Objects as a table. Columns stand in the order in which rows first name them, and each takes the narrowest type that
 * holds all of its values. `columns` come first, whether or not a row has them, with the type that they are given.
 * @example
 * tableOf([{ ad: "A", votes: 2 }, { ad: "B" }]).columns; // => [{ name: "ad", type: "text" }, { name: "votes", type: "integer" }]
 */
export function tableOf(rows: readonly object[], { columns: given = [] }: { columns?: readonly Column[] } = {}): Table {
  const settled = new Set(given.map(({ name }) => name));
  const others = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => !settled.has(name))));
  const columns = [
    ...given,
    ...[...others].map((name) => ({ name, type: narrowest(rows.map((row) => own(row, name))) })),
  ];
  return { columns, rows: rows.map((row) => columns.map(({ name, type }) => cellOf(own(row, name), type))) };
}

const own = (row: object, name: string): unknown => (Object.hasOwn(row, name) ? Reflect.get(row, name) : null);

/** From the narrowest to the widest; whatever is none of these is text. */
const kinds: readonly (readonly [ColumnType, (value: unknown) => boolean])[] = [
  ["boolean", (value) => typeof value === "boolean"],
  ["integer", isInteger],
  ["number", (value) => typeof value === "number" || (typeof value === "bigint" && isInteger(value))],
  ["moment", isMoment],
  ["list", (value) => Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)],
  ["text", (value) => typeof value !== "object"],
];

function narrowest(values: readonly unknown[]): ColumnType {
  const there = values.filter((value) => value !== null && value !== undefined);
  if (there.length === 0) return "text";
  if (there.some((value) => typeof value === "object" && !isMoment(value) && !Array.isArray(value))) return "json";
  return kinds.find(([, holds]) => there.every(holds))?.[0] ?? "json";
}

function cellOf(value: unknown, type: ColumnType): Cell {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "integer":
    case "number":
      return typeof value === "number" || typeof value === "bigint" ? value : null;
    case "moment":
      return isMoment(value) ? value : null;
    case "list":
      return Array.isArray(value) ? value.map(text) : [text(value)];
    case "text":
      return text(value);
    case "json":
      return canonicalJson(plain(value)).toWellFormed();
  }
}

/** Integers of 64 bits, as all formats have them; of numbers, those that are exact. */
function isInteger(value: unknown): boolean {
  return typeof value === "bigint" ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);
}

function isMoment(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function text(value: unknown): string {
  if (typeof value === "string") return value.toWellFormed();
  return typeof value === "object" && value !== null ? canonicalJson(plain(value)).toWellFormed() : String(value ?? "");
}

/** What JSON has no word for, in those that it has. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "function") return String(value);
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
