import type { Family } from "../figures/family.ts";
import { balance, hand } from "./balance.ts";
import { classesIn, homeOf, type Table } from "./tables.ts";

/** A family beside the table in which it is met. */
export interface Placed {
  readonly family: Family;
  readonly home: number;
  /** The class of each cell of that table. */
  readonly classes: Int32Array;
}

/** How far a fit got. */
export interface Fit {
  /** How often each table was brought to its figures. */
  readonly sweeps: number;
  /** The largest difference that is left between a figure and what it is to be, as a share of all people. */
  readonly miss: number;
}

export function placed(tables: readonly Table[], families: readonly Family[]): readonly Placed[] {
  return families.map((family) => {
    const home = homeOf(tables, family.scope);
    return { family, home, classes: classesIn(tables[home] as Table, family) };
  });
}

/**
 * Brings the distribution to its figures by iterative proportional fitting (Deming & Stephan 1940; each step is the
 * projection with the least information lost, Csiszár 1975), table by table along the junction tree (Jiroušek &
 * Přeučil 1995): what it converges to has the most entropy of all that meet the figures.
 * @param limits stops when no figure misses by more than `miss`, or after so many sweeps
 */
export function fit(
  tables: readonly Table[],
  all: readonly Placed[],
  limits: { readonly miss: number; readonly sweeps: number },
): Fit {
  if (balance(tables) === 0) return { sweeps: 0, miss: 1 };
  const byTable = tables.map((_, home) => all.filter((one) => one.home === home));
  const children = tables.map((_, at) =>
    tables.flatMap((table, child) => (table.parent === at && child > 0 ? [child] : [])),
  );
  const held = new Map<Placed, Float64Array>(
    all.filter(({ family }) => family.rule === "bounds").map((one) => [one, new Float64Array(one.family.low.length)]),
  );
  let miss = 1;
  let sweeps = 0;
  const visit = (at: number): void => {
    for (const one of byTable[at] ?? []) {
      const missed = bring((tables[at] as Table).mass, one, held.get(one));
      miss = Math.max(miss, missed);
    }
    for (const child of children[at] ?? []) {
      hand(tables, tables[child] as Table, "down");
      visit(child);
      hand(tables, tables[child] as Table, "up");
    }
  };
  while (sweeps < limits.sweeps && miss > limits.miss) {
    miss = 0;
    sweeps++;
    visit(0);
    if (!Number.isFinite(miss)) return { sweeps, miss: 1 };
  }
  for (const table of tables.slice(1)) hand(tables, table, "down");
  return { sweeps, miss };
}

/** What share each class of a family has. */
export function sharesOf(mass: Float64Array, { family, classes }: Placed): Float64Array {
  const sums = new Float64Array(family.labels.length);
  for (let cell = 0; cell < mass.length; cell++) {
    const one = classes[cell] as number;
    if (one >= 0) sums[one] = (sums[one] as number) + (mass[cell] as number);
  }
  return sums;
}

/** One step: the table is brought to the figures of one family. Returns by how much it missed them before. */
function bring(mass: Float64Array, one: Placed, held: Float64Array | undefined): number {
  const sums = sharesOf(mass, one);
  const { rule, low } = one.family;
  if (rule === "bounds") return bound(mass, one, { sums, held: held as Float64Array });
  const inside = sums.reduce((sum, value) => sum + value, 0);
  const wanted = rule === "shares" ? low : low.map((share) => share * inside);
  let miss = 0;
  for (const [index, sum] of sums.entries()) {
    const target = wanted[index] as number;
    if (sum === 0 && target > 0) return Number.POSITIVE_INFINITY;
    miss = Math.max(miss, Math.abs(sum - target));
  }
  if (miss < 1e-15) return miss;
  const factors = sums.map((sum, index) => (wanted[index] === 0 ? 0 : (wanted[index] as number) / sum));
  const region = rule === "within" ? outsideOf(sums, low, inside) : { inside: 1, outside: 1 };
  for (let cell = 0; cell < mass.length; cell++) {
    const index = one.classes[cell] as number;
    const factor = index < 0 ? region.outside : (factors[index] as number) * region.inside;
    mass[cell] = (mass[cell] as number) * factor;
  }
  return miss;
}

/**
 * A condition fixes shares among some, and leaves open how many those are: the projection moves that by the
 * information which fitting the shares costs.
 */
function outsideOf(sums: Float64Array, shares: Float64Array, inside: number): { inside: number; outside: number } {
  if (inside <= 0 || inside >= 1) return { inside: 1, outside: 1 };
  const cost = shares.reduce(
    (sum, share, index) => sum + (share === 0 ? 0 : share * Math.log((share * inside) / (sums[index] as number))),
    0,
  );
  if (!Number.isFinite(cost)) return { inside: 1, outside: 1 };
  const kept = inside * Math.exp(-cost);
  const total = kept + (1 - inside);
  return { inside: kept / total / inside, outside: 1 / total };
}

/**
 * A share between two bounds (Bregman 1967): it is moved to the nearer bound where it lies outside, and back as far
 * as it was moved before where it no longer needs to be.
 */
function bound(
  mass: Float64Array,
  { family, classes }: Placed,
  { sums, held }: { readonly sums: Float64Array; readonly held: Float64Array },
): number {
  const [share = 0] = sums;
  const [low = 0] = family.low;
  const [high = 1] = family.high;
  const miss = Math.max(0, low - share, share - high);
  const odds = (value: number): number => Math.log(value / (1 - value));
  const before = held[0] as number;
  const [up, down] = [before + odds(low) - odds(share), before + odds(high) - odds(share)];
  const after = up > 0 ? up : down < 0 ? down : 0;
  if (after === before || Number.isNaN(after)) return miss;
  held[0] = after;
  const tilt = Math.exp(after - before);
  const total = share * tilt + (1 - share);
  const [inside, outside] = Number.isFinite(tilt) ? [tilt / total, 1 / total] : [1 / share, 0];
  for (let cell = 0; cell < mass.length; cell++)
    mass[cell] = (mass[cell] as number) * (classes[cell] === 0 ? inside : outside);
  return miss;
}
