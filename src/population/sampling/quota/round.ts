import type { Random } from "../../../kernel/values/random.ts";
import type { Joint } from "../../joint/joint.ts";
import type { Placed } from "../../joint/tree/fit.ts";
import { classesIn, type Table } from "../../joint/tree/tables.ts";
import { type Rows, rowsBy } from "../columns.ts";
import { goalsOf } from "./goals.ts";
import { improve } from "./improve.ts";

/**
 * Whole counts of each table's cells, one table after the other: expected counts rounded down, with what is left placed
 * systematically (Madow 1949), then moved until the table's figures are met. Each table has exactly the people whom
 * its parent has.
 */
export function roundTables(
  joint: Joint,
  tables: readonly Table[],
  { size, random }: { readonly size: number; readonly random: Random },
): readonly Int32Array[] {
  const all: Int32Array[] = [];
  for (const [at, table] of tables.entries()) {
    const dice = random.fork(String(at));
    const totals = at === 0 ? Int32Array.of(size) : totalsOf(table, all[table.parent] as Int32Array);
    const rows = rowsBy(table.up, table.states);
    const counts = rounded(table, { rows, totals, random: dice.fork("rest") });
    const goals = goalsOf(table, { counts, rows, size, placed: first(joint.placed, tables, at) });
    improve({ table, counts, rows, goals, random: dice.fork("moves") });
    all.push(counts);
  }
  return all;
}

/** How many people the parent has of each state. */
function totalsOf(table: Table, parent: Int32Array): Int32Array {
  const totals = new Int32Array(table.states);
  for (const [cell, count] of parent.entries()) {
    const state = table.above[cell] as number;
    totals[state] = (totals[state] as number) + count;
  }
  return totals;
}

/** The families that this table is the first to have all dimensions of. */
function first(all: readonly Placed[], tables: readonly Table[], at: number): readonly Placed[] {
  return all.flatMap((one) => {
    const { dimensions } = one.family.scope;
    const home = tables.findIndex((table) => dimensions.every((dimension) => table.dimensions.includes(dimension)));
    return home === at ? [{ ...one, home, classes: classesIn(tables[at] as Table, one.family) }] : [];
  });
}

interface Rounding {
  readonly rows: Rows;
  readonly totals: Int32Array;
  readonly random: Random;
}

function rounded(table: Table, { rows, totals, random }: Rounding): Int32Array {
  const counts = new Int32Array(table.size);
  for (let state = 0; state < table.states; state++) {
    const wanted = totals[state] as number;
    if (wanted === 0) continue;
    const [from, to] = [rows.starts[state] as number, rows.starts[state + 1] as number];
    let mass = 0;
    for (let at = from; at < to; at++) mass += table.mass[rows.cells[at] as number] as number;
    // Systematic: a comb with one tooth a person, laid over the expected counts at a chance place.
    const start = random.next();
    let [sum, taken, last] = [0, 0, -1];
    for (let at = from; at < to; at++) {
      const cell = rows.cells[at] as number;
      sum += (wanted * (table.mass[cell] as number)) / mass;
      const until = Math.min(wanted, Math.floor(sum + start));
      counts[cell] = until - taken;
      taken = until;
      if ((table.mass[cell] as number) > 0) last = cell;
    }
    // What rounding errors of the sum left over.
    if (taken < wanted) counts[last] = (counts[last] as number) + wanted - taken;
  }
  return counts;
}
