import type { SocialGraph } from "../../kernel/contracts/world/network.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { type Adjacency, adjacencyOf, distancesFrom, type NetworkSelection } from "./adjacency.ts";

/** Where somebody stands in a network. */
export interface PersonRow {
  readonly person: PersonId;
  readonly name: string;
  /** To how many people this person is something. */
  readonly degreeIn: number;
  /** How many people are something to this person. */
  readonly degreeOut: number;
  readonly strengthIn: number;
  /** The weights of all relations together. */
  readonly strengthOut: number;
  /** The share of pairs among those related to them that are related themselves, in any direction. */
  readonly clustering: number;
  /** Everybody of one component can be reached from everybody, whatever the directions; 1 is the largest. */
  readonly component: number;
}

/** A network in figures; absent where there is nothing to measure. */
export interface NetworkRow {
  readonly people: number;
  /** Pairs of one person and another who is something to them. */
  readonly ties: number;
  /** The share of all pairs, each in both directions, that are tied. */
  readonly density: number | undefined;
  /** The share of ties that go both ways. */
  readonly reciprocity: number | undefined;
  /** The mean of all people's clustering (D. J. Watts and S. H. Strogatz, 1998). */
  readonly clustering: number | undefined;
  /** The share of pairs of ties from one person that are closed to a triangle. */
  readonly transitivity: number | undefined;
  readonly components: number;
  /** The share of people in the largest. */
  readonly largestComponent: number | undefined;
  /** The mean length of the shortest ways along the directions, where there is one. */
  readonly pathLength: number | undefined;
  /** The longest of them. */
  readonly longestPath: number | undefined;
  /** From how many people ways were looked for: all, or so many, evenly spread over the list. */
  readonly pathsFrom: number;
}

/** What `measureNetwork` found. */
export interface NetworkMeasures {
  readonly network: NetworkRow;
  readonly people: readonly PersonRow[];
}

/** What is measured, and how much of it. */
export interface MeasureOptions extends NetworkSelection {
  /** From how many people at most ways are looked for. Default 1,000. */
  readonly pathsFrom?: number;
}

/**
 * A network in figures, and where each person stands in it, as rows for `rowsToCsv`. Relations of several types between
 * two people are one tie.
 * @example
 * const family = simulation.network("family", [lisa, oscar]).addRelation(lisa, oscar, { type: "brother" });
 * measureNetwork(family).network.density; // => 0.5
 */
export function measureNetwork(
  network: SocialGraph,
  { pathsFrom = 1000, types }: MeasureOptions = {},
): NetworkMeasures {
  const graph = adjacencyOf(network, types && { types });
  const triangles = trianglesOf(graph);
  const clustering = graph.near.map(({ length: degree }, place) => share(triangles[place] ?? 0, pairs(degree)) ?? 0);
  const components = componentsOf(graph);
  const people = network.people.map(
    ({ id, name }, place): PersonRow => ({
      person: id,
      name,
      degreeIn: graph.into[place]?.length ?? 0,
      degreeOut: graph.out[place]?.length ?? 0,
      strengthIn: graph.strengthIn[place] ?? 0,
      strengthOut: graph.strengthOut[place] ?? 0,
      clustering: clustering[place] ?? 0,
      component: components.of[place] ?? 0,
    }),
  );
  return {
    people,
    network: { ...figuresOf(graph, { triangles, clustering, components }), ...waysIn(graph, pathsFrom) },
  };
}

const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const pairs = (count: number): number => (count * (count - 1)) / 2;

interface Found {
  readonly triangles: Float64Array;
  readonly clustering: readonly number[];
  readonly components: Components;
}

function figuresOf({ size, out, near }: Adjacency, { triangles, clustering, components }: Found) {
  const ties = sum(out.map((others) => others.length));
  const undirected = sum(near.map((others) => others.length)) / 2;
  return {
    people: size,
    ties,
    density: share(ties, size * (size - 1)),
    reciprocity: share(2 * (ties - undirected), ties),
    clustering: share(sum(clustering), size),
    transitivity: share(sum(triangles), sum(near.map((others) => pairs(others.length)))),
    components: components.sizes.length,
    largestComponent: share(components.sizes[0] ?? 0, size),
  };
}

/** Of how many triangles each person is a corner. */
function trianglesOf({ size, near }: Adjacency): Float64Array {
  const counts = new Float64Array(size);
  const marked = new Int32Array(size).fill(-1);
  for (const [one, others] of near.entries()) {
    for (const other of others) marked[other] = one;
    let closed = 0;
    for (const other of others) for (const third of near[other] ?? []) if (marked[third] === one) closed += 1;
    counts[one] = closed / 2;
  }
  return counts;
}

interface Components {
  /** The number of each person's component, from 1, the largest first; of equals the one that comes first. */
  readonly of: Int32Array;
  readonly sizes: readonly number[];
}

function componentsOf({ size, near }: Adjacency): Components {
  const found: number[][] = [];
  const seen = new Uint8Array(size);
  for (let one = 0; one < size; one++) {
    if (seen[one] === 1) continue;
    const members = [one];
    seen[one] = 1;
    for (let at = 0; at < members.length; at++) {
      for (const other of near[members[at] as number] ?? []) {
        if (seen[other] === 1) continue;
        seen[other] = 1;
        members.push(other);
      }
    }
    found.push(members);
  }
  found.sort((one, other) => other.length - one.length);
  const of = new Int32Array(size);
  for (const [number, members] of found.entries()) for (const one of members) of[one] = number + 1;
  return { of, sizes: found.map((members) => members.length) };
}

function waysIn({ size, out }: Adjacency, most: number) {
  const starts = Math.min(size, most);
  const distances = new Int32Array(size);
  let [total, ways, longest] = [0, 0, 0];
  for (let start = 0; start < starts; start++) {
    const reached = distancesFrom(Math.floor((start * size) / starts), out, distances);
    ways += reached.length - 1;
    for (const one of reached) total += distances[one] ?? 0;
    longest = Math.max(longest, distances[reached.at(-1) ?? 0] ?? 0);
  }
  return { pathLength: share(total, ways), longestPath: ways === 0 ? undefined : longest, pathsFrom: starts };
}
