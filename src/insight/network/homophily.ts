import type { Relation } from "../../kernel/contracts/world/network.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { adjacencyOf, type NetworkSelection } from "./adjacency.ts";

/** A network whose people have something that can be compared. */
export interface GraphOf<P> {
  readonly people: readonly P[];
  relations(): Iterable<Relation>;
}

/** Whether people are related to those who are like them. */
export interface HomophilyRow {
  readonly attribute: string;
  readonly kind: "nominal" | "numeric";
  /**
   * From 1, only with one's like, over 0, by chance, to -1, only with others: the assortativity coefficient, for numbers
   * the correlation over ties (M. E. J. Newman, "Mixing patterns in networks", 2003). Undefined where all are alike.
   */
  readonly assortativity: number | undefined;
  /** The share of ties between people of the same value. */
  readonly same: number | undefined;
  /** The same if ties went by chance. */
  readonly sameByChance: number | undefined;
  /** How much more of the ties, whatever their direction, is within groups than by chance; for groups only. */
  readonly modularity: number | undefined;
  readonly ties: number;
  /** People without a value; their ties do not count. */
  readonly unknown: number;
}

/** What is compared, and over which relations. */
export interface HomophilyOptions extends NetworkSelection {
  /** What the column is to say. */
  readonly attribute: string;
}

/**
 * Whether people are related to those who are like them in something: a text is a group, numbers are near or far.
 * @param of what of a person is compared; undefined where it is not known
 * @example
 * const family = simulation.network("family", [lisa, oscar]).addMutualRelation(lisa, oscar);
 * homophily(family, (one) => one.persona.nationality, { attribute: "nationality" }).same; // => 0
 */
export function homophily<P extends { readonly id: PersonId; readonly name: string }>(
  network: GraphOf<P>,
  of: (person: P) => string | number | undefined,
  { attribute, types }: HomophilyOptions,
): HomophilyRow {
  const { out, near } = adjacencyOf(network, types && { types });
  const values = network.people.map(of);
  const known = (one: number, other: number): boolean => values[one] !== undefined && values[other] !== undefined;
  const ties = out.flatMap((others, one) => others.filter((other) => known(one, other)).map((other) => [one, other]));
  const ends = ties.map(([one = 0, other = 0]) => [values[one], values[other]] as const);
  const numeric = values.every((value) => value === undefined || typeof value === "number");
  const { same, sameByChance } = mixing(ends);
  const assortativity = numeric ? correlation(ends as readonly Numbers[]) : above(same, sameByChance);
  return {
    attribute,
    kind: numeric ? "numeric" : "nominal",
    assortativity,
    same,
    sameByChance,
    modularity: numeric ? undefined : modularityOf(near, values),
    ties: ties.length,
    unknown: values.filter((value) => value === undefined).length,
  };
}

type Value = string | number | undefined;
type Numbers = readonly [number, number];

function mixing(ends: readonly (readonly [Value, Value])[]) {
  if (ends.length === 0) return { same: undefined, sameByChance: undefined };
  const [from, to] = [new Map<Value, number>(), new Map<Value, number>()];
  for (const [one, other] of ends) {
    from.set(one, (from.get(one) ?? 0) + 1);
    to.set(other, (to.get(other) ?? 0) + 1);
  }
  let chance = 0;
  for (const [value, count] of from) chance += count * (to.get(value) ?? 0);
  const same = ends.filter(([one, other]) => one === other).length;
  return { same: same / ends.length, sameByChance: chance / ends.length ** 2 };
}

const above = (same: number | undefined, chance: number | undefined): number | undefined =>
  same === undefined || chance === undefined || chance === 1 ? undefined : (same - chance) / (1 - chance);

/** Pearson's. */
function correlation(ends: readonly Numbers[]): number | undefined {
  const count = ends.length;
  const meanOf = (side: 0 | 1): number => ends.reduce((total, end) => total + end[side], 0) / count;
  const [first, second] = [meanOf(0), meanOf(1)];
  let [both, one, other] = [0, 0, 0];
  for (const [from, to] of ends) {
    both += (from - first) * (to - second);
    one += (from - first) ** 2;
    other += (to - second) ** 2;
  }
  return one === 0 || other === 0 || count === 0 ? undefined : both / Math.sqrt(one * other);
}

/**
 * The modularity of groups in a network without directions (M. E. J. Newman and M. Girvan, "Finding and evaluating
 * community structure in networks", 2004); who has no group is left out with all their ties.
 */
export function modularityOf(near: readonly (readonly number[])[], groups: readonly Value[]): number | undefined {
  const within = new Map<Value, number>();
  const degrees = new Map<Value, number>();
  let ends = 0;
  for (const [one, others] of near.entries()) {
    const group = groups[one];
    if (group === undefined) continue;
    for (const other of others) {
      if (groups[other] === undefined) continue;
      ends += 1;
      degrees.set(group, (degrees.get(group) ?? 0) + 1);
      if (groups[other] === group) within.set(group, (within.get(group) ?? 0) + 1);
    }
  }
  if (ends === 0) return undefined;
  let modularity = 0;
  for (const [group, degree] of degrees) modularity += (within.get(group) ?? 0) / ends - (degree / ends) ** 2;
  return modularity;
}
