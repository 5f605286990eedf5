import type { Exclusion, Family } from "../figures/family.ts";
import type { Scope } from "../figures/where.ts";
import type { Levels } from "../levels/levels.ts";
import type { Clique } from "./tree.ts";

/** The combinations of a group of dimensions that are allowed, each with its probability. */
export interface Table {
  readonly dimensions: readonly number[];
  readonly parent: number;
  readonly size: number;
  /** The level of each cell, dimension by dimension of the group. */
  readonly values: readonly Uint16Array[];
  /** What each cell has in common with the parent, as a number below `states`. */
  readonly up: Int32Array;
  /** The same of each cell of the parent. */
  readonly above: Int32Array;
  readonly states: number;
  /** The probability of each cell; what weight it begins with, until the tree is balanced. */
  readonly mass: Float64Array;
}

/** More cells than this in one table are not listed. */
export const mostCells = 1_000_000;

/** What a table over a group of dimensions is filled from. */
export interface Filling {
  readonly levels: readonly Levels[];
  readonly exclusions: readonly Pick<Exclusion, "scope" | "allowed">[];
}

/** Lists the allowed cells of each group; undefined where one has too many. */
export function tablesOf(cliques: readonly Clique[], filling: Filling): readonly Table[] | undefined {
  const weighted = new Set<number>();
  const tables: Table[] = [];
  for (const clique of cliques) {
    const values = allowedCells(clique.dimensions, filling);
    if (values === undefined) return undefined;
    const size = values[0]?.length ?? 0;
    const mass = new Float64Array(size).fill(1);
    for (const [at, dimension] of clique.dimensions.entries()) {
      if (weighted.has(dimension)) continue;
      weighted.add(dimension);
      const { shares } = filling.levels[dimension] as Levels;
      const column = values[at] as Uint16Array;
      for (let cell = 0; cell < size; cell++)
        mass[cell] = (mass[cell] as number) * (shares[column[cell] as number] as number);
    }
    const parent = tables[clique.parent];
    const radix = clique.separator.map((dimension) => (filling.levels[dimension] as Levels).size);
    const states = radix.reduce((product, one) => product * one, 1);
    const state = (table: Pick<Table, "dimensions" | "values" | "size">): Int32Array =>
      statesOf(table, clique.separator, radix);
    const { dimensions } = clique;
    const up = state({ dimensions, values, size });
    const above = parent === undefined ? new Int32Array(0) : state(parent);
    tables.push({ dimensions, parent: clique.parent, size, values, up, above, states, mass });
  }
  return tables;
}

/** The state of some dimensions in each cell, as one number. */
function statesOf(
  { dimensions, values, size }: Pick<Table, "dimensions" | "values" | "size">,
  wanted: readonly number[],
  radix: readonly number[],
): Int32Array {
  const states = new Int32Array(size);
  for (const [at, dimension] of wanted.entries()) {
    const column = values[dimensions.indexOf(dimension)] as Uint16Array;
    const base = radix[at] as number;
    for (let cell = 0; cell < size; cell++) states[cell] = (states[cell] as number) * base + (column[cell] as number);
  }
  return states;
}

/** Every allowed combination, dimension by dimension; one that is ruled out halfway is not gone into further. */
function allowedCells(
  dimensions: readonly number[],
  { levels, exclusions }: Filling,
): readonly Uint16Array[] | undefined {
  const tests = dimensions.map((_, depth) => exclusions.filter(({ scope }) => isDecidedAt(scope, dimensions, depth)));
  const current = new Map<number, number>();
  const columns: number[][] = dimensions.map(() => []);
  const into = (depth: number): boolean => {
    const dimension = dimensions[depth];
    if (dimension === undefined) {
      for (const [at, one] of dimensions.entries()) columns[at]?.push(current.get(one) as number);
      return (columns[0]?.length ?? 0) <= mostCells;
    }
    const { size, shares } = levels[dimension] as Levels;
    for (let level = 0; level < size; level++) {
      if (shares[level] === 0) continue;
      current.set(dimension, level);
      if (tests[depth]?.every(({ scope, allowed }) => allowed[placeIn(scope, current)] === 1) && !into(depth + 1)) {
        return false;
      }
    }
    return true;
  };
  return into(0) ? columns.map((column) => Uint16Array.from(column)) : undefined;
}

/** The last dimension of a scope is settled at this depth, and all of its others are before. */
function isDecidedAt(scope: Scope, dimensions: readonly number[], depth: number): boolean {
  const places = scope.dimensions.map((dimension) => dimensions.indexOf(dimension));
  return !places.includes(-1) && Math.max(...places) === depth;
}

function placeIn(scope: Scope, current: ReadonlyMap<number, number>): number {
  return scope.dimensions.reduce(
    (place, dimension, at) => place + (current.get(dimension) as number) * (scope.strides[at] as number),
    0,
  );
}

/** The class that each cell of a table has in a family whose dimensions the table has all of. */
export function classesIn(table: Table, { scope, classOf }: Pick<Family, "scope" | "classOf">): Int32Array {
  const places = new Int32Array(table.size);
  for (const [at, dimension] of scope.dimensions.entries()) {
    const column = table.values[table.dimensions.indexOf(dimension)] as Uint16Array;
    const stride = scope.strides[at] as number;
    for (let cell = 0; cell < table.size; cell++)
      places[cell] = (places[cell] as number) + (column[cell] as number) * stride;
  }
  return places.map((place) => classOf[place] as number);
}

/** The place of the smallest table that has all of these dimensions. */
export function homeOf(tables: readonly Table[], { dimensions }: Scope): number {
  let best = -1;
  for (const [place, table] of tables.entries()) {
    if (!dimensions.every((dimension) => table.dimensions.includes(dimension))) continue;
    if (best < 0 || table.size < (tables[best] as Table).size) best = place;
  }
  return best;
}
