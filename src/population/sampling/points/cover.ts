import type { Table } from "../../joint/tree/tables.ts";
import { statesOfPeople } from "../columns.ts";
import { type Urn, urnOf } from "../random.ts";
import type { Points } from "./points.ts";

/** Everybody's cell in each table, and where within their level they lie, dimension by dimension. */
export interface Covered {
  readonly cellOf: readonly Int32Array[];
  readonly within: ReadonlyMap<number, Float64Array>;
}

/**
 * Turns points that cover a cube into people: one coordinate a dimension, through the distribution of that dimension
 * among those who are alike in the dimensions before it (Rosenblatt 1952). What is impossible stays so.
 */
export function coverWith(tables: readonly Table[], size: number, points: Points): Covered {
  const cellOf: Int32Array[] = [];
  const within = new Map<number, Float64Array>();
  const settled = new Set<number>();
  for (const [at, table] of tables.entries()) {
    const states = at === 0 ? new Int32Array(size) : statesOfPeople(table, cellOf);
    const fresh = table.dimensions.flatMap((dimension, place) =>
      settled.has(dimension) ? [] : [{ dimension, place }],
    );
    for (const { dimension } of fresh) settled.add(dimension);
    const urn = urnOf(table, table.up, table.states);
    const coordinates = fresh.map(({ dimension }) => points(dimension));
    const rests = fresh.map(() => new Float64Array(size));
    cellOf.push(
      states.map((state, person) => {
        let range: Range = { from: urn.starts[state] as number, to: urn.starts[state + 1] as number, before: 0 };
        for (const [index, { place }] of fresh.entries()) {
          const column = table.values[place] as Uint16Array;
          const found = narrowed(urn, column, { range, share: coordinates[index]?.[person] as number });
          range = found.range;
          (rests[index] as Float64Array)[person] = found.rest;
        }
        return urn.cells[range.from] as number;
      }),
    );
    for (const [index, { dimension }] of fresh.entries()) within.set(dimension, rests[index] as Float64Array);
  }
  return { cellOf, within };
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** The sum of the same state before `from`. */
  readonly before: number;
}

/** The cells with the level at which a share of a range is reached, and what share of that level is left. */
function narrowed(
  { cells, sums }: Urn,
  column: Uint16Array,
  { range, share }: { readonly range: Range; readonly share: number },
): { readonly range: Range; readonly rest: number } {
  const wanted = range.before + share * ((sums[range.to - 1] as number) - range.before);
  let [low, high] = [range.from, range.to - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  const level = column[cells[low] as number];
  let [from, to] = [low, low + 1];
  while (from > range.from && column[cells[from - 1] as number] === level) from--;
  while (to < range.to && column[cells[to] as number] === level) to++;
  const before = from === range.from ? range.before : (sums[from - 1] as number);
  const mass = (sums[to - 1] as number) - before;
  return {
    range: { from, to, before },
    rest: mass > 0 ? Math.min(1 - 1e-12, Math.max(0, (wanted - before) / mass)) : 0.5,
  };
}
