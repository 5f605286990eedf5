import type { Joint } from "../../joint/joint.ts";
import { type Placed, sharesOf } from "../../joint/tree/fit.ts";
import type { Table } from "../../joint/tree/tables.ts";

/** Counts of the cells of all tables. */
export interface Counted {
  readonly counts: readonly Int32Array[];
  readonly size: number;
}

/** The families of which some figure is one or more people away from its target, or some quota is not kept. */
export function unmet(joint: Joint, tables: readonly Table[], { counts, size }: Counted): readonly Placed[] {
  return joint.placed.filter((one) => {
    const have = sharesOf(Float64Array.from(counts[one.home] as Int32Array), one);
    const { rule, low, high } = one.family;
    if (rule === "bounds") {
      const people = (share: number | undefined): number => Math.round((share ?? 0) * size);
      return (have[0] as number) < people(low[0]) || (have[0] as number) > people(high[0]);
    }
    const shares = aimsOf(one, tables);
    const base = rule === "within" ? have.reduce((sum, count) => sum + count, 0) : size;
    return have.some((count, index) => Math.abs(count - (shares[index] as number) * base) >= 1);
  });
}

/** The shares that are aimed at among those who are drawn: of all, or of those of whom a condition holds. */
export function aimsOf(one: Placed, tables: readonly Table[]): Float64Array {
  const drawn = sharesOf((tables[one.home] as Table).mass, one);
  if (one.family.rule !== "within") return drawn;
  const inside = drawn.reduce((sum, share) => sum + share, 0);
  return drawn.map((share) => (inside === 0 ? 0 : share / inside));
}
