import { csvOf, textOfCell } from "../kernel/text/files/csv.ts";

/** One row of a table: values by column. */
type Row = object;

/**
 * Rows as CSV (RFC 4180: comma, CRLF, quotes doubled), with a last column that says that they are simulated. Columns
 * stand in the order in which rows first name them. Text that a spreadsheet would take for a formula gets an
 * apostrophe before it; lists are joined by "; ", objects are JSON.
 * @example
 * rowsToCsv([{ idea: "=1+1", votes: 2 }]); // => "idea,votes,simulated\r\n'=1+1,2,true\r\n"
 */
export function rowsToCsv(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  return csvOf(
    columns,
    rows.map((row) => columns.map((column) => own(row, column))),
  );
}

/**
 * Rows as a table in Markdown, with a line under it that says that they are simulated. What Markdown or HTML would
 * take for markup is escaped.
 * @example
 * rowsToMarkdown([{ a: "x|y" }]); // => "| a |\n| --- |\n| x\\|y |\n\n*Simulated: no real people took part.*\n"
 */
export function rowsToMarkdown(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const table = [
    line(columns.map(markdownCell)),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(columns.map((column) => markdownCell(textOfCell(own(row, column)))))),
  ];
  return `${(columns.length === 0 ? ["(no rows)"] : table).join("\n")}\n\n*${simulated}*\n`;
}

/** The sentence that every export carries. */
const simulated = "Simulated: no real people took part.";

/** The columns of all rows, in the order of their first appearance. */
function columnsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

const own = (row: Row, column: string): unknown => (Object.hasOwn(row, column) ? Reflect.get(row, column) : undefined);

function markdownCell(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#!$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\r\n|[\n\r\u2028\u2029]/g, "<br>");
}
