import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readSheet } from "../../../table/reading/read-sheet.ts";
import { type NamedSheet, named, type PlacedCell, type Sheet } from "../../../table/reading/sheet.ts";
import { byPerson, type RowsByItem } from "./by-item.ts";
import type { Columns } from "./columns.ts";

/** A file of answers: a row a person, below the names of its columns. */
export interface TableOfAnswers extends NamedSheet {
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly digest: string;
  /** What is asked in a column, where the file or a second row of heads says it. */
  readonly titles: ReadonlyMap<string, string>;
  /** Rows above the data. */
  readonly headers: number;
}

/**
 * Reads a file of answers: CSV, Excel, SPSS, and the exports of Qualtrics, which have two or three rows of heads. Throws
 * FILE_UNREADABLE, PACKAGE_MISSING, and OPTION_INVALID for other kinds of files; ANSWERS_INVALID where rows by item are
 * not such.
 */
export async function readTable(
  file: string,
  { headers, encoding, rows: byItem, columns }: TableReading = {},
): Promise<TableOfAnswers> {
  const sheet = await readSheet(file, encoding);
  const above = headers ?? headersOf(sheet);
  const [names, ...rest] = sheet.rows;
  const titled = above > 1 ? (rest[0] ?? []) : [];
  const data = names === undefined ? [] : [names, ...rest.slice(above - 1)];
  const whole = named({ ...sheet, rows: data });
  const table = byItem === undefined || columns === undefined ? whole : byPerson(whole, byItem, columns);
  const titles = table.columns.flatMap((name, place): [string, string][] => {
    const title = (titled[place]?.text ?? "").replace(/\s+/g, " ").trim();
    return title === "" || title.startsWith(importMark) ? [] : [[name, title]];
  });
  return { ...table, digest: await digestOf(file), titles: sheet.titles ?? new Map(titles), headers: above };
}

/** How a table is read. */
export interface TableReading {
  /** Rows above the data. */
  readonly headers?: number | undefined;
  readonly encoding?: string | undefined;
  /** A row for each answer: which column is what, beside those that tell of people. */
  readonly rows?: RowsByItem | undefined;
  readonly columns?: Columns;
}

/** How the row of Qualtrics begins that says by which id a column was imported. */
const importMark = '{"ImportId":';

/** Rows of heads: one, unless the second or third is the one in which Qualtrics keeps its ids. */
function headersOf({ rows }: Sheet): number {
  const isImport = (row: readonly PlacedCell[] | undefined): boolean =>
    row?.[0]?.text.trim().startsWith(importMark) === true;
  return isImport(rows[2]) ? 3 : isImport(rows[1]) ? 2 : 1;
}

async function digestOf(file: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const piece of createReadStream(file)) digest.update(piece);
  return digest.digest("hex");
}
