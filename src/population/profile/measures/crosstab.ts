import { type ChiSquare, chiSquareTable } from "../../../statistics/counts/chi-square.ts";
import { isMeasured, sum } from "../../../statistics/measured.ts";
import { effectiveSize } from "../../../statistics/moments.ts";
import type { Member } from "../people/people.ts";
import { counted } from "./counted.ts";

/** A cell of a crosstab. */
export interface CrosstabRow {
  readonly down: string;
  readonly across: string;
  /** Heads. */
  readonly people: number;
  /** Of the weight of all, and of those of the same value of `down`. */
  readonly share: number;
  readonly shareOfRow: number;
}

/** Who has what together with what. */
export interface Crosstab {
  readonly down: string;
  readonly across: string;
  /** People who say something in both places. */
  readonly n: number;
  readonly rows: readonly CrosstabRow[];
  /** Whether the two hang together: χ² at the effective size, Cramér's V as `effect`; absent where people have several values. */
  readonly test?: ChiSquare;
  /** Why there is no test. */
  readonly reason?: string;
}

/** Values of each that have cells of their own; the rest is `(others)`. */
const mostValues = 12;
const others = "(others)";

/** Two dotted places against each other, weights respected. */
export async function crosstab(people: readonly Member[], down: string, across: string): Promise<Crosstab> {
  const [rows, columns] = [counted(people, down), counted(people, across)];
  const both = people.filter((person) => rows.labels.has(person) && columns.labels.has(person));
  const [high, wide] = [rows.order, columns.order].map(shownOf) as [readonly string[], readonly string[]];
  const cells = new Map<string, { people: number; weight: number }>();
  for (const person of both) {
    for (const row of folded(rows.labels.get(person), high)) {
      for (const column of folded(columns.labels.get(person), wide)) {
        const cell = cells.get(keyOf(row, column)) ?? { people: 0, weight: 0 };
        cells.set(keyOf(row, column), { people: cell.people + 1, weight: cell.weight + person.weight });
      }
    }
  }
  const weightIn = (row: string, column: string): number => cells.get(keyOf(row, column))?.weight ?? 0;
  const all = sum(both.map(({ weight }) => weight));
  const found = high.flatMap((row) => {
    const ofRow = sum(
      both.filter((person) => folded(rows.labels.get(person), high).includes(row)).map(({ weight }) => weight),
    );
    return wide.map((column) => ({
      down: row,
      across: column,
      people: cells.get(keyOf(row, column))?.people ?? 0,
      share: all === 0 ? 0 : weightIn(row, column) / all,
      shareOfRow: ofRow === 0 ? 0 : weightIn(row, column) / ofRow,
    }));
  });
  const several = [rows, columns].some(({ kind }) => kind === "list");
  const scale = all === 0 ? 0 : effectiveSize(both.map(({ weight }) => weight)) / all;
  const test = several
    ? { reason: "people have several values, so that cells share people" }
    : await chiSquareTable(high.map((row) => wide.map((column) => weightIn(row, column) * scale)));
  return { down, across, n: both.length, rows: found, ...(isMeasured(test) ? { test } : { reason: test.reason }) };
}

/** Length before text: no label can imitate the border between two. */
const keyOf = (row: string, column: string): string => `${row.length}:${row}${column}`;

const shownOf = (order: readonly string[]): readonly string[] =>
  order.length <= mostValues ? order : [...order.slice(0, mostValues - 1), others];

const folded = (labels: readonly string[] = [], shown: readonly string[]): readonly string[] => [
  ...new Set(labels.map((label) => (shown.includes(label) ? label : others))),
];
