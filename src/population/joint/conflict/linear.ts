import type { Highs, Model } from "highs";
import type { Table } from "../tree/tables.ts";

/** Sparse rows of a linear program. */
export interface Rows {
  readonly starts: number[];
  readonly indices: number[];
  readonly values: number[];
  readonly low: number[];
  readonly high: number[];
}

export const noRows = (): Rows => ({ starts: [0], indices: [], values: [], low: [], high: [] });

/** The package's types are written for CommonJS, where its loader lies one `default` deeper than it does here. */
export async function openHighs(): Promise<Highs> {
  const { default: open } = (await import("highs")) as unknown as { readonly default: () => Promise<Highs> };
  return open();
}

/** Adds a row, and returns its place. */
export function add(
  rows: Rows,
  entries: readonly (readonly [number, number])[],
  [low, high]: readonly [number, number],
): number {
  for (const [column, value] of entries) {
    rows.indices.push(column);
    rows.values.push(value);
  }
  rows.starts.push(rows.indices.length);
  rows.low.push(low);
  rows.high.push(high);
  return rows.low.length - 1;
}

/** All together are `total`, and each table agrees with its parent on what both have. */
export function agreements(
  rows: Rows,
  tables: readonly Table[],
  { offsets, total }: { readonly offsets: readonly number[]; readonly total: number },
): void {
  for (const [at, table] of tables.entries()) {
    const parent = tables[table.parent];
    const states: [number, number][][] = Array.from({ length: table.states }, () => []);
    for (let cell = 0; cell < table.size; cell++)
      states[table.up[cell] as number]?.push([(offsets[at] as number) + cell, 1]);
    for (let cell = 0; cell < (parent?.size ?? 0); cell++)
      states[table.above[cell] as number]?.push([(offsets[table.parent] as number) + cell, -1]);
    for (const entries of states) add(rows, entries, parent === undefined ? [total, total] : [0, 0]);
  }
}

/** What can be said of the variables of a program; from 0 up, and of no cost, where nothing is. */
export interface Variables {
  readonly upper: Float64Array;
  readonly lower?: Float64Array;
  readonly cost?: Float64Array;
  /** Whole numbers alone. */
  readonly whole?: boolean;
}

/** A program of the solver. Dispose of it when done. */
export function modelOf(highs: Highs, rows: Rows, { upper, lower, cost, whole }: Variables): Model {
  const columns = upper.length;
  const endless = (value: number): number => (Number.isFinite(value) ? value : Math.sign(value) * highs.infinity);
  const model = highs.createModel({
    numCols: columns,
    numRows: rows.low.length,
    colCost: cost ?? new Float64Array(columns),
    colLower: lower ?? new Float64Array(columns),
    colUpper: upper,
    rowLower: Float64Array.from(rows.low, endless),
    rowUpper: Float64Array.from(rows.high, endless),
    matrix: {
      format: "csr",
      numRows: rows.low.length,
      numCols: columns,
      starts: Int32Array.from(rows.starts),
      indices: Int32Array.from(rows.indices),
      values: Float64Array.from(rows.values),
    },
    ...(whole && { integrality: new Int32Array(columns).fill(1) }),
  });
  model.options.set({ output_flag: false });
  return model;
}
