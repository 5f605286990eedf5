import type { SocialGraph } from "../../kernel/contracts/world/network.ts";
import type { PersonId } from "../../kernel/values/ids.ts";

/** Which relations are measured. */
export interface NetworkSelection {
  /** Only relations of these types. Default: all. */
  readonly types?: readonly string[];
}

/** A network by the places of its people: whoever is related at all, in one direction or in any, once each. */
export interface Adjacency {
  readonly size: number;
  readonly placeOf: ReadonlyMap<PersonId, number>;
  readonly out: readonly (readonly number[])[];
  readonly into: readonly (readonly number[])[];
  /** In either direction. */
  readonly near: readonly (readonly number[])[];
  /** The weights of all relations from and to each. */
  readonly strengthOut: Float64Array;
  readonly strengthIn: Float64Array;
}

export function adjacencyOf(network: SocialGraph, { types }: NetworkSelection = {}): Adjacency {
  const { people } = network;
  const size = people.length;
  const placeOf = new Map(people.map(({ id }, place) => [id, place]));
  const lists = (): number[][] => Array.from({ length: size }, () => []);
  const [said, heard] = [lists(), lists()];
  const [strengthOut, strengthIn] = [new Float64Array(size), new Float64Array(size)];
  for (const { from, to, type, weight } of network.relations()) {
    const [one, other] = [placeOf.get(from), placeOf.get(to)];
    if (one === undefined || other === undefined || types?.includes(type) === false) continue;
    strengthOut[one] = (strengthOut[one] ?? 0) + weight;
    strengthIn[other] = (strengthIn[other] ?? 0) + weight;
    said[one]?.push(other);
    heard[other]?.push(one);
  }
  const [out, into] = [said, heard].map((all) => all.map((others) => [...new Set(others)])) as [number[][], number[][]];
  const near = out.map((others, place) => [...new Set([...others, ...(into[place] ?? [])])]);
  return { size, placeOf, out, into, near, strengthOut, strengthIn };
}

/** How many relations away everybody is from here; -1 for those who cannot be reached. */
export function distancesFrom(start: number, next: Adjacency["out"], into: Int32Array): readonly number[] {
  into.fill(-1);
  into[start] = 0;
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const one = queue[at] as number;
    for (const other of next[one] ?? []) {
      if (into[other] !== -1) continue;
      into[other] = (into[one] ?? 0) + 1;
      queue.push(other);
    }
  }
  return queue;
}
