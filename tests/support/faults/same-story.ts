import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";

type Row = Readonly<Record<string, unknown>>;

/**
 * What two journals of the same study may differ in: when something happened, how long it took, and in which order
 * rows of different places became durable. Nothing else.
 */
const mayDiffer = ["at", "created_at", "updated_at", "duration_ms", "sequence"];

/** … and, where one of them was interrupted, how often it was opened and in which opening a row was written. */
const openings = ["take", "takes"];

/** All rows of all tables of a journal without what may differ, sorted. The journal is only read. */
export function rowsOf(file: string, but: readonly string[] = mayDiffer): Readonly<Record<string, readonly Row[]>> {
  using database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all();
  const rows = (table: string): readonly Row[] =>
    database
      .prepare(`select * from ${table}`)
      .all()
      .map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !but.includes(column))))
      .map((row) => [JSON.stringify(row), row] as const)
      .sort(([one], [other]) => (one < other ? -1 : Number(one > other)))
      .map(([, row]) => row);
  return Object.fromEntries(tables.map(({ name }) => [String(name), rows(String(name))]));
}

/**
 * Expects that two journals (their files) hold the same story, row by row; `interrupted` allows several openings, and
 * `besides` are columns that may differ, too.
 */
export function sameStory(
  one: string,
  other: string,
  { interrupted = false, besides = [] as readonly string[] } = {},
): void {
  const but = [...mayDiffer, ...(interrupted ? openings : []), ...besides];
  expect(rowsOf(one, but)).toEqual(rowsOf(other, but));
}
