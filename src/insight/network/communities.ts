import type { SocialGraph } from "../../kernel/contracts/world/network.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { createRandom, type Random } from "../../kernel/values/random.ts";
import { adjacencyOf, type NetworkSelection } from "./adjacency.ts";
import { modularityOf } from "./homophily.ts";

/** Which community somebody belongs to. */
export interface CommunityRow {
  readonly person: PersonId;
  readonly name: string;
  /** From 1, the largest first. */
  readonly community: number;
}

/** The communities of a network, and how much more is related within them than by chance. */
export interface Communities {
  readonly people: readonly CommunityRow[];
  readonly count: number;
  readonly modularity: number | undefined;
}

/** What is looked at, and with which dice. */
export interface CommunityOptions extends NetworkSelection {
  /** The order in which people are looked at is drawn. Default: dice of their own, the same each time. */
  readonly random?: Random;
}

/**
 * Who belongs together: groups within which more is related than by chance (V. D. Blondel and others, "Fast unfolding of
 * communities in large networks", 2008, by graphology). Directions do not count, nor do weights.
 * @example
 * const family = simulation.network("family", [lisa, oscar]).addMutualRelation(lisa, oscar);
 * (await communitiesOf(family)).count; // => 1
 */
export async function communitiesOf(
  network: SocialGraph,
  { types, random = createRandom("communities") }: CommunityOptions = {},
): Promise<Communities> {
  const { near, size } = adjacencyOf(network, types && { types });
  const [{ UndirectedGraph }, { default: louvain }] = await Promise.all([
    import("graphology"),
    import("graphology-communities-louvain") as Promise<{ default: unknown }>,
  ]);
  if (!isDetection(louvain)) throw new TypeError("graphology-communities-louvain exports no function.");
  const graph = new UndirectedGraph();
  for (let one = 0; one < size; one++) graph.addNode(one);
  for (const [one, others] of near.entries()) for (const other of others) if (one < other) graph.addEdge(one, other);
  const found = graph.size === 0 ? {} : louvain(graph, { rng: () => random.next() });
  const groups = numbered(Array.from({ length: size }, (_, place) => found[place] ?? -1 - place));
  const people = network.people.map(({ id, name }, place) => ({ person: id, name, community: groups[place] ?? 0 }));
  return { people, count: new Set(groups).size, modularity: modularityOf(near, groups) };
}

/** The package is CommonJS: its default export is the function itself, whatever its types say. */
type Detection = (graph: object, options: { readonly rng: () => number }) => Readonly<Record<number, number>>;
const isDetection = (exported: unknown): exported is Detection => typeof exported === "function";

/** The same groups by numbers from 1, the largest first; of equals the one that comes first. */
function numbered(groups: readonly number[]): readonly number[] {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes].sort(([, one], [, other]) => other - one).map(([group]) => group);
  const numbers = new Map(order.map((group, place) => [group, place + 1]));
  return groups.map((group) => numbers.get(group) ?? 0);
}
