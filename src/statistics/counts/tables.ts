import type { Random } from "../../kernel/values/random.ts";
import { sum } from "../measured.ts";

type Table = readonly (readonly number[])[];

/** Tables up to which all are counted: some 50 ms. */
const mostTables = 200_000;

/** What is as likely may differ by a rounding of its logarithm. */
const slack = 1e-7;

/** The chance of all tables with these sums that are no likelier than this one; undefined where there are too many. */
export function sharesOfTables(table: Table): number | undefined {
  const { rows, columns, log, constant } = sumsOf(table);
  const most = sum(table.flat().map((count) => -log(count))) + slack;
  let [seen, share] = [0, 0];
  const fill = (left: readonly number[], column: number, chance: number): boolean => {
    if (column === columns.length - 1) {
      const whole = chance - sum(left.map(log));
      if (whole <= most) share += Math.exp(constant + whole);
      return ++seen <= mostTables;
    }
    return parts(left, columns[column] as number, (taken) =>
      fill(
        left.map((count, row) => count - (taken[row] as number)),
        column + 1,
        chance - sum(taken.map(log)),
      ),
    );
  };
  return fill(rows, 0, 0) ? share : undefined;
}

/** The share of so many drawn tables that are no likelier than this one, which counts as drawn, too. */
export function drawnShare(
  table: Table,
  { random, draws }: { readonly random: Random; readonly draws: number },
): number {
  const { rows, columns, log } = sumsOf(table);
  const most = sum(table.flat().map((count) => -log(count))) + slack;
  const labels = columns.flatMap((count, column) => Array.from({ length: count }, () => column));
  let hits = 1;
  for (let draw = 0; draw < draws; draw++) {
    const dealt = random.shuffle(labels);
    let [start, chance] = [0, 0];
    for (const count of rows) {
      const row = columns.map(() => 0);
      for (const column of dealt.slice(start, start + count)) row[column] = (row[column] as number) + 1;
      chance -= sum(row.map(log));
      start += count;
    }
    if (chance <= most) hits++;
  }
  return hits / (draws + 1);
}

function sumsOf(table: Table): {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The logarithm of a factorial. */
  log(count: number): number;
  /** What all tables with these sums have in common. */
  readonly constant: number;
} {
  const rows = table.map(sum);
  const columns = table[0]?.map((_, place) => sum(table.map((row) => row[place] as number))) ?? [];
  const logs = [0];
  for (let count = 1; count <= sum(rows); count++) logs.push((logs[count - 1] as number) + Math.log(count));
  const log = (count: number): number => logs[count] as number;
  return { rows, columns, log, constant: sum([...rows, ...columns].map(log)) - log(sum(rows)) };
}

/** Every way to take so many from what is left of the rows, until one says that it is enough. */
function parts(left: readonly number[], wanted: number, each: (taken: readonly number[]) => boolean): boolean {
  const [first = 0, ...others] = left;
  if (others.length === 0) return each([wanted]);
  for (let taken = Math.max(0, wanted - sum(others)); taken <= Math.min(first, wanted); taken++) {
    if (!parts(others, wanted - taken, (rest) => each([taken, ...rest]))) return false;
  }
  return true;
}
