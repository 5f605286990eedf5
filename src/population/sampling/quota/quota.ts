import type { Random } from "../../../kernel/values/random.ts";
import type { Joint } from "../../joint/joint.ts";
import type { Placed } from "../../joint/tree/fit.ts";
import { classesIn, type Table } from "../../joint/tree/tables.ts";
import { type Rows, rowsBy, statesOfPeople } from "../columns.ts";
import { goalsOf } from "./goals.ts";
import { improve } from "./improve.ts";

/**
 * Draws as many people of each combination as there should be, within rounding: table by table along the junction
 * tree, the counts of a table are its expected counts, rounded down, with what is left placed systematically
 * (Madow 1949), and then moved until every figure is within one of its target (controlled rounding; Cox 1987). Who of
 * those who are alike gets which combination of a next table is chance.
 */
export function drawByQuota(
  joint: Joint,
  tables: readonly Table[],
  { size, random }: { readonly size: number; readonly random: Random },
): readonly Int32Array[] {
  const cellOf: Int32Array[] = [];
  for (const [at, table] of tables.entries()) {
    const dice = random.fork(String(at));
    const states = at === 0 ? new Int32Array(size) : statesOfPeople(table, cellOf);
    const people = rowsBy(states, table.states);
    const rows = rowsBy(table.up, table.states);
    const counts = rounded(table, { rows, people, random: dice.fork("rest") });
    const goals = goalsOf(table, { counts, rows, size, placed: first(joint.placed, tables, at) });
    improve({ table, counts, rows, goals, random: dice.fork("moves") });
    cellOf.push(handedOut(counts, { rows, people, random: dice.fork("people") }));
  }
  return cellOf;
}

/** The families that this table is the first to have all dimensions of. */
function first(all: readonly Placed[], tables: readonly Table[], at: number): readonly Placed[] {
  return all.flatMap((one) => {
    const { dimensions } = one.family.scope;
    const home = tables.findIndex((table) => dimensions.every((dimension) => table.dimensions.includes(dimension)));
    return home === at ? [{ ...one, home, classes: classesIn(tables[at] as Table, one.family) }] : [];
  });
}

interface Handing {
  readonly rows: Rows;
  readonly people: Rows;
  readonly random: Random;
}

/** Expected counts of each cell, rounded so that each state has exactly those people who are in it. */
function rounded(table: Table, { rows, people, random }: Handing): Int32Array {
  const counts = new Int32Array(table.size);
  for (let state = 0; state < table.states; state++) {
    const wanted = (people.starts[state + 1] as number) - (people.starts[state] as number);
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

/** Gives each person of a state one of its cells, by chance. */
function handedOut(counts: Int32Array, { rows, people, random }: Handing): Int32Array {
  const cellOf = new Int32Array(people.cells.length);
  const order = people.cells.slice();
  for (let state = 0; state + 1 < people.starts.length; state++) {
    const [from, to] = [people.starts[state] as number, people.starts[state + 1] as number];
    for (let last = to - 1; last > from; last--) {
      const other = from + random.integer(last - from + 1);
      const held = order[last] as number;
      order[last] = order[other] as number;
      order[other] = held;
    }
    let next = from;
    for (let at = rows.starts[state] as number; at < (rows.starts[state + 1] as number); at++) {
      const cell = rows.cells[at] as number;
      for (let count = counts[cell] as number; count > 0; count--) cellOf[order[next++] as number] = cell;
    }
  }
  return cellOf;
}
