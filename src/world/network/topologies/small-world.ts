import type { Random } from "../../../kernel/values/random.ts";
import { checkNumber, type TieOptions, type Topology, tied } from "./topology.ts";

/** Options of `smallWorld`. */
export interface SmallWorldOptions extends TieOptions {
  /** How many each knows before anybody is rewired, half of them on either side: an even number. */
  readonly neighbours: number;
  /** The probability with which a relation goes to anybody instead, from 0, a lattice, to 1, chance. */
  readonly rewired: number;
}

/**
 * A ring in which all know their neighbours, and a few know somebody far away: much is clustered, and everybody is near
 * (D. J. Watts and S. H. Strogatz, "Collective dynamics of 'small-world' networks", 1998). Relations go both ways.
 * @example
 * const village = simulation.network("village", simulation.people, smallWorld({ neighbours: 0, rewired: 0.1 }));
 */
export function smallWorld(options: SmallWorldOptions): Topology {
  return {
    name: "small world",
    ties: ({ length }, random) => {
      const { neighbours, rewired } = options;
      checkNumber("neighbours", neighbours, { from: 0, to: Math.max(0, length - 1), of: "even numbers" });
      checkNumber("rewired", rewired, { from: 0, to: 1 });
      return tied(rewiredRing(length, options, random), options);
    },
  };
}

function* rewiredRing(size: number, { neighbours, rewired }: SmallWorldOptions, random: Random): Generator<Pair> {
  const known = Array.from({ length: size }, () => new Set<number>());
  const link = (one: number, other: number): void => {
    known[one]?.add(other);
    known[other]?.add(one);
  };
  const laps = Array.from({ length: neighbours / 2 }, (_, lap) => lap + 1);
  for (const lap of laps) for (let one = 0; one < size; one++) link(one, (one + lap) % size);
  for (const lap of laps) {
    for (let one = 0; one < size; one++) {
      const own = known[one] as Set<number>;
      const other = (one + lap) % size;
      // Who knows everybody has nobody to be rewired to.
      if (random.next() >= rewired || own.size >= size - 1 || !own.has(other)) continue;
      let stranger = random.integer(size);
      while (stranger === one || own.has(stranger)) stranger = random.integer(size);
      own.delete(other);
      known[other]?.delete(one);
      link(one, stranger);
    }
  }
  yield* pairsOf(known);
}

type Pair = readonly [number, number];

function* pairsOf(known: readonly ReadonlySet<number>[]): Generator<Pair> {
  for (const [one, others] of known.entries()) for (const other of others) if (one < other) yield [one, other];
}
