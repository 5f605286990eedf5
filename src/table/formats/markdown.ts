import { withoutControls } from "../../kernel/text/controls.ts";
import { textOfCell } from "../../kernel/text/files/csv.ts";
import type { WriteTableOptions } from "../options.ts";
import { provenanceLine } from "../provenance.ts";
import { type Cell, type Table, tableOf } from "../table.ts";

/** A table in Markdown, with a line under it that says where it comes from and that it is simulated. */
export function markdownText(table: Table, { provenance }: WriteTableOptions = {}): string {
  return `${markdownTable(table)}\n\n*${inertMarkdown(provenanceLine(provenance))}*\n`;
}

/** A table in Markdown alone. What Markdown or HTML would take for markup is escaped. */
export function markdownTable({ columns, rows }: Table): string {
  if (columns.length === 0) return "(no rows)";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ name }) => inertMarkdown(withoutControls(name)))),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(row.map((cell) => inertMarkdown(shown(cell))))),
  ].join("\n");
}

/**
 * Rows as a table in Markdown, as `writeTable` writes it.
 * @example
 * rowsToMarkdown([{ a: "x|y" }]); // => "| a |\n| --- |\n| x\\|y |\n\n*Simulated: no real people took part.*\n"
 */
export function rowsToMarkdown(rows: readonly object[]): string {
  return markdownText(tableOf(rows));
}

const shown = (cell: Cell): string => textOfCell(cell instanceof Date ? cell.toISOString() : cell);

/** Text in which what Markdown or HTML would take for markup is escaped. */
export function inertMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#!$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\r\n|[\n\r\u2028\u2029]/g, "<br>");
}
