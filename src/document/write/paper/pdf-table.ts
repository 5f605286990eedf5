import type { Content } from "pdfmake";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Block, Run } from "./blocks.ts";

type TableBlock = Extract<Block, { type: "table" }>;

/** A page is turned for more columns than these, and has no room for more than those. */
const mostUpright = 8;
const mostColumns = 36;
/** What a column has beside its words, in points: its margins and its line. */
const besides = 9;
const room = { upright: 515, turned: 762 } as const;

/** Whether there is a table that needs a page's long side. */
export const needsTurning = (blocks: readonly Block[]): boolean =>
  blocks.some((block) => block.type === "table" && columnsOf(block) > mostUpright);

/**
 * A table that fits the page: columns by the longest text in them, in smaller type where there are many; words that are
 * longer than their column are broken. Throws OPTION_INVALID where columns would be narrower than a letter or two.
 */
export function pdfTable(
  block: TableBlock,
  turned: boolean,
  words: (runs: readonly Run[]) => readonly (string | { readonly text: string })[],
): Content {
  const columns = columnsOf(block);
  if (columns > mostColumns) throw tooMany(columns);
  const lengths = Array.from({ length: columns }, (_, at) => lengthOf(block.rows, at));
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const space = room[turned ? "turned" : "upright"] - besides * columns - 1;
  const body = block.rows.map((row) => Array.from({ length: columns }, (_, at) => ({ text: words(row[at] ?? []) })));
  return {
    table: { headerRows: 1, widths: lengths.map((length) => (space * length) / all), body },
    fontSize: columns <= 4 ? 10 : columns <= mostUpright ? 9 : columns <= 16 ? 8 : 6,
    margin: [0, 6, 0, 6],
  };
}

const columnsOf = ({ rows }: TableBlock): number => Math.max(...rows.map((row) => row.length));

/** In letters: no column takes all room from the others. */
function lengthOf(rows: TableBlock["rows"], at: number): number {
  const lengths = rows.map((row) => (row[at] ?? []).reduce((sum, { text }) => sum + text.length, 0));
  return Math.min(
    40,
    lengths.reduce((most, length) => Math.max(most, length), 5),
  );
}

function tooMany(columns: number): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A page of a PDF has room for ${mostColumns} columns, not ${columns}.`, {
    data: { option: "format", value: "pdf" },
    hint: "Export the table as xlsx, csv or html, or with fewer columns.",
  });
}
