import { csvCell } from "../../../../kernel/text/files/csv-cell.ts";
import { element } from "./dom.ts";

interface Blob {
  readonly size: number;
}
declare const Blob: new (parts: readonly string[], options: { readonly type: string }) => Blob;
declare const URL: { createObjectURL(blob: Blob): string; revokeObjectURL(address: string): void };

/** Lets whoever looks at the page keep a file: rows as CSV, anything else as JSON. */
export function save(name: string, what: object): void {
  const isTable = Array.isArray(what);
  const text = isTable ? csvOf(what as readonly object[]) : `${JSON.stringify(what, null, 2)}\n`;
  const address = URL.createObjectURL(
    new Blob([text], { type: isTable ? "text/csv;charset=utf-8" : "application/json" }),
  );
  element("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/** RFC 4180, guarded as tables are. */
function csvOf(rows: readonly object[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => Object.values(row))].map((cells) =>
    cells.map((value) => csvCell(String(value ?? ""))).join(","),
  );
  return lines.map((line) => `${line}\r\n`).join("");
}
