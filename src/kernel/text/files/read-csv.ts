import type { Issue } from "../../values/errors.ts";

/** A cell of a table, and where it begins: line and column from 1. */
export interface Cell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** The rows of a table that are not empty, or the first thing that keeps the text from being one. */
export type ReadCsv = { readonly rows: readonly (readonly Cell[])[] } | { readonly fault: Issue };

/** How a table is read. */
export interface CsvReading {
  readonly mostRows: number;
  /** What stands between two cells, one character. Default: a comma. */
  readonly separator?: string;
}

/**
 * Reads CSV as RFC 4180 has it, with any line ends; each cell knows its place. A text with more rows than `mostRows`
 * is refused.
 * @example
 * readCsv('a,b\r\n"x, y",2', { mostRows: 10 }).rows[1].map((cell) => cell.text); // => ["x, y", "2"]
 */
export function readCsv(text: string, { mostRows, separator = "," }: CsvReading): ReadCsv {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  const place = { line: 1, lineStart: 0 };
  for (let at = 0; at <= text.length; ) {
    const begin = { line: place.line, column: at - place.lineStart + 1 };
    const cell = text[at] === '"' ? quoted(text, at, place) : plain(text, at, separator);
    if (cell === undefined) return { fault: { path: "", message: 'A quote (") is never closed.', ...begin } };
    const next = text[cell.end];
    if (next !== undefined && next !== separator && next !== "\r" && next !== "\n") {
      const column = cell.end - place.lineStart + 1;
      const what = separator === "," ? "a comma" : separator === "\t" ? "a tab" : `'${separator}'`;
      const message = `Nothing but ${what} or the end of the line can follow a closing quote.`;
      return { fault: { path: "", message, line: place.line, column } };
    }
    row.push({ text: cell.text, ...begin });
    at = cell.end + 1;
    if (next === separator) continue;
    if (next === "\r" && text[at] === "\n") at += 1;
    if (row.length > 1 || row[0]?.text.trim() !== "") rows.push(row);
    if (rows.length > mostRows)
      return { fault: { path: "", message: `At most ${mostRows} rows are read.`, line: place.line, column: 1 } };
    row = [];
    place.line += 1;
    place.lineStart = at;
  }
  return { rows };
}

interface Found {
  readonly text: string;
  /** The place after it. */
  readonly end: number;
}

function plain(text: string, from: number, separator: string): Found {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== "\r" && text[end] !== "\n") end += 1;
  return { text: text.slice(from, end), end };
}

/** A quoted cell, over as many lines as it takes; undefined for one that has no end. */
function quoted(text: string, from: number, place: { line: number; lineStart: number }): Found | undefined {
  const parts: string[] = [];
  for (let begin = from + 1; ; ) {
    const quote = text.indexOf('"', begin);
    if (quote < 0) return undefined;
    parts.push(text.slice(begin, quote));
    if (text[quote + 1] !== '"') {
      for (const end of text.slice(from, quote).matchAll(/\r\n?|\n/g)) {
        place.line += 1;
        place.lineStart = from + end.index + end[0].length;
      }
      return { text: parts.join('"'), end: quote + 1 };
    }
    begin = quote + 2;
  }
}
