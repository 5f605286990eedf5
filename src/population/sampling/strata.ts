import type { Random } from "../../kernel/values/random.ts";
import { scopeOf } from "../joint/figures/where.ts";
import type { Joint } from "../joint/joint.ts";
import { classesIn, type Table } from "../joint/tree/tables.ts";
import { cellAt, urnOf } from "./random.ts";

/**
 * Everybody's cell in the first table, stratum by stratum: each has its share of the people, within rounding
 * (proportional allocation; Neyman 1934), and who of the stratum is drawn is chance.
 */
export function drawByStrata(
  { levels }: Joint,
  root: Table,
  { strata, size, random }: { readonly strata: readonly string[]; readonly size: number; readonly random: Random },
): Int32Array {
  const places = levels.flatMap(({ id }, place) => (strata.includes(id) ? [place] : []));
  const scope = scopeOf(levels, places);
  const stratumOf = classesIn(root, { scope, classOf: Int32Array.from({ length: scope.size }, (_, cell) => cell) });
  const urn = urnOf(root, stratumOf, scope.size);
  const shares = new Float64Array(scope.size);
  for (let cell = 0; cell < root.size; cell++) {
    const stratum = stratumOf[cell] as number;
    shares[stratum] = (shares[stratum] as number) + (root.mass[cell] as number);
  }
  const allocated = allocate(shares, size);
  const cells = new Int32Array(size);
  let next = 0;
  for (const [stratum, count] of allocated.entries()) {
    for (let one = 0; one < count; one++) cells[next++] = cellAt(urn, stratum, random.next());
  }
  return Int32Array.from(random.shuffle([...cells]));
}

/** Whole numbers in proportion to shares: rounded down, and what is left to the largest remainders (Hamilton). */
function allocate(shares: Float64Array, size: number): Int32Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => (share / total) * size);
  const counts = Int32Array.from(exact, Math.floor);
  const left = size - counts.reduce((sum, count) => sum + count, 0);
  const order = [...exact.keys()].sort((a, b) => rest(exact, b) - rest(exact, a) || a - b);
  for (const place of order.slice(0, left)) counts[place] = (counts[place] as number) + 1;
  return counts;
}

const rest = (exact: Float64Array, place: number): number => (exact[place] as number) % 1;
