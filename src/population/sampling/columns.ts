import type { Table } from "../joint/tree/tables.ts";

/** The levels of everybody who was drawn, dimension by dimension. */
export type Columns = readonly Uint16Array[];

/** The cells of a table, put together by what they have in common with the parent. */
export interface Rows {
  /** Where the cells of each state begin, and behind the last where they end. */
  readonly starts: Int32Array;
  readonly cells: Int32Array;
}

/** Puts numbers below `states` in order, each beside its place: a counting sort. */
export function rowsBy(stateOf: Int32Array, states: number): Rows {
  const starts = new Int32Array(states + 1);
  for (const state of stateOf) starts[state + 1] = (starts[state + 1] as number) + 1;
  for (let state = 0; state < states; state++)
    starts[state + 1] = (starts[state + 1] as number) + (starts[state] as number);
  const next = starts.slice(0, states);
  const cells = new Int32Array(stateOf.length);
  for (let cell = 0; cell < stateOf.length; cell++) {
    const state = stateOf[cell] as number;
    const place = next[state] as number;
    next[state] = place + 1;
    cells[place] = cell;
  }
  return { starts, cells };
}

/** What those who were drawn have in common with a table's parent: the state of each. */
export function statesOfPeople(table: Table, cellOf: readonly Int32Array[]): Int32Array {
  const parents = cellOf[table.parent];
  if (parents === undefined) throw new RangeError("A table comes after its parent.");
  return parents.map((cell) => table.above[cell] as number);
}

/** The levels of everybody, from the cell that they have in each table. */
export function columnsOf(tables: readonly Table[], cellOf: readonly Int32Array[], dimensions: number): Columns {
  return Array.from({ length: dimensions }, (_, dimension) => {
    const at = tables.findIndex((table) => table.dimensions.includes(dimension));
    const table = tables[at] as Table;
    const levels = table.values[table.dimensions.indexOf(dimension)] as Uint16Array;
    return Uint16Array.from(cellOf[at] as Int32Array, (cell) => levels[cell] as number);
  });
}
