import { withoutControls } from "../../../kernel/text/controls.ts";

/** What stands in a cell. */
export type CellValue = string | number | boolean | null;

/** A row; its id stays the same whatever rows others add. */
export interface SheetRow {
  readonly id: string;
  readonly cells: readonly CellValue[];
}

/** A table under its name. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
}

/** All tables, by their names as they are compared. */
export type Sheets = ReadonlyMap<string, Sheet>;

/** What somebody does to tables. */
export type SheetChange =
  | { readonly kind: "create"; readonly sheet: Sheet }
  | { readonly kind: "add"; readonly table: string; readonly columns: number; readonly rows: readonly SheetRow[] }
  | {
      readonly kind: "set";
      readonly table: string;
      readonly row: string;
      readonly column: string;
      readonly value: CellValue;
    };

/** The tables after a change. Of two tables of one name that are made in the same step the first stays. */
export function changedSheets(sheets: Sheets, change: SheetChange): Sheets {
  if (change.kind === "create") {
    const key = keyOf(change.sheet.name);
    return sheets.has(key) ? sheets : new Map(sheets).set(key, change.sheet);
  }
  const sheet = sheets.get(keyOf(change.table));
  if (sheet === undefined) return sheets;
  const rows = change.kind === "add" ? added(sheet, change) : set(sheet, change);
  return rows === undefined ? sheets : new Map(sheets).set(keyOf(change.table), { ...sheet, rows });
}

/** Rows for a table of so many columns fit no other. */
function added(
  { rows, columns }: Sheet,
  change: Extract<SheetChange, { kind: "add" }>,
): readonly SheetRow[] | undefined {
  return columns.length === change.columns ? [...rows, ...change.rows] : undefined;
}

function set(sheet: Sheet, change: Extract<SheetChange, { kind: "set" }>): readonly SheetRow[] | undefined {
  const place = columnOf(sheet, change.column);
  if (place === -1 || !sheet.rows.some((row) => row.id === change.row)) return undefined;
  return sheet.rows.map((row) =>
    row.id === change.row ? { ...row, cells: row.cells.with(place, change.value) } : row,
  );
}

/** The table so called; undefined where there is none. */
export const sheetCalled = (sheets: Sheets, name: string): Sheet | undefined => sheets.get(keyOf(name));

/** The place of a column, or -1. */
export const columnOf = ({ columns }: Sheet, name: string): number =>
  columns.findIndex((column) => keyOf(column) === keyOf(name));

/** Names are the same whatever the case and the space. */
export const keyOf = (name: string): string => nameOf(name).normalize("NFKC").toLowerCase();

/** A name in one line, without what steers a terminal. */
export const nameOf = (text: string): string => withoutControls(text).replace(/\s+/gu, " ").trim();
