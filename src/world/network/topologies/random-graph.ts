import { checkNumber, happenings, type TieOptions, type Topology, tied } from "./topology.ts";

/** Options of `randomGraph`. */
export type RandomGraphOptions = TieOptions & {
  /** Each direction by itself; otherwise a relation goes both ways. */
  readonly directed?: boolean;
} & ({ readonly probability: number } | { /** How many each knows on average. */ readonly degree: number });

/**
 * Everybody is related to everybody else with the same probability (E. N. Gilbert, "Random graphs", 1959, after which
 * P. Erdős and A. Rényi; drawn as by V. Batagelj and U. Brandes, 2005).
 * @example
 * const friends = simulation.network("friends", simulation.people, randomGraph({ degree: 1 }));
 */
export function randomGraph(options: RandomGraphOptions): Topology {
  return {
    name: "random",
    ties: ({ length }, random) => {
      const others = Math.max(1, length - 1);
      if ("degree" in options) checkNumber("degree", options.degree, { from: 0, to: others });
      else checkNumber("probability", options.probability, { from: 0, to: 1 });
      const probability = "degree" in options ? options.degree / others : options.probability;
      const all = length * (length - 1);
      const pairs = options.directed
        ? ordered(happenings(all, probability, random), length)
        : unordered(happenings(all / 2, probability, random));
      return tied(pairs, options);
    },
  };
}

/** The pairs at these places in the list of all of them: (0, 1), (0, 2), … each person with all others. */
function* ordered(places: Iterable<number>, people: number): Generator<readonly [number, number]> {
  for (const place of places) {
    const from = Math.floor(place / (people - 1));
    const to = place % (people - 1);
    yield [from, to < from ? to : to + 1];
  }
}

/** The pairs at these places in the list of all of them: (0, 1), (0, 2), (1, 2), (0, 3), … */
export function* unordered(places: Iterable<number>): Generator<readonly [number, number]> {
  let to = 1;
  let first = 0;
  for (const place of places) {
    while (place >= first + to) {
      first += to;
      to += 1;
    }
    yield [place - first, to];
  }
}
