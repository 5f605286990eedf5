import type { RowsByItem } from "../reading/by-item.ts";
import { calledByAnswer as called, onlyOne } from "../reading/columns.ts";
import { readTable, type TableOfAnswers } from "../reading/table-of-answers.ts";
import { folded } from "../reading/value.ts";

/** A table that may have had a row for each answer, as one with a row a person. */
export interface ProposedTable {
  readonly table: TableOfAnswers;
  /** What a description says of such rows; nothing where each row is a person. */
  readonly side: {
    readonly id?: string;
    readonly rows?: RowsByItem;
    readonly only?: Readonly<Record<string, string[]>>;
  };
  /** Columns of a survey of ours that are no answers. */
  readonly beside: readonly string[];
  readonly assumptions: readonly string[];
}

const saysWho = /^(?:(?:.*[^a-z])?id|response ?id|respon(?:dent|der)\b.*|participant\b.*|person|name|who|#)$/i;
/** Whether a column is called as one that says who it is. */
export const isWho = (column: string): boolean => saysWho.test(column);

/** What tables of a survey of ours have beside answers, all of them the first three. */
const ofSurveys = ["respondent", "end", "checks", "name", "variant", "sample"] as const;

/** Reads a table for a proposal: with a row for each answer where columns are called so and people come in several rows. */
export async function proposedTable(file: string): Promise<ProposedTable> {
  const table = await readTable(file);
  const find = (name: RegExp): string | undefined => table.columns.find((column) => name.test(column));
  const [item, value] = [find(called.item), find(called.value)];
  const id = table.columns.find((column) => isWho(column) && new Set(saidIn(table, column)).size < table.rows.length);
  if (item === undefined || value === undefined || id === undefined) return withOneRowEach(table);
  const [missing, distribution] = [find(called.missing), find(called.distribution)];
  const rows = { item, value, ...(missing && { missing }), ...(distribution && { distribution }) };
  const only = onlyOne(table.columns, (column) => saidIn(table, column));
  const columns = { id, only, attributes: {}, items: {}, distributions: {} };
  const picked = countedIn(table, only);
  return {
    table: await readTable(file, { rows, columns }),
    side: { id, rows, ...(picked.length > 0 && { only }) },
    beside: [],
    assumptions: [`${file} has a row for each answer: ${id} says whose, ${item} to what, ${value} which`, ...picked],
  };
}

/** A row a person: of a survey of ours the rows of one variant and sample, as they are several of the same person. */
function withOneRowEach(table: TableOfAnswers): ProposedTable {
  const isOurs = ofSurveys.slice(0, 3).every((name) => table.columns.includes(name));
  if (!isOurs) return { table, side: {}, beside: [], assumptions: [] };
  const only = onlyOne(table.columns, (column) => saidIn(table, column));
  const counted = Object.entries(only).map(([name, values]) => {
    const said = saidIn(table, name);
    return (place: number) => values.includes(said[place] ?? "");
  });
  return {
    table: { ...table, rows: table.rows.filter((_, place) => counted.every((counts) => counts(place))) },
    side: Object.keys(only).length > 0 ? { only } : {},
    beside: ofSurveys.slice(1),
    assumptions: countedIn(table, only),
  };
}

function countedIn(table: TableOfAnswers, only: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(only).map(([name, values]) => {
    const others = [...new Set(saidIn(table, name))].filter((said) => !values.includes(said));
    return `of ${table.file} the rows whose ${name} is ${values} count, and not those of ${others.join(", ")}`;
  });
}

/** What stands in a column, on one line each. */
export function saidIn({ columns, rows }: TableOfAnswers, column: string): readonly string[] {
  const place = columns.indexOf(column);
  return rows.map((row) => (row[place]?.missing === undefined ? folded(row[place]?.text ?? "") : ""));
}
