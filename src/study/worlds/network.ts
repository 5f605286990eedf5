import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { alongNetwork } from "../../world/network/along-network.ts";
import { readRelations } from "../../world/network/read-relations.ts";
import type { TinySocialNetwork } from "../../world/network/social-network.ts";
import { randomGraph } from "../../world/network/topologies/random-graph.ts";
import { scaleFree } from "../../world/network/topologies/scale-free.ts";
import { smallWorld } from "../../world/network/topologies/small-world.ts";
import { stochasticBlock } from "../../world/network/topologies/stochastic-block.ts";
import type { Topology } from "../../world/network/topologies/topology.ts";
import type { Visibility } from "../../world/visibility/visibility.ts";
import type { NetworkDocument } from "../document/network.ts";
import { invalidStudy } from "../document/parse.ts";
import { type Called, named } from "./names.ts";

/** The network that a study describes, among its people, as the visibility of a world so called. */
export async function visibilityOf(
  document: NetworkDocument,
  world: string,
  { simulation, people }: { readonly simulation: Simulation; readonly people: readonly TinyPerson[] },
): Promise<Visibility> {
  const { relations = [], file, types, atLeast, hops, direction, broadcast, reachOut } = document;
  const network = simulation.network(world, people);
  if (file !== undefined) network.addRelations(await readRelations(simulation.pathOf(file), people));
  for (const topology of topologiesOf(document)) {
    network.grow(topology, simulation.context.random.fork(`network:${world}:${topology.name}`));
  }
  for (const relation of relations) relate(network, relation);
  return alongNetwork(
    network,
    withoutGaps({ types, atLeast, hops, direction, broadcast, reachOut: reachOut && withoutGaps(reachOut) }),
  );
}

function topologiesOf({ random, smallWorld: small, scaleFree: free, groups }: NetworkDocument): readonly Topology[] {
  return [
    ...(random ? [randomGraph(withoutGaps(random))] : []),
    ...(small ? [smallWorld(withoutGaps(small))] : []),
    ...(free ? [scaleFree(withoutGaps(free))] : []),
    ...(groups ? [stochasticBlock({ ...withoutGaps(groups), groups: groups.sizes })] : []),
  ];
}

function relate(
  network: TinySocialNetwork<TinyPerson>,
  relation: NonNullable<NetworkDocument["relations"]>[number],
): void {
  const { from, to, back, ...given } = relation;
  const options = withoutGaps(given);
  if (back === undefined) network.addRelation(from, to, options);
  else network.addMutualRelation(from, to, { ...options, back });
}

type WithoutGaps<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The same without keys that are undefined. */
function withoutGaps<T extends object>(value: T): WithoutGaps<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as WithoutGaps<T>;
}

/** What the names in a network's relations would mean among these people; STUDY_INVALID for what means nobody. */
export function checkNetwork({ relations = [] }: NetworkDocument, people: readonly Called[]): void {
  for (const [place, { from, to }] of relations.entries()) {
    const path = `world.network.relations.${place}`;
    const [one, other] = [named(from, people, `${path}.from`), named(to, people, `${path}.to`)];
    if (one[0] === other[0]) throw invalidStudy([{ path: `${path}.to`, message: "Nobody is related to themselves." }]);
  }
}
