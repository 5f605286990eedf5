import { harmlessJson } from "../../kernel/text/controls.ts";
import type { Cell, Table } from "../table.ts";
import { marked } from "./marked.ts";

/**
 * A table as lines of JSON, one a row, each with a last key that says that it is simulated. Characters that steer a
 * terminal or turn the direction of text stand as escapes, which is the same data; numbers that are none are null.
 */
export function jsonLines(table: Table): string {
  const { columns, rows } = marked(table);
  const keys = columns.map(({ name }) => harmlessJson(JSON.stringify(name.toWellFormed())));
  const isJson = columns.map(({ type }) => type === "json");
  const line = (row: readonly Cell[]): string =>
    `{${row.map((cell, at) => `${keys[at]}:${harmlessJson(isJson[at] && cell !== null ? String(cell) : jsonOf(cell))}`).join(",")}}\n`;
  return rows.map(line).join("");
}

function jsonOf(cell: Cell): string {
  return typeof cell === "bigint" ? cell.toString() : JSON.stringify(cell);
}
