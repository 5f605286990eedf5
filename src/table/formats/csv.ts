import { csvOf } from "../../kernel/text/files/csv.ts";
import type { WriteTableOptions } from "../options.ts";
import { type Table, tableOf } from "../table.ts";

/**
 * A table as CSV (RFC 4180: comma, CRLF, quotes doubled), with a last column that says that it is simulated. Text that a
 * spreadsheet would take for a formula gets an apostrophe before it; lists are joined by "; ", moments are ISO 8601.
 */
export function csvText({ columns, rows }: Table, { bom = false }: WriteTableOptions = {}): string {
  const text = csvOf(
    columns.map(({ name }) => name),
    rows.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString() : cell))),
  );
  return bom ? `\uFEFF${text}` : text;
}

/**
 * Rows as CSV, as `writeTable` writes it.
 * @example
 * rowsToCsv([{ idea: "=1+1", votes: 2 }]); // => "idea,votes,simulated\r\n'=1+1,2,true\r\n"
 */
export function rowsToCsv(rows: readonly object[]): string {
  return csvText(tableOf(rows));
}
