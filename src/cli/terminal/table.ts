import type { Style } from "./style.ts";
import { fit, harmless, pad, widthOf, wrap } from "./text.ts";

export type Row = Readonly<Record<string, unknown>>;

/**
 * Rows as a table that fits the width: narrow columns as they are, wide ones share the rest and wrap.
 * Numbers stand right; what is absent is empty.
 */
export function table(rows: readonly Row[], options: { readonly width: number; readonly style: Style }): string[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return ["(no rows)"];
  const cells = rows.map((row) => columns.map((column) => cellText(row[column])));
  const widths = columnWidths([columns, ...cells], options.width - 2 * (columns.length - 1));
  const numeric = columns.map((column) => rows.every((row) => row[column] == null || typeof row[column] === "number"));
  const line = (texts: readonly string[]): string[] => {
    const wrapped = texts.map((text, index) => wrap(text, widths[index] as number));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, row) =>
      wrapped
        .map((lines, index) => pad(lines[row] ?? "", widths[index] as number, numeric[index] ? "right" : "left"))
        .join("  ")
        .trimEnd(),
    );
  };
  const tall = widths.some((width, index) => cells.some((row) => widthOf(row[index] as string) > width));
  const body = cells.flatMap((row, index) => (tall && index > 0 ? ["", ...line(row)] : line(row)));
  const head = columns.map((column, index) => fit(harmless(column), widths[index] as number));
  return [
    ...line(head).map(options.style.bold),
    options.style.dim("─".repeat(sum(widths) + 2 * (columns.length - 1))),
    ...body,
  ];
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return harmless(value);
  if (Array.isArray(value)) return value.map(cellText).join(", ");
  return harmless(typeof value === "object" ? JSON.stringify(value) : String(value));
}

function columnWidths(rows: readonly (readonly string[])[], room: number): number[] {
  const natural = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => widest(row[index] ?? ""))));
  if (sum(natural) <= room) return natural;
  // What fits into an equal share keeps its width; the others share what is left.
  const widths = natural.map(() => 0);
  let open = natural.map((_, index) => index);
  let left = room;
  for (;;) {
    const share = Math.max(4, Math.floor(left / open.length));
    const narrow = open.filter((index) => (natural[index] as number) <= share);
    if (narrow.length === 0 || narrow.length === open.length) {
      for (const index of open) widths[index] = Math.min(natural[index] as number, share);
      return widths;
    }
    for (const index of narrow) {
      widths[index] = natural[index] as number;
      left -= natural[index] as number;
    }
    open = open.filter((index) => !narrow.includes(index));
  }
}

const widest = (text: string): number => Math.max(...text.split("\n").map(widthOf));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
