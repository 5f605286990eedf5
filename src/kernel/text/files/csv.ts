import { canonicalJson } from "../../values/hash.ts";
import { withoutControls } from "../controls.ts";
import { csvCell } from "./csv-cell.ts";

/**
 * A table as CSV (RFC 4180: comma, CRLF, quotes doubled), with a last column that says that it is simulated. Text that
 * a spreadsheet would take for a formula gets an apostrophe before it.
 * @example
 * csvOf(["idea"], [["=1+1"]]); // => "idea,simulated\r\n'=1+1,true\r\n"
 */
export function csvOf(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const marked = rows.map((cells) => [...cells, "true"]);
  return unmarkedCsvOf([...columns, markerBeside(columns)], marked);
}

/** The same of what nobody simulated. */
export function unmarkedCsvOf(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return [columns, ...rows].map((cells) => `${cells.map((cell) => csvCell(textOfCell(cell))).join(",")}\r\n`).join("");
}

/** A value of a cell as text: lists are joined by "; ", objects are JSON. */
export function textOfCell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return withoutControls(value).replace(/\r(?!\n)/g, "\n");
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.map(textOfCell).join("; ");
  return typeof value === "object" ? canonicalJson(value) : String(value);
}

/** The name of the last column: `simulated`, or the first free variant of it. */
function markerBeside(columns: readonly string[]): string {
  let name = "simulated";
  for (let number = 2; columns.includes(name); number++) name = `simulated_${number}`;
  return name;
}
