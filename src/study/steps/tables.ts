import type { Evidenced } from "../../insight/extract.ts";
import { isNotApplicable } from "../../insight/not-applicable.ts";
import type { Report } from "../../insight/report/report.ts";

export type Row = Readonly<Record<string, unknown>>;
/** The tables and reports of a study, by name. */
export type StudyResults = Readonly<Record<string, readonly Row[] | Report>>;

/** The columns that a table gets beside the fields of the answer. */
export const addedColumns = {
  person: "person",
  evidence: ["evidence", "quotes", "unfounded"],
  agreement: "agreement",
} as const;

/** The columns of a table of verdicts. */
export const verdictColumns = ["claim", "verdict", "score", "holds", "confidence", "spread", "why", "quotes", "error"];

/** How an answer becomes rows: one, or as many as its list `rows` has, with what each rests on, and which parts rest on nothing. */
export interface RowForm {
  readonly many: boolean;
  readonly evidence: boolean;
}

/**
 * The rows of an answer. With evidence each has columns with the ids of the events that it rests on, words of them, and
 * the fields that rest on none; what rests on the whole list rests on each of its rows. What does not apply says so.
 */
export function rowsOf(answer: unknown, { many, evidence }: RowForm): readonly Row[] {
  const found = evidence ? (answer as Evidenced<unknown>) : { value: answer, evidence: [], unfounded: [] };
  const rows = (many ? (found.value as { rows: readonly Row[] }).rows : [found.value as Row]).map(applied);
  if (!evidence) return rows;
  return rows.map((row, place) => {
    const at = many ? ["rows", String(place)] : [];
    const mine = found.evidence.filter(({ path }) => concerns(path, at));
    const unfounded = found.unfounded.filter((path) => concerns(path, at));
    return {
      ...row,
      evidence: [...new Set(mine.flatMap(({ events }) => events))],
      quotes: [...new Set(mine.flatMap(({ quotes }) => quotes.map(({ text }) => text)))],
      unfounded: [...new Set(unfounded.map((path) => path.split(".").slice(at.length).join(".") || "all"))],
    };
  });
}

function concerns(path: string, at: readonly string[]): boolean {
  const parts = path === "" ? [] : path.split(".");
  return parts.every((part, place) => place >= at.length || part === at[place]);
}

const applied = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isNotApplicable(value) ? notApplicable : value]),
  );

/** What stands in a table where a question does not concern somebody. */
const notApplicable = "not applicable";

/** How often a value occurs, and its share of all values that were counted, in [0, 1] with two decimals. */
export interface Count {
  readonly count: number;
  readonly share: number;
}

/**
 * How often each value of a field occurs, most frequent first, ties in order of first appearance. Of a list each item
 * counts; rows without the field do not.
 * @example
 * tally([{ ad: "B" }, { ad: "A" }, { ad: "B" }], "ad"); // => [{ ad: "B", count: 2, share: 0.67 }, { ad: "A", count: 1, share: 0.33 }]
 */
export function tally(rows: readonly Row[], by: string): readonly (Row & Count)[] {
  const values = rows.flatMap((row) => (Object.hasOwn(row, by) ? row[by] : null)).filter((value) => value != null);
  const groups = Map.groupBy(values, (value) => JSON.stringify(value));
  return [...groups.values()]
    .sort((one, other) => other.length - one.length)
    .map((group) => ({ [by]: group[0], count: group.length, share: rounded(group.length / values.length) }));
}

/**
 * The most frequent of the counted values: one row, or all that share the first place.
 * @example
 * winners([{ ad: "B", count: 2, share: 0.67 }, { ad: "A", count: 1, share: 0.33 }]); // => [{ ad: "B", count: 2, share: 0.67 }]
 */
export function winners<R extends Count>(counts: readonly R[]): readonly R[] {
  const most = Math.max(...counts.map(({ count }) => count));
  return counts.filter(({ count }) => count === most);
}

export const rounded = (share: number): number => Math.round(share * 100) / 100;
