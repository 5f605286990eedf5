import type { TinyPerson } from "../../person/tiny-person.ts";
import { alongNetwork } from "../../world/network/along-network.ts";
import { readRelations } from "../../world/network/read-relations.ts";
import type { TinySocialNetwork } from "../../world/network/social-network.ts";
import { randomGraph } from "../../world/network/topologies/random-graph.ts";
import { scaleFree } from "../../world/network/topologies/scale-free.ts";
import { smallWorld } from "../../world/network/topologies/small-world.ts";
import { stochasticBlock } from "../../world/network/topologies/stochastic-block.ts";
import type { Topology } from "../../world/network/topologies/topology.ts";
import type { Visibility } from "../../world/visibility/visibility.ts";
import { invalidStudy } from "../document/parse.ts";
import type { NetworkDocument, Relations } from "../document/worlds/network.ts";
import { type Called, named } from "./names.ts";
import type { Stage } from "./parts.ts";
import { present } from "./present.ts";

/** The network that a study describes, among its people, as the visibility of a world so called. */
export async function visibilityOf(document: NetworkDocument, world: string, stage: Stage): Promise<Visibility> {
  const { types, atLeast, hops, direction, broadcast, reachOut } = document;
  const way = { types, atLeast, hops, direction, broadcast, reachOut: reachOut && present(reachOut) };
  return alongNetwork(await networkOf(document, world, stage), present(way));
}

/** Relations as a study describes them, among its people; what is drawn goes by the name of the world. */
export async function networkOf(document: Relations, world: string, { simulation, people }: Stage) {
  const { relations = [], file } = document;
  const network = simulation.network(world, people);
  if (file !== undefined) network.addRelations(await readRelations(simulation.pathOf(file), people));
  for (const topology of topologiesOf(document)) {
    network.grow(topology, simulation.context.random.fork(`network:${world}:${topology.name}`));
  }
  for (const relation of relations) relate(network, relation);
  return network;
}

function topologiesOf({ random, smallWorld: small, scaleFree: free, groups }: Relations): readonly Topology[] {
  return [
    ...(random ? [randomGraph(present(random))] : []),
    ...(small ? [smallWorld(present(small))] : []),
    ...(free ? [scaleFree(present(free))] : []),
    ...(groups ? [stochasticBlock({ ...present(groups), groups: groups.sizes })] : []),
  ];
}

function relate(network: TinySocialNetwork<TinyPerson>, relation: NonNullable<Relations["relations"]>[number]): void {
  const { from, to, back, ...given } = relation;
  const options = present(given);
  if (back === undefined) network.addRelation(from, to, options);
  else network.addMutualRelation(from, to, { ...options, back });
}

/** What the names in a network's relations would mean among these people; STUDY_INVALID for what means nobody. */
export function checkRelations({ relations = [] }: Relations, people: readonly Called[], at: string): void {
  for (const [place, { from, to }] of relations.entries()) {
    const path = `${at}.relations.${place}`;
    const [one, other] = [named(from, people, `${path}.from`), named(to, people, `${path}.to`)];
    if (one[0] === other[0]) throw invalidStudy([{ path: `${path}.to`, message: "Nobody is related to themselves." }]);
  }
}
