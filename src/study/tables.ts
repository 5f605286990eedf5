import type { Evidence, Evidenced } from "../insight/extract.ts";

export type Row = Readonly<Record<string, unknown>>;
/** The tables of a study, by name. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** The columns that a table gets beside the fields of the answer. */
export const addedColumns = { person: "person", evidence: "evidence" } as const;

/** How an answer becomes rows: one, or as many as its list `rows` has, with what each rests on. */
export interface RowForm {
  readonly many: boolean;
  readonly evidence: boolean;
}

/**
 * The rows of an answer. With evidence each has a column with the ids of the events that it rests on; what rests on
 * the whole list rests on each of its rows.
 */
export function rowsOf(answer: unknown, { many, evidence }: RowForm): readonly Row[] {
  const found = evidence ? (answer as Evidenced<unknown>) : { value: answer, evidence: [] };
  const rows = many ? (found.value as { rows: readonly Row[] }).rows : [found.value as Row];
  if (!evidence) return rows;
  return rows.map((row, place) => ({
    ...row,
    evidence: eventsOf(found.evidence, many ? ["rows", String(place)] : []),
  }));
}

function eventsOf(evidence: readonly Evidence[], at: readonly string[]): readonly string[] {
  const concerns = ({ path }: Evidence): boolean => {
    const parts = path === "" ? [] : path.split(".");
    return parts.every((part, place) => place >= at.length || part === at[place]);
  };
  return [...new Set(evidence.filter(concerns).flatMap(({ events }) => events))];
}

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

const rounded = (share: number): number => Math.round(share * 100) / 100;
