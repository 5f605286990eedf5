import { describe, expect, it } from "vitest";
import { measureNetwork } from "../../../../src/insight/network/measures.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { randomGraph } from "../../../../src/world/network/topologies/random-graph.ts";
import { scaleFree } from "../../../../src/world/network/topologies/scale-free.ts";
import { smallWorld } from "../../../../src/world/network/topologies/small-world.ts";
import { stochasticBlock } from "../../../../src/world/network/topologies/stochastic-block.ts";
import type { Topology } from "../../../../src/world/network/topologies/topology.ts";
import expected from "./expected.json" with { type: "json" };

interface Drawn {
  readonly pairs: readonly (readonly [number, number])[];
  readonly degrees: readonly number[];
  readonly clustering: number;
  readonly pathLength: number;
}

/** @param pathsFrom from so many people ways are looked for */
function drawn(
  topology: Topology,
  [size, seed, pathsFrom = 0]: readonly [size: number, seed: number, pathsFrom?: number],
): Drawn {
  const people = Array.from({ length: size }, (_, place) => ({ id: `p${place}`, name: `P${place}` }));
  const ties = [...topology.ties(people, createRandom(seed))];
  const graph = {
    people,
    relations: () => ties.map(({ from, to }) => ({ from: `p${from}`, to: `p${to}`, type: "friend", weight: 1 })),
  };
  const { network, people: rows } = measureNetwork(graph, { pathsFrom });
  return {
    pairs: ties.flatMap(({ from, to }) => (from < to ? [[from, to] as const] : [])),
    degrees: rows.map(({ degreeOut }) => degreeOut),
    clustering: network.clustering ?? Number.NaN,
    pathLength: network.pathLength ?? Number.NaN,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => mean(values.map((value) => (value - mean(values)) ** 2));

/** Of a power law of the degrees from six on (A. Clauset and others, 2009, equation 3.7). */
function exponent(degrees: readonly number[]): number {
  const tail = degrees.filter((degree) => degree >= 6);
  return 1 + tail.length / tail.reduce((sum, degree) => sum + Math.log(degree / 5.5), 0);
}

function densities({ pairs }: Drawn, first: number, second: number) {
  const among = (inFirst: number) =>
    pairs.filter((pair) => pair.filter((one) => one < first).length === inFirst).length;
  return {
    first: among(2) / ((first * (first - 1)) / 2),
    between: among(1) / (first * second),
    second: among(0) / ((second * (second - 1)) / 2),
  };
}

const degreesOf = ({ degrees }: Drawn) => ({ degree: mean(degrees), varianceOfDegrees: variance(degrees) });

/** What one network comes to, by its seed. */
const figures: Readonly<Record<keyof typeof expected.networks, (seed: number) => Readonly<Record<string, number>>>> = {
  random: (seed) => {
    const network = drawn(randomGraph({ degree: 8 }), [300, seed]);
    return { ...degreesOf(network), clustering: network.clustering };
  },
  "small world": (seed) => {
    const network = drawn(smallWorld({ neighbours: 8, rewired: 0.1 }), [200, seed, 200]);
    return { ...degreesOf(network), clustering: network.clustering, pathLength: network.pathLength };
  },
  "scale free": (seed) => {
    const { degrees, clustering } = drawn(scaleFree({ links: 3 }), [600, seed]);
    return { degree: mean(degrees), exponent: exponent(degrees), mostKnown: Math.max(...degrees), clustering };
  },
  "stochastic block": (seed) => {
    const network = drawn(stochasticBlock({ groups: [100, 200], within: 0.08, between: 0.02 }), [300, seed]);
    return { ...densities(network, 100, 200), clustering: network.clustering };
  },
};

describe.each(Object.entries(expected.networks))("a %s network", (name, known) => {
  it("comes to what NetworkX's does, over as many seeds", () => {
    const draw = figures[name as keyof typeof figures];
    const rows = Array.from({ length: expected.seeds }, (_, seed) => draw(seed));
    for (const [figure, { mean: theirs, sd }] of Object.entries(known)) {
      const ours = mean(rows.map((row) => row[figure] ?? Number.NaN));
      // Four standard errors of the difference of two such means.
      expect(Math.abs(ours - theirs), `${figure}: ${ours}, and not ${theirs}`).toBeLessThanOrEqual(
        4 * sd * Math.sqrt(2 / expected.seeds) + 1e-12,
      );
    }
  }, 60_000);
});
