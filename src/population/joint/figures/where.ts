import type { Where } from "../../specification/schema.ts";
import type { Levels } from "../levels/levels.ts";

type Test = Where[string];

/** Which levels of a dimension a test holds of: 1 at those. */
export function levelsWith(levels: Levels, test: Test): Uint8Array {
  const found = new Uint8Array(levels.size);
  for (let level = 0; level < levels.size; level++) if (holds(levels, level, test)) found[level] = 1;
  return found;
}

function holds(levels: Levels, level: number, test: Test): boolean {
  if (Array.isArray(test)) return test.some((one) => holds(levels, level, one));
  if (typeof test === "object") {
    const range = levels.numbers?.ranges[level];
    return range !== undefined && range.from >= (test.from ?? range.from) && range.to <= (test.to ?? range.to);
  }
  const label = levels.bands[levels.bandOf[level] as number]?.label;
  if (label === String(test)) return true;
  const range = levels.numbers?.ranges[level];
  return range !== undefined && range.from === test && range.to === test;
}

/** A table over all combinations of the levels of some dimensions, the last of which runs fastest. */
export interface Scope {
  /** Places among the dimensions, ascending. */
  readonly dimensions: readonly number[];
  readonly strides: readonly number[];
  readonly sizes: readonly number[];
  /** How many combinations there are. */
  readonly size: number;
}

export function scopeOf(all: readonly Levels[], dimensions: Iterable<number>): Scope {
  const sorted = [...new Set(dimensions)].sort((a, b) => a - b);
  const sizes = sorted.map((place) => (all[place] as Levels).size);
  const strides: number[] = [];
  let size = 1;
  for (let at = sorted.length - 1; at >= 0; at--) {
    strides[at] = size;
    size *= sizes[at] as number;
  }
  return { dimensions: sorted, strides, sizes, size };
}

/** Which combinations of a scope `where` holds of: 1 at those. What is not in the scope counts as held. */
export function maskOver(all: readonly Levels[], scope: Scope, where: Where): Uint8Array {
  const mask = new Uint8Array(scope.size).fill(1);
  for (const [at, dimension] of scope.dimensions.entries()) {
    const levels = all[dimension] as Levels;
    const test = Object.hasOwn(where, levels.id) ? where[levels.id] : undefined;
    if (test === undefined) continue;
    const good = levelsWith(levels, test);
    const [stride, size] = [scope.strides[at] as number, scope.sizes[at] as number];
    for (let cell = 0; cell < scope.size; cell++) if (good[Math.floor(cell / stride) % size] === 0) mask[cell] = 0;
  }
  return mask;
}

/** The places of the dimensions that these name; unknown ones and free ones are left out. */
export function placesOf(all: readonly Levels[], wheres: readonly Where[]): readonly number[] {
  const ids = new Set(wheres.flatMap((where) => Object.keys(where)));
  return all.flatMap(({ id }, place) => (ids.has(id) ? [place] : []));
}
