import { mixed } from "../spaces/points.ts";
import type { Baseline, Profile, Space } from "../spaces/space.ts";
import type { Unit } from "./units.ts";

/** Groups with fewer others say nothing: then all others do. */
const fewest = 5;

/** Some answers added up, from which one can be taken again. */
interface Sum {
  readonly cells: Float64Array;
  readonly weight: number;
  readonly people: number;
}

interface Counted {
  readonly unit: Unit;
  readonly weight: number;
  readonly often: number;
}

/**
 * Everybody as most of the others answer who are like them in all attributes (on a scale of numbers as the median of these);
 * nothing where no attributes are declared. @param times how often each person counts; once by default
 */
export function demographicOf(units: readonly Unit[], space: Space, times?: Uint8Array): Baseline | undefined {
  if (units.every(({ alike }) => alike === undefined)) return undefined;
  const counted = units.flatMap((unit): readonly Counted[] => {
    const often = times === undefined ? 1 : (times[unit.place] as number);
    return often === 0 ? [] : [{ unit, weight: unit.weight * often, often }];
  });
  const all = added(counted, space.cells);
  const parts: { readonly share: number; readonly profile: Profile }[] = [];
  for (const members of Map.groupBy(counted, ({ unit }) => unit.alike).values()) {
    const own = added(members, space.cells);
    const others = own.people - 1 < fewest ? all : own;
    // Whoever answers the same is foretold the same.
    for (const same of Map.groupBy(members, ({ unit }) => JSON.stringify(unit.cells)).values()) {
      const [{ unit }] = same as [Counted];
      const foretold = guess(space, without(others, unit));
      if (foretold !== undefined)
        parts.push({ share: same.reduce((sum, { weight }) => sum + weight, 0) / all.weight, profile: foretold });
    }
  }
  return parts.length === 0 ? undefined : { name: "demographic", profile: mixed(parts, all.people) };
}

/** What most answer, or, of numbers, the median. */
function guess(space: Space, others: Profile): Profile | undefined {
  if (others.people < 1) return undefined;
  const all = space.baselines(others);
  return (all.find(({ name }) => name === "majority") ?? all.find(({ name }) => name === "middle"))?.profile;
}

function added(all: readonly Counted[], size: number): Sum {
  const cells = new Float64Array(size);
  let [weight, people] = [0, 0];
  for (const one of all) {
    weight += one.weight;
    people += one.often;
    for (const [cell, amount] of one.unit.cells) cells[cell] = (cells[cell] as number) + one.weight * amount;
  }
  return { cells, weight, people };
}

function without({ cells, weight, people }: Sum, { cells: own, weight: less }: Unit): Profile {
  const left = weight - less;
  const shares = cells.slice();
  for (const [cell, amount] of own) shares[cell] = Math.max(0, (shares[cell] as number) - less * amount);
  return { shares: left > 0 ? shares.map((share) => share / left) : shares, people: left > 0 ? people - 1 : 0 };
}
