import type { Random } from "../../kernel/values/random.ts";
import type { Levels } from "../joint/levels/levels.ts";
import type { Level } from "../specification/schema.ts";
import { rowsBy } from "./columns.ts";

/**
 * What each person has of a dimension: the label of a level, or a number of its range. Numbers of a level follow its
 * distribution as evenly as that many can: one from each of as many equal parts.
 * @param within where in their level people lie, as shares of it, when that is known already
 */
export function valuesOf(
  levels: Levels,
  column: Uint16Array,
  { random, within }: { readonly random: Random; readonly within?: Float64Array | undefined },
): readonly Level[] {
  const { numbers, bands, bandOf } = levels;
  if (numbers === undefined) {
    const labels = Array.from(bandOf, (band) => bands[band]?.label as string);
    return Array.from(column, (level) => labels[level] as string);
  }
  const shares = within ?? spread(levels, column, random);
  return Array.from(column, (level, person) => numbers.value(level, shares[person] as number));
}

function spread(levels: Levels, column: Uint16Array, random: Random): Float64Array {
  const { starts, cells: people } = rowsBy(Int32Array.from(column), levels.size);
  const shares = new Float64Array(column.length);
  for (let level = 0; level < levels.size; level++) {
    const [from, to] = [starts[level] as number, starts[level + 1] as number];
    const order = random.shuffle(Array.from({ length: to - from }, (_, index) => index));
    for (const [index, place] of order.entries())
      shares[people[from + index] as number] = (place + random.next()) / (to - from);
  }
  return shares;
}
