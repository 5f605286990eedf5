import type { Random } from "../../../kernel/values/random.ts";
import { unordered } from "./random-graph.ts";
import { checkNumber, happenings, type TieOptions, type Topology, tied } from "./topology.ts";

/** Options of `stochasticBlock`. */
export interface StochasticBlockOptions<P> extends TieOptions {
  /** How many people each group has, in their order; or the group of a person. */
  readonly groups: readonly number[] | ((person: P) => string | number | undefined);
  /** The probability that two of one group are related. */
  readonly within: number;
  /** The probability that two of different groups are related. */
  readonly between: number;
}

/**
 * People of a group are related with one probability, people of different groups with another (P. W. Holland, K. B.
 * Laskey and S. Leinhardt, "Stochastic blockmodels: first steps", 1983). Relations go both ways.
 * @example
 * const { people } = simulation;
 * const compatriots = stochasticBlock({ groups: (one) => one.persona.nationality, within: 0.8, between: 0.1 });
 * const neighbours = simulation.network("neighbours", people, compatriots);
 */
export function stochasticBlock<P>(options: StochasticBlockOptions<P>): Topology<P> {
  return {
    name: "stochastic block",
    ties: (people, random) => {
      const { within, between } = options;
      checkNumber("within", within, { from: 0, to: 1 });
      checkNumber("between", between, { from: 0, to: 1 });
      return tied(pairsOf(groupsOf(people, options), options, random), options);
    },
  };
}

/** The places of each group. */
function groupsOf<P>(people: readonly P[], { groups }: StochasticBlockOptions<P>): readonly (readonly number[])[] {
  if (typeof groups !== "function") {
    const total = groups.reduce((sum, size) => sum + size, 0);
    checkNumber("sum of groups", total, { from: people.length, to: people.length, of: "whole numbers" });
    let next = 0;
    return groups.map((size) => Array.from({ length: size }, () => next++));
  }
  const places = new Map<unknown, number[]>();
  for (const [place, person] of people.entries()) {
    const group = groups(person);
    const known = places.get(group);
    if (known === undefined) places.set(group, [place]);
    else known.push(place);
  }
  return [...places.values()];
}

type Probabilities = { readonly within: number; readonly between: number };

function* pairsOf(
  groups: readonly (readonly number[])[],
  { within, between }: Probabilities,
  random: Random,
): Generator<readonly [number, number]> {
  for (const [place, group] of groups.entries()) {
    const size = group.length;
    for (const [one, other] of unordered(happenings((size * (size - 1)) / 2, within, random))) {
      yield [group[one] as number, group[other] as number];
    }
    for (const others of groups.slice(place + 1)) {
      for (const at of happenings(size * others.length, between, random)) {
        yield [group[Math.floor(at / others.length)] as number, others[at % others.length] as number];
      }
    }
  }
}
