import { checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import { hops as withinHops } from "../visibility/hops.ts";
import type { Visibility } from "../visibility/visibility.ts";
import type { NetworkReach } from "./neighbours.ts";
import type { RelationOptions } from "./relation.ts";
import type { TinySocialNetwork } from "./social-network.ts";

/** How a network governs who hears whom. */
export interface NetworkPolicy extends NetworkReach {
  /** What comes of a REACH_OUT to somebody who is out of reach. Default: nothing, they stay so. */
  readonly reachOut?: NetworkReachOut;
  /** Who hears what is broadcast in the name of somebody: those whom their words reach, or everyone. Default `network`. */
  readonly broadcast?: "network" | "everyone";
}

/** The relation that a REACH_OUT makes, by default of the first of the types that count. */
export interface NetworkReachOut extends RelationOptions {
  /** Over how many relations somebody can be reached. Default: everybody in the world can. */
  readonly within?: number;
  /** Whether it goes both ways. Default true. */
  readonly mutual?: boolean;
}

const known: KeysOf<NetworkPolicy> = {
  ...{ types: true, atLeast: true, direction: true, hops: true },
  ...{ reachOut: true, broadcast: true },
};
const knownOfReachOut: KeysOf<NetworkReachOut> = { type: true, weight: true, within: true, mutual: true };

/**
 * Words go along the relations of a network: to those who are something to the speaker, or as the policy says. People
 * whom the world makes inaccessible to each other stay so. OPTION_INVALID for a number of hops that is none.
 * @example
 * const family = simulation.network("family", [lisa, oscar]).addMutualRelation(lisa, oscar, { type: "cousin" });
 * const party = simulation.world("Party", [lisa, oscar], { visibility: alongNetwork(family, { hops: 2 }) });
 */
export function alongNetwork(network: TinySocialNetwork, policy: NetworkPolicy = {}): Visibility {
  checkKeys(policy, known, "how a network governs talk");
  if (policy.reachOut !== undefined) checkKeys(policy.reachOut, knownOfReachOut, "what comes of a REACH_OUT");
  const { reachOut, broadcast = "network", hops = 1, ...way } = policy;
  const { announced, mayReachOut, ...visibility } = withinHops(hops, (who) => network.neighbours(who, way));
  return {
    ...visibility,
    ...(broadcast === "network" && announced && { announced }),
    name: "along the network",
    network,
    mayReachOut: (who, whom, scene) => {
      if (mayReachOut?.(who, whom, scene) !== false) return true;
      if (reachOut === undefined) return false;
      const { within } = reachOut;
      return within === undefined || network.reachedFrom(who.id, { ...way, hops: within }).has(whom.id);
    },
    drawNear: (who, whom) => {
      if (reachOut === undefined || network.describe(who.id, whom.id) !== undefined) return;
      const { within: _within, mutual = true, ...given } = reachOut;
      const relation = {
        weight: Math.max(1, way.atLeast ?? 0),
        ...(way.types?.[0] && { type: way.types[0] }),
        ...given,
      };
      if (mutual) network.addMutualRelation(who.id, whom.id, relation);
      else network.addRelation(who.id, whom.id, relation);
    },
  };
}
