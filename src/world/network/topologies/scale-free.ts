import type { Random } from "../../../kernel/values/random.ts";
import { checkNumber, type TieOptions, type Topology, tied } from "./topology.ts";

/** Options of `scaleFree`. */
export interface ScaleFreeOptions extends TieOptions {
  /** How many each newcomer gets to know: at least 1, and fewer than there are people. */
  readonly links: number;
  /** Only newcomers relate to those who were there, as followers do; otherwise a relation goes both ways. */
  readonly directed?: boolean;
}

/**
 * People come one by one and get to know those whom many know already: few know very many, most know few (A.-L. Barabási
 * and R. Albert, "Emergence of scaling in random networks", 1999). The first `links` + 1 people form a star.
 * @example
 * const followers = simulation.network("followers", simulation.people, scaleFree({ links: 1, directed: true }));
 */
export function scaleFree(options: ScaleFreeOptions): Topology {
  return {
    name: "scale free",
    ties: ({ length }, random) => {
      checkNumber("links", options.links, { from: 1, to: Math.max(1, length - 1), of: "whole numbers" });
      return tied(preferred(length, options.links, random), options);
    },
  };
}

function* preferred(size: number, links: number, random: Random): Generator<readonly [number, number]> {
  // Everybody as often as they are linked: who is drawn from it is drawn by their degree.
  const ends: number[] = [];
  for (let one = 1; one <= Math.min(links, size - 1); one++) {
    ends.push(0, one);
    yield [one, 0];
  }
  for (let one = links + 1; one < size; one++) {
    const chosen = new Set<number>();
    while (chosen.size < links) chosen.add(random.pick(ends));
    for (const other of chosen) {
      ends.push(one, other);
      yield [one, other];
    }
  }
}
