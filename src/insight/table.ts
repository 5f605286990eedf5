import { withoutControls } from "../kernel/text/controls.ts";
import { canonicalJson } from "../kernel/values/hash.ts";

/** One row of a table: values by column. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Rows as CSV (RFC 4180: comma, CRLF, quotes doubled), with a last column that says that they are simulated. Columns
 * stand in the order in which rows first name them. Text that a spreadsheet would take for a formula gets an
 * apostrophe before it; lists are joined by "; ", objects are JSON.
 * @example
 * rowsToCsv([{ idea: "=1+1", votes: 2 }]); // => "idea,votes,simulated\r\n'=1+1,2,true\r\n"
 */
export function rowsToCsv(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const lines = rows.map((row) => [...columns.map((column) => csvCell(own(row, column))), "true"]);
  const head = [...columns.map(csvCell), markerBeside(columns)];
  return [head, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
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
    ...rows.map((row) => line(columns.map((column) => markdownCell(textOf(own(row, column)))))),
  ];
  return `${(columns.length === 0 ? ["(no rows)"] : table).join("\n")}\n\n*${simulated}*\n`;
}

/** The sentence that every export carries. */
const simulated = "Simulated: no real people took part.";

/** The columns of all rows, in the order of their first appearance. */
function columnsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

const own = (row: Row, column: string): unknown => (Object.hasOwn(row, column) ? row[column] : undefined);

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return withoutControls(value).replace(/\r(?!\n)/g, "\n");
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.map(textOf).join("; ");
  return typeof value === "object" ? canonicalJson(value) : String(value);
}

/** What Excel, LibreOffice and Google Sheets read as the beginning of a formula, in any width. */
const formula = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;
const plainNumber = /^[+-]?\d+(?:[.,]\d+)?%?$/;

function csvCell(value: unknown): string {
  const text = textOf(value);
  const guarded = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function markdownCell(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#!$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\r\n|[\n\r\u2028\u2029]/g, "<br>");
}

/** The name of the last column: `simulated`, or the first free variant of it. */
function markerBeside(columns: readonly string[]): string {
  let name = "simulated";
  for (let number = 2; columns.includes(name); number++) name = `simulated_${number}`;
  return name;
}
