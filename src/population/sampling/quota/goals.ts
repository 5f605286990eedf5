import { type Placed, sharesOf } from "../../joint/tree/fit.ts";
import type { Table } from "../../joint/tree/tables.ts";
import type { Rows } from "../columns.ts";

/** What the counts of one family are to be. */
export interface Goal {
  readonly classes: Int32Array;
  /** Least and most of each class, in people. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How far outside is still met: anything below one for shares, nothing for quotas. */
  readonly slack: number;
  readonly counts: Float64Array;
  /** What one beyond costs; grows while a class cannot be met. */
  readonly weights: Float64Array;
}

interface Given {
  readonly counts: Int32Array;
  readonly rows: Rows;
  readonly size: number;
  readonly placed: readonly Placed[];
}

/** The goals of a table's families, with what its counts have of each class. */
export function goalsOf(table: Table, { counts, rows, size, placed }: Given): readonly Goal[] {
  return placed.map((one) => {
    const have = sharesOf(Float64Array.from(counts), one);
    const { rule, low } = one.family;
    const weights = new Float64Array(low.length).fill(1);
    if (rule === "bounds") {
      const people = (shares: Float64Array): Float64Array => shares.map((share) => Math.round(share * size));
      return { ...one, low: people(low), high: people(one.family.high), slack: 0, counts: have, weights };
    }
    const base = rule === "within" && isSettled(one, rows) ? have.reduce((sum, count) => sum + count, 0) : undefined;
    const drawn = sharesOf(table.mass, one);
    const aims = base === undefined ? drawn.map((share) => share * size) : low.map((share) => share * base);
    return { ...one, low: aims, high: aims, slack: 0.999_999, counts: have, weights };
  });
}

/** Who is meant by a condition is settled before this table: no move within a row changes how many they are. */
function isSettled({ classes }: Placed, rows: Rows): boolean {
  for (let state = 0; state + 1 < rows.starts.length; state++) {
    const [from, to] = [rows.starts[state] as number, rows.starts[state + 1] as number];
    for (let at = from + 1; at < to; at++) {
      const [one, other] = [rows.cells[at - 1] as number, rows.cells[at] as number];
      if ((classes[one] as number) < 0 !== (classes[other] as number) < 0) return false;
    }
  }
  return true;
}

/** How far a count of a class lies outside of what it is to be. */
export function distance({ low, high }: Goal, index: number, count: number): number {
  return Math.max(0, (low[index] as number) - count, count - (high[index] as number));
}
