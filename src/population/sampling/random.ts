import type { Random } from "../../kernel/values/random.ts";
import type { Table } from "../joint/tree/tables.ts";
import { rowsBy, statesOfPeople } from "./columns.ts";

/** Independent draws of a table's cells, by their probability among those with the same state. */
export interface Urn {
  /** Where the cells of each state begin. */
  readonly starts: Int32Array;
  readonly cells: Int32Array;
  /** The probabilities so far, in this order. */
  readonly sums: Float64Array;
}

export function urnOf(table: Table, stateOf: Int32Array, states: number): Urn {
  const { starts, cells } = rowsBy(stateOf, states);
  const sums = new Float64Array(cells.length);
  for (let state = 0; state < states; state++) {
    let sum = 0;
    for (let at = starts[state] as number; at < (starts[state + 1] as number); at++) {
      sum += table.mass[cells[at] as number] as number;
      sums[at] = sum;
    }
  }
  return { starts, cells, sums };
}

/** The cell of a state at which a share of its probability is reached. */
export function cellAt({ starts, cells, sums }: Urn, state: number, share: number): number {
  let [low, high] = [starts[state] as number, (starts[state + 1] as number) - 1];
  const wanted = share * (sums[high] as number);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return cells[low] as number;
}

/** Draws everybody independently of the others. */
export function drawAtRandom(
  tables: readonly Table[],
  { size, random }: { readonly size: number; readonly random: Random },
  first?: Int32Array,
): readonly Int32Array[] {
  const cellOf: Int32Array[] = [];
  for (const [at, table] of tables.entries()) {
    if (at === 0 && first !== undefined) {
      cellOf.push(first);
      continue;
    }
    const dice = random.fork(String(at));
    const states = at === 0 ? new Int32Array(size) : statesOfPeople(table, cellOf);
    const urn = urnOf(table, table.up, table.states);
    cellOf.push(states.map((state) => cellAt(urn, state, dice.next())));
  }
  return cellOf;
}
