import type { Highs, Model } from "highs";
import type { Exclusion, Family } from "../figures/family.ts";
import { type Placed, placed } from "../tree/fit.ts";
import { classesIn, homeOf, type Table } from "../tree/tables.ts";
import { add, agreements, modelOf, noRows, openHighs, type Rows } from "./linear.ts";

/** One class of a family as a row of the program. */
export interface FigureAt {
  readonly family: Family;
  readonly index: number;
  readonly row: number;
  /** Its variables for what it has too much and too little; none where a figure gives way to nothing. */
  readonly over?: number;
}

/**
 * What a specification demands as a linear program over the cells of the tables: neighbours agree on what they have in
 * common (on a junction tree that is enough for there to be a whole distribution), and figures miss by `over` less
 * `under`, none of which is above `most`.
 */
export interface Program {
  readonly model: Model;
  readonly highs: Highs;
  readonly figures: readonly FigureAt[];
  /** The variable that no miss may be above. */
  readonly most: number;
  /** Which parts rule out a cell, by the cell's variable. */
  readonly ruledOut: ReadonlyMap<number, readonly string[]>;
}

/** Columns: all cells, then `over` and `under` of each soft figure, then `most`. Dispose of its model when done. */
export async function programOf(
  tables: readonly Table[],
  families: readonly Family[],
  exclusions: readonly Exclusion[],
): Promise<Program> {
  const highs = await openHighs();
  const rows = noRows();
  const offsets: number[] = [];
  let columns = 0;
  for (const table of tables) {
    offsets.push(columns);
    columns += table.size;
  }
  agreements(rows, tables, { offsets, total: 1 });
  const figures = placed(tables, families).flatMap((one) => {
    const found = figureRows(rows, one, { offset: offsets[one.home] as number, columns });
    columns += 2 * found.filter(({ over }) => over !== undefined).length;
    return found;
  });
  const most = columns++;
  for (const { over } of figures) {
    if (over !== undefined)
      add(
        rows,
        [
          [over, 1],
          [over + 1, 1],
          [most, -1],
        ],
        [Number.NEGATIVE_INFINITY, 0],
      );
  }
  return {
    model: modelOf(highs, rows, { upper: new Float64Array(columns).fill(highs.infinity) }),
    highs,
    figures,
    most,
    ruledOut: ruledOut(tables, exclusions, offsets),
  };
}

function figureRows(
  rows: Rows,
  { family, classes }: Placed,
  { offset, columns }: { readonly offset: number; readonly columns: number },
): readonly FigureAt[] {
  let next = columns;
  return family.labels.map((_, index) => {
    const target = family.low[index] as number;
    const within = family.rule === "within";
    const entries: [number, number][] = [];
    for (const [cell, one] of classes.entries()) {
      const value = (one === index ? 1 : 0) - (within && one >= 0 ? target : 0);
      if (value !== 0) entries.push([offset + cell, value]);
    }
    // Quotas are counts, and nothing is a figure that no rounding makes something.
    if (family.rule === "bounds" || target === 0) {
      const bounds: readonly [number, number] = within ? [0, 0] : [target, family.high[index] as number];
      return { family, index, row: add(rows, entries, bounds) };
    }
    const over = next;
    next += 2;
    entries.push([over, -1], [over + 1, 1]);
    return { family, index, row: add(rows, entries, within ? [0, 0] : [target, target]), over };
  });
}

function ruledOut(
  tables: readonly Table[],
  exclusions: readonly Exclusion[],
  offsets: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { part, scope, allowed } of exclusions) {
    const home = homeOf(tables, scope);
    const classes = classesIn(tables[home] as Table, { scope, classOf: Int32Array.from(allowed) });
    for (const [cell, is] of classes.entries()) {
      if (is === 1) continue;
      const column = (offsets[home] as number) + cell;
      found.set(column, [...(found.get(column) ?? []), part]);
    }
  }
  return found;
}
