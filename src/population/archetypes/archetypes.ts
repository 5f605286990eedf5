import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { createRandom } from "../../kernel/values/random.ts";
import type { Draw } from "../draw.ts";
import type { Specification } from "../specification/schema.ts";
import { cluster, distance, type Trait } from "./prototypes.ts";

/** How many archetypes, and where chance comes from. */
export interface ArchetypeOptions {
  readonly count: number;
  readonly seed: number | string;
}

/** One person who stands for those who are most like them. */
export interface Archetype {
  /** The person of the sample who is nearest to the middle of the group. */
  readonly draw: Draw;
  /** The ids of all whom they stand for, themselves among them. */
  readonly members: readonly string[];
  /** The weights of those together. */
  readonly weight: number;
  /** How far members are from them on average: 0 the same in everything, 1 in nothing. */
  readonly distance: number;
}

/** What is lost of one dimension where archetypes, by their weights, stand for everybody. */
export interface ArchetypeError {
  readonly dimension: string;
  /** Half the sum of all differences of shares; of numbers, of tenths of the population. */
  readonly totalVariation: number;
}

/** A population as few people, and what that costs. */
export interface Archetypes {
  readonly archetypes: readonly Archetype[];
  readonly errors: readonly ArchetypeError[];
}

/**
 * Finds the people who best stand for all: groups of those who are alike, and one real draw from the middle of each,
 * weighted by the group. Each member stays the individual who was drawn around them. No model is asked. Throws
 * OPTION_INVALID where there are fewer people than archetypes.
 * @example
 * const dimensions = { drink: { kind: "categorical", shares: { tea: 0.6, coffee: 0.4 } } };
 * const drinkers = { specification: 1, name: "Drinkers", dimensions };
 * const { people } = await samplePopulation(drinkers, { size: 10, seed: 7 });
 * archetypesOf(people, drinkers, { count: 2, seed: 7 }).errors; // => [{ dimension: "drink", totalVariation: 0 }]
 */
export function archetypesOf(
  people: readonly Draw[],
  specification: Specification,
  options: ArchetypeOptions,
): Archetypes {
  const { count, seed } = options;
  if (!Number.isInteger(count) || count < 1 || count > people.length) {
    throw new TinyTroupeError("OPTION_INVALID", `${people.length} people cannot have ${count} archetypes.`, {
      data: { option: "count", value: count },
      hint: "Give a whole number from 1 to the number of people.",
    });
  }
  const drawn = Object.entries(specification.dimensions).filter(([, { kind }]) => kind !== "free");
  const traits = drawn.map(([id, dimension]) => traitOf(people, id, dimension));
  const { clusterOf, medoids } = cluster(traits, count, createRandom(seed).fork("archetypes"));
  const archetypes = medoids.flatMap((medoid, at): Archetype[] => {
    const members = people.flatMap((_, person) => (clusterOf[person] === at ? [person] : []));
    const draw = people[medoid];
    if (draw === undefined) return [];
    const middle = traits.map(({ values }) => values[medoid] as number);
    return [
      {
        draw,
        members: members.map((person) => people[person]?.id ?? ""),
        weight: members.reduce((sum, person) => sum + (people[person]?.weight ?? 0), 0),
        distance: members.reduce((sum, person) => sum + distance(traits, middle, person), 0) / members.length,
      },
    ];
  });
  const errors = drawn.map(([dimension, { kind }]) => ({
    dimension,
    totalVariation: variation(people, archetypes, { dimension, numeric: kind === "numeric" }),
  }));
  return { archetypes, errors };
}

function traitOf(people: readonly Draw[], id: string, dimension: Specification["dimensions"][string]): Trait {
  const values = people.map((draw) => draw.values[id]);
  if (dimension.kind === "categorical") {
    const codes = [...new Set(values)];
    const places = new Map(codes.map((value, place) => [value, place]));
    return { kind: "code", values: Float64Array.from(values, (value) => places.get(value) ?? -1) };
  }
  // An order is taken for even steps.
  const order = dimension.kind === "ordinal" ? Object.keys(dimension.shares) : undefined;
  const numbers = Float64Array.from(values, (value) => (order ? order.indexOf(String(value)) : Number(value)));
  const least = numbers.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  const most = numbers.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  return { kind: "number", values: numbers.map((value) => (most > least ? (value - least) / (most - least) : 0)) };
}

/** How far the shares by the archetypes' weights are from those of all people. */
function variation(
  people: readonly Draw[],
  archetypes: readonly Archetype[],
  { dimension, numeric }: { readonly dimension: string; readonly numeric: boolean },
): number {
  const sorted = numeric ? people.map(({ values }) => Number(values[dimension])).sort((one, other) => one - other) : [];
  const cuts = Array.from({ length: 9 }, (_, tenth) => sorted[Math.floor(((tenth + 1) * sorted.length) / 10)] ?? 0);
  const bin = ({ values }: Draw): string =>
    numeric ? String(cuts.filter((cut) => Number(values[dimension]) >= cut).length) : String(values[dimension]);
  const total = people.reduce((sum, { weight }) => sum + weight, 0);
  const differences = new Map<string, number>();
  const add = (key: string, by: number): unknown => differences.set(key, (differences.get(key) ?? 0) + by);
  for (const draw of people) add(bin(draw), draw.weight / total);
  for (const { draw, weight } of archetypes) add(bin(draw), -weight / total);
  const apart = [...differences.values()].reduce((sum, difference) => sum + Math.abs(difference), 0) / 2;
  return Number(apart.toFixed(12));
}
