import { readJson } from "../../../kernel/text/written.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import type { NamedSheet, PlacedCell } from "../../../table/reading/sheet.ts";
import type { AnswersDescription } from "../description/document.ts";
import { type Columns, columnIssues, distributionColumn, invalidAnswers } from "./columns.ts";
import { folded } from "./value.ts";

/** Which column of a table with a row for each answer is what. */
export type RowsByItem = NonNullable<AnswersDescription["rows"]>;

type Row = readonly PlacedCell[];

/**
 * A table with a row for each answer as one with a row a person: a column for each item that occurs beside those that tell of
 * people, each cell with its own place. Throws ANSWERS_INVALID for what one person answers twice, and for attributes and
 * weights that differ between the rows of one.
 */
export function byPerson(table: NamedSheet, rows: RowsByItem, of: Columns): NamedSheet {
  const own = [rows.item, rows.value, rows.missing, rows.distribution].filter((name) => name !== undefined);
  const people = [of.id, of.weight, ...Object.keys(of.only), ...Object.values(of.attributes)];
  const wanted = [...own, ...people.filter((name) => name !== undefined)];
  const strange = columnIssues({ only: {}, attributes: {}, items: {}, distributions: {}, rows: wanted }, table.columns);
  if (strange.length > 0) throw invalidAnswers(table.file, strange);
  const at = (row: Row, name: string | undefined): PlacedCell | undefined => row[table.columns.indexOf(name ?? "")];
  const counted = table.rows.filter((row) =>
    Object.entries(of.only).every(([name, values]) => values.includes(folded(at(row, name)?.text ?? ""))),
  );
  const items = [...new Set(counted.map((row) => folded(at(row, rows.item)?.text ?? "")))];
  const issues: Issue[] = [];
  const settled = Object.values(of.attributes).concat(of.weight ?? []);
  const put = [...Map.groupBy(counted, (row) => folded(at(row, of.id)?.text ?? "")).values()].map((answers) => {
    const [first = []] = answers;
    issues.push(...unlike(answers, settled, at));
    const byItem = Map.groupBy(answers, (row) => folded(at(row, rows.item)?.text ?? ""));
    const cells = items.flatMap((item) => {
      const [row, again] = byItem.get(item) ?? [];
      const empty = { text: "", line: first[0]?.line ?? 1, column: 1 };
      if (again !== undefined && row !== undefined) issues.push(twice(item, { row, again, at: at(again, rows.item) }));
      const value = row === undefined ? undefined : at(row, rows.value);
      const why = folded((row && at(row, rows.missing)?.text) ?? "");
      const answer =
        value === undefined ? empty : { ...value, text: plain(value.text), ...(why !== "" && { missing: why }) };
      return rows.distribution === undefined ? [answer] : [answer, (row && at(row, rows.distribution)) ?? empty];
    });
    // Lines are told by the first cell of a row.
    return [...first.filter((_, place) => !own.includes(table.columns[place] as string)), ...cells];
  });
  if (issues.length > 0) throw invalidAnswers(table.file, issues);
  const names = items.flatMap((item) => (rows.distribution === undefined ? [item] : [item, distributionColumn(item)]));
  return { ...table, columns: [...table.columns.filter((name) => !own.includes(name)), ...names], rows: put };
}

/** A text that is written as JSON, as it is meant. */
function plain(text: string): string {
  const read = text.trim().startsWith('"') ? readJson(text.trim()) : undefined;
  return read !== undefined && "value" in read && typeof read.value === "string" ? read.value : text;
}

function twice(item: string, { row, again, at }: { row: Row; again: Row; at: PlacedCell | undefined }): Issue {
  const message = `'${item}' is answered in line ${row[0]?.line} already: \`only\` says which rows count.`;
  return { path: "", message, ...placeOf(at ?? again[0]) };
}

/** Where rows of one person say different things of them. */
function unlike(
  answers: readonly Row[],
  names: readonly string[],
  at: (row: Row, name: string) => PlacedCell | undefined,
): readonly Issue[] {
  return names.flatMap((name) => {
    const cells = answers.flatMap((row) => at(row, name) ?? []);
    const other = cells.find(({ text }) => folded(text) !== folded(cells[0]?.text ?? ""));
    const message = `'${name}' is '${folded(other?.text ?? "")}' here, and '${folded(cells[0]?.text ?? "")}' in another row of the same person.`;
    return other === undefined ? [] : [{ path: "", message, ...placeOf(other) }];
  });
}

const placeOf = (cell: PlacedCell | undefined): { line: number; column: number } | undefined =>
  cell && { line: cell.line, column: cell.column };
