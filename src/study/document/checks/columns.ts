import type { Issue } from "../../../kernel/values/errors.ts";
import type { Instrument } from "../../../survey/instrument/document.ts";
import type { StudyDocument } from "../document.ts";
import type { SurveyStep } from "../surveys.ts";

/** What is known before a step. */
export interface TableScene {
  readonly study: StudyDocument;
  /** The columns of the tables that there are so far; of a report `report`, of a table that a file tells the columns of `open`. */
  readonly columns: Map<string, Columns>;
  /** Questionnaires of files that were read. */
  readonly instruments?: ReadonlyMap<SurveyStep, Instrument>;
}

/** What is known of a table. */
export type Columns = readonly string[] | "report" | "open";

/** A name that is taken already; from here on it is a table with these columns, or a report. */
export function newTable(
  name: string,
  [path, of]: readonly [path: string, columns: Columns],
  columns: TableScene["columns"],
): readonly Issue[] {
  const taken = columns.get(name);
  columns.set(name, of);
  if (taken === undefined) return [];
  const what = taken === "report" ? "report" : "table";
  return [{ path, message: `There is a ${what} '${name}' already: give this one another name.` }];
}

/** What is wrong with a table that a step works on, and with a column of it. */
export function missingTable(
  table: string,
  path: string,
  {
    columns,
    column,
  }: Pick<TableScene, "columns"> & { readonly column?: readonly [path: string, name: string] | undefined },
): readonly Issue[] {
  const known = columns.get(table);
  if (known === "report") return [{ path, message: `'${table}' is a report: this is about a table.` }];
  if (known === undefined) {
    const tables = [...columns].flatMap(([name, of]) => (of === "report" ? [] : [name]));
    return [{ path, message: `There is no table '${table}' before this step. Tables so far: ${listed(tables)}.` }];
  }
  if (column === undefined || known === "open" || known.includes(column[1])) return [];
  return [{ path: column[0], message: `The table '${table}' has no '${column[1]}'. It has: ${listed(known)}.` }];
}

const listed = (names: readonly string[]): string => names.join(", ") || "none";
