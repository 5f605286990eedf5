import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { randomGraph } from "../../../../src/world/network/topologies/random-graph.ts";
import { scaleFree } from "../../../../src/world/network/topologies/scale-free.ts";
import { smallWorld } from "../../../../src/world/network/topologies/small-world.ts";
import { stochasticBlock } from "../../../../src/world/network/topologies/stochastic-block.ts";
import type { Tie, Topology } from "../../../../src/world/network/topologies/topology.ts";

const crowd = (size: number) => Array.from({ length: size }, (_, place) => ({ name: `P${place}`, side: place % 3 }));
const drawn = (topology: Topology<{ side: number }>, size: number, seed = 7): readonly Tie[] => [
  ...topology.ties(crowd(size), createRandom(seed)),
];
const keys = (ties: readonly Tie[]): readonly string[] => ties.map(({ from, to }) => `${from}>${to}`);
const outDegrees = (ties: readonly Tie[], size: number): readonly number[] => {
  const degrees = new Array<number>(size).fill(0);
  for (const { from } of ties) degrees[from] = (degrees[from] ?? 0) + 1;
  return degrees;
};

/** Any topology that fits so many people. */
const fitting = fc.integer({ min: 2, max: 40 }).chain((size) =>
  fc.tuple(
    fc.constant(size),
    fc.integer(),
    fc.oneof(
      fc
        .record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), directed: fc.boolean() })
        .map((options) => ({ topology: randomGraph(options), directed: options.directed })),
      fc
        .record({
          neighbours: fc.integer({ min: 0, max: Math.floor((size - 1) / 2) }).map((half) => half * 2),
          rewired: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map((options) => ({ topology: smallWorld(options), directed: false })),
      fc
        .record({ links: fc.integer({ min: 1, max: size - 1 }), directed: fc.boolean() })
        .map((options) => ({ topology: scaleFree(options), directed: options.directed })),
      fc
        .record({
          within: fc.double({ min: 0, max: 1, noNaN: true }),
          between: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map((options) => ({
          topology: stochasticBlock<{ side: number }>({ ...options, groups: (one) => one.side }),
          directed: false,
        })),
    ),
  ),
);

describe("every topology", () => {
  it("ties nobody to themselves, nobody twice, and both ways where it has no direction", () => {
    fc.assert(
      fc.property(fitting, ([size, seed, { topology, directed }]) => {
        const ties = drawn(topology, size, seed);
        const seen = new Set(keys(ties));
        expect(seen.size).toBe(ties.length);
        for (const { from, to } of ties) {
          expect(from).not.toBe(to);
          expect([from, to].every((place) => Number.isInteger(place) && place >= 0 && place < size)).toBe(true);
          if (!directed) expect(seen.has(`${to}>${from}`)).toBe(true);
        }
      }),
    );
  });
  it("is drawn the same by the same dice, and not by others", () => {
    const topologies: readonly Topology<{ side: number }>[] = [
      randomGraph({ degree: 6 }),
      smallWorld({ neighbours: 6, rewired: 0.3 }),
      scaleFree({ links: 3 }),
      stochasticBlock({ groups: [60, 40], within: 0.2, between: 0.02 }),
    ];
    for (const topology of topologies) {
      expect(drawn(topology, 100, 1)).toEqual(drawn(topology, 100, 1));
      expect(drawn(topology, 100, 1)).not.toEqual(drawn(topology, 100, 2));
    }
  });
  it("gives its ties a type and a weight", () => {
    const options = { type: "friend", weight: 0.5 };
    for (const topology of [scaleFree({ links: 1, ...options }), randomGraph({ probability: 1, ...options })])
      for (const tie of drawn(topology, 5)) expect(tie).toMatchObject(options);
  });
});

describe("a random graph", () => {
  it("has all pairs at probability 1 and none at 0", () => {
    expect(drawn(randomGraph({ probability: 1 }), 30)).toHaveLength(30 * 29);
    expect(drawn(randomGraph({ probability: 1, directed: true }), 30)).toHaveLength(30 * 29);
    expect(drawn(randomGraph({ probability: 0 }), 30)).toEqual([]);
    expect(drawn(randomGraph({ degree: 29 }), 30)).toHaveLength(30 * 29);
  });
  it.each([true, false])("has each pair equally often, directed: %s", (directed) => {
    const size = 6;
    const counts = new Map<string, number>();
    const rounds = 4000;
    for (let seed = 0; seed < rounds; seed++)
      for (const key of keys(drawn(randomGraph({ probability: 0.3, directed }), size, seed)))
        counts.set(key, (counts.get(key) ?? 0) + 1);
    expect(counts.size).toBe(size * (size - 1));
    // Five standard deviations of a binomial count.
    const far = 5 * Math.sqrt(rounds * 0.3 * 0.7);
    for (const count of counts.values()) expect(Math.abs(count - rounds * 0.3)).toBeLessThan(far);
  });
  it("draws a hundred thousand people who know ten each", () => {
    const ties = drawn(randomGraph({ degree: 10 }), 100_000);
    expect(ties.length / 100_000).toBeCloseTo(10, 0);
  });
});

describe("a small world", () => {
  it("keeps the number of ties however much is rewired, and everybody's half of them", () => {
    for (const rewired of [0, 0.2, 1]) {
      const ties = drawn(smallWorld({ neighbours: 6, rewired }), 50);
      expect(ties).toHaveLength(50 * 6);
      expect(Math.min(...outDegrees(ties, 50))).toBeGreaterThanOrEqual(3);
    }
  });
  it("is a ring where nothing is rewired", () => {
    const near = drawn(smallWorld({ neighbours: 4, rewired: 0 }), 12).map(({ from, to }) =>
      Math.min((from - to + 12) % 12, (to - from + 12) % 12),
    );
    expect(new Set(near)).toEqual(new Set([1, 2]));
  });
  it("rewires about as many ties as it should", () => {
    const far = drawn(smallWorld({ neighbours: 10, rewired: 0.2 }), 4000).filter(({ from, to }) => {
      const distance = Math.abs(from - to);
      return Math.min(distance, 4000 - distance) > 5;
    });
    // Of 20,000 ties a fifth, each counted from both ends; five standard deviations.
    expect(Math.abs(far.length / 2 - 4000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.2 * 0.8));
  });
  it("is refused where people are too few or neighbours odd", () => {
    expect(() => drawn(smallWorld({ neighbours: 6, rewired: 0.1 }), 6)).toThrow("neighbours");
    expect(() => drawn(smallWorld({ neighbours: 3, rewired: 0.1 }), 9)).toThrow(
      "neighbours cannot be 3 here: it must be an even number from 0 to 8.",
    );
    expect(() => drawn(smallWorld({ neighbours: 2, rewired: 1.5 }), 9)).toThrow("rewired");
  });
});

describe("a scale-free network", () => {
  it("has as many ties as newcomers make, and a few who know very many", () => {
    const size = 2000;
    const ties = drawn(scaleFree({ links: 3 }), size);
    expect(ties).toHaveLength(2 * (3 + (size - 4) * 3));
    const degrees = outDegrees(ties, size).toSorted((one, other) => other - one);
    expect(Math.min(...degrees)).toBeGreaterThanOrEqual(1);
    // Of a Poisson distribution with mean 6 nobody of two thousand would know twenty.
    expect(degrees[0]).toBeGreaterThan(60);
    expect(degrees[size / 2]).toBeLessThan(6);
  });
  it("draws by degree: who is known twice as well is met about twice as often", () => {
    // After the star of one link (0–1), the third person meets either; the fourth by degrees 2:1:1.
    const met = [0, 0, 0];
    for (let seed = 0; seed < 6000; seed++) {
      const ties = drawn(scaleFree({ links: 1, directed: true }), 4, seed);
      const [centre] = ties.filter(({ from }) => from === 2).map(({ to }) => to);
      const [last] = ties.filter(({ from }) => from === 3).map(({ to }) => to);
      const place = last === centre ? 0 : last === 2 ? 1 : 2;
      met[place] = (met[place] ?? 0) + 1;
    }
    for (const [place, share] of [0.5, 0.25, 0.25].entries())
      expect(Math.abs((met[place] ?? 0) - 6000 * share)).toBeLessThan(5 * Math.sqrt(6000 * share * (1 - share)));
  });
  it("is refused where people are too few", () => {
    expect(() => drawn(scaleFree({ links: 4 }), 4)).toThrow("links");
  });
});

describe("a stochastic block model", () => {
  it("ties people of a group with one probability, others with another", () => {
    const ties = drawn(stochasticBlock<{ side: number }>({ groups: (one) => one.side, within: 1, between: 0 }), 30);
    expect(ties).toHaveLength(3 * 10 * 9);
    expect(ties.every(({ from, to }) => from % 3 === to % 3)).toBe(true);
    const apart = drawn(stochasticBlock({ groups: [10, 20], within: 0, between: 1 }), 30);
    expect(apart).toHaveLength(2 * 10 * 20);
    expect(apart.every(({ from, to }) => from < 10 !== to < 10)).toBe(true);
  });
  it("has about as many ties as the probabilities say", () => {
    const ties = drawn(stochasticBlock({ groups: [400, 600], within: 0.05, between: 0.01 }), 1000);
    const inside = ties.filter(({ from, to }) => from < 400 === to < 400).length / 2;
    const pairs = (400 * 399 + 600 * 599) / 2;
    expect(Math.abs(inside - pairs * 0.05)).toBeLessThan(5 * Math.sqrt(pairs * 0.05 * 0.95));
    const across = ties.length / 2 - inside;
    expect(Math.abs(across - 240_000 * 0.01)).toBeLessThan(5 * Math.sqrt(240_000 * 0.01 * 0.99));
  });
  it("is refused where the groups are not all the people", () => {
    expect(() => drawn(stochasticBlock({ groups: [5, 5], within: 1, between: 0 }), 11)).toThrow("sum of groups");
  });
});
