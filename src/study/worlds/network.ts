import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import { createRandom } from "../../kernel/values/random.ts";
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
  for (const [, topology] of topologiesOf(document)) {
    network.grow(topology, simulation.context.random.fork(`network:${world}:${topology.name}`));
  }
  for (const relation of relations) relate(network, relation);
  return network;
}

type Drawn = readonly [key: keyof Relations, topology: Topology];

function topologiesOf({ random, smallWorld: small, scaleFree: free, groups }: Relations): readonly Drawn[] {
  return [
    ...(random ? [["random", randomGraph(present(random))] as const] : []),
    ...(small ? [["smallWorld", smallWorld(present(small))] as const] : []),
    ...(free ? [["scaleFree", scaleFree(present(free))] as const] : []),
    ...(groups ? [["groups", stochasticBlock({ ...present(groups), groups: groups.sizes })] as const] : []),
  ];
}

function relate(network: TinySocialNetwork<TinyPerson>, relation: NonNullable<Relations["relations"]>[number]): void {
  const { from, to, back, ...given } = relation;
  const options = present(given);
  if (back === undefined) network.addRelation(from, to, options);
  else network.addMutualRelation(from, to, { ...options, back });
}

/**
 * What a network would be among these people; STUDY_INVALID for a name that means nobody, and for what cannot be drawn
 * among so many.
 */
export function checkRelations(document: Relations, people: readonly Called[], at: string): void {
  const { relations = [] } = document;
  for (const [key, topology] of topologiesOf(document)) checkFit(topology, people, `${at}.${key}`);
  for (const [place, { from, to }] of relations.entries()) {
    const path = `${at}.relations.${place}`;
    const [one, other] = [named(from, people, `${path}.from`), named(to, people, `${path}.to`)];
    if (one[0] === other[0]) throw invalidStudy([{ path: `${path}.to`, message: "Nobody is related to themselves." }]);
  }
}

/** Numbers are looked at before anything is drawn. */
function checkFit(topology: Topology, people: readonly Called[], path: string): void {
  try {
    topology.ties(people, createRandom(0));
  } catch (error) {
    if (!isTinyTroupeError(error, "OPTION_INVALID")) throw error;
    throw invalidStudy([{ path, message: `Among ${people.length} people, ${error.message}` }]);
  }
}
