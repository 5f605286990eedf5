import { ranks } from "../correlation.ts";
import { chiSquareDistribution } from "../distributions/continuous.ts";
import { checkSize, sum, type Unmeasured } from "../measured.ts";
import { tied } from "./rank-sums.ts";

/** Whether several that the same people tried differ, in ranks. */
export interface Friedman {
  readonly chiSquare: number;
  readonly degrees: number;
  /** By the χ² distribution: rough of few people. */
  readonly p: number;
  /** How far people agree on the order (M. G. Kendall's W, 1939): 0 is not at all. */
  readonly effect: number;
}

/**
 * Whether people rank one of several above others (M. Friedman, 1937), ties corrected. One row a person, one place for each
 * of what was tried. It needs two people and two to try.
 * @example
 * const found = await friedman([[1, 2, 3], [2, 4, 9], [1, 5, 6]]);
 * "effect" in found && found.effect; // => 1
 */
export async function friedman(people: readonly (readonly number[])[]): Promise<Friedman | Unmeasured> {
  const width = people[0]?.length ?? 0;
  for (const row of people) checkSize("people", row, width);
  if (people.length < 2) return { reason: "fewer than two people" };
  if (width < 2) return { reason: "fewer than two were tried" };
  const rows = people.map(ranks);
  const n = rows.length;
  const free = n * (width ** 3 - width) - sum(rows.map(tied));
  if (free === 0) return { reason: "nobody tells one from another" };
  const off = rows[0]?.map((_, place) => sum(rows.map((row) => row[place] as number)) - (n * (width + 1)) / 2) ?? [];
  const chiSquare = (12 * (width - 1) * sum(off.map((value) => value ** 2))) / free;
  const degrees = width - 1;
  const { above } = await chiSquareDistribution(degrees);
  return { chiSquare, degrees, p: above(chiSquare), effect: chiSquare / (n * degrees) };
}
