import { readTable, type TableOfAnswers } from "../reading/table-of-answers.ts";
import { folded } from "../reading/value.ts";

/** A table that may have had a row for each answer, as one with a row a person. */
export interface ProposedTable {
  readonly table: TableOfAnswers;
  /** What a description says of such rows; nothing where each row is a person. */
  readonly side: { readonly id?: string; readonly rows?: object; readonly only?: Readonly<Record<string, string[]>> };
  readonly assumptions: readonly string[];
}

const called = {
  ...{ item: /^(?:item|question|variable)$/i, value: /^(?:value|answer|response)$/i },
  ...{ missing: /^missing$/i, distribution: /^distribution$/i },
} as const;

/** Columns by which a survey of ours asks somebody several times. */
const several = ["variant", "sample"] as const;

/**
 * Reads a table for a proposal: with a row for each answer where columns are called so and people come in several rows.
 * @param saysWho whether a column is called as one that says who it is
 */
export async function proposedTable(file: string, saysWho: (column: string) => boolean): Promise<ProposedTable> {
  const table = await readTable(file);
  const find = (name: RegExp): string | undefined => table.columns.find((column) => name.test(column));
  const [item, value] = [find(called.item), find(called.value)];
  const id = table.columns.find((column) => saysWho(column) && new Set(saidIn(table, column)).size < table.rows.length);
  if (item === undefined || value === undefined || id === undefined) return { table, side: {}, assumptions: [] };
  const [missing, distribution] = [find(called.missing), find(called.distribution)];
  const rows = { item, value, ...(missing && { missing }), ...(distribution && { distribution }) };
  const only = Object.fromEntries(
    several.flatMap((name) => {
      const found = table.columns.includes(name) ? [...new Set(saidIn(table, name))] : [];
      return found.length < 2 ? [] : [[name, found.slice(0, 1)] as const];
    }),
  );
  const columns = { id, only, attributes: {}, items: {}, distributions: {} };
  const picked = Object.entries(only).map(([name, values]) => `of ${file} the rows whose ${name} is ${values} count`);
  return {
    table: await readTable(file, { rows, columns }),
    side: { id, rows, ...(picked.length > 0 && { only }) },
    assumptions: [`${file} has a row for each answer: ${id} says whose, ${item} to what, ${value} which`, ...picked],
  };
}

/** What stands in a column, on one line each. */
export function saidIn({ columns, rows }: TableOfAnswers, column: string): readonly string[] {
  const place = columns.indexOf(column);
  return rows.map((row) => (row[place]?.missing === undefined ? folded(row[place]?.text ?? "") : ""));
}
