import { extname } from "node:path";
import { otherKind, readSheet } from "../../table/reading/read-sheet.ts";
import { named, type PlacedCell, type Sheet } from "../../table/reading/sheet.ts";
import { readParquet } from "./parquet.ts";
import type { MicrodataRow } from "./rows.ts";

/**
 * The rows of a table of people: CSV (commas, semicolons or tabs) or the first sheet of an Excel workbook, whose first
 * line names the columns; a file of SPSS, values by their labels where they have them; or Parquet.
 * @throws FILE_UNREADABLE with the place of what is wrong, PACKAGE_MISSING, and OPTION_INVALID for other kinds of files
 */
export async function readMicrodata(file: string): Promise<readonly MicrodataRow[]> {
  const ending = extname(file).toLowerCase();
  if (ending === ".parquet") return readParquet(file);
  if (!tables.includes(ending)) throw otherKind(file, ".csv, .tsv, .txt, .xlsx, .sav, .zsav and .parquet");
  return rowsOf(await readSheet(file));
}

const tables: readonly string[] = [".csv", ".tsv", ".txt", ".xlsx", ".sav", ".zsav"];

function rowsOf(sheet: Sheet): readonly MicrodataRow[] {
  const { columns, rows, decimal } = named(sheet);
  const written = decimal === "," ? /^[+-]?\d+,\d+$/ : undefined;
  const asNumber = (cell: string): string => (written?.test(cell) ? cell.replace(",", ".") : cell);
  return rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, asNumber(saidIn(row[place]))])));
}

/** What stands in a cell; nothing where its file says that it stands for no answer. */
const saidIn = (cell: PlacedCell | undefined): string => (cell?.missing !== undefined ? "" : (cell?.text.trim() ?? ""));
