import type { Table } from "./tables.ts";

/** Adds up a table's mass by what its cells have in common with a neighbour. */
function margin(mass: Float64Array, states: Int32Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let cell = 0; cell < mass.length; cell++) {
    const state = states[cell] as number;
    sums[state] = (sums[state] as number) + (mass[cell] as number);
  }
  return sums;
}

function scale(mass: Float64Array, states: Int32Array, factors: Float64Array): void {
  for (let cell = 0; cell < mass.length; cell++)
    mass[cell] = (mass[cell] as number) * (factors[states[cell] as number] as number);
}

const ratio = (of: Float64Array, by: Float64Array): Float64Array =>
  of.map((value, state) => (by[state] === 0 ? 0 : value / (by[state] as number)));

/**
 * Turns the weights of a tree's tables into the probabilities of one distribution, so that neighbours agree on what
 * they have in common (message passing on a junction tree; Lauritzen & Spiegelhalter 1988). Returns the total weight:
 * zero where no combination is possible.
 */
export function balance(tables: readonly Table[]): number {
  const sent: Float64Array[] = [];
  for (let at = tables.length - 1; at > 0; at--) {
    const table = tables[at] as Table;
    const sums = margin(table.mass, table.up, table.states);
    // Kept small: only proportions matter on the way.
    const largest = sums.reduce((most, value) => Math.max(most, value), 0);
    if (largest === 0) return 0;
    sent[at] = sums.map((value) => value / largest);
    scale((tables[table.parent] as Table).mass, table.above, sent[at] as Float64Array);
  }
  const root = tables[0] as Table;
  const total = root.mass.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  for (let cell = 0; cell < root.size; cell++) root.mass[cell] = (root.mass[cell] as number) / total;
  for (const table of tables.slice(1)) hand(tables, table, "down");
  return total;
}

/** Has a table take over from its parent (`down`), or the parent from it, what both have in common. */
export function hand(tables: readonly Table[], table: Table, way: "down" | "up"): void {
  const parent = tables[table.parent] as Table;
  const below = margin(table.mass, table.up, table.states);
  const above = margin(parent.mass, table.above, table.states);
  if (way === "down") scale(table.mass, table.up, ratio(above, below));
  else scale(parent.mass, table.above, ratio(below, above));
}
