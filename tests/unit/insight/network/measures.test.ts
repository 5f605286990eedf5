import { describe, expect, it } from "vitest";
import { communitiesOf } from "../../../../src/insight/network/communities.ts";
import { homophily } from "../../../../src/insight/network/homophily.ts";
import { measureNetwork } from "../../../../src/insight/network/measures.ts";
import type { SocialGraph } from "../../../../src/kernel/contracts/world/network.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import expectedValues from "./expected.json" with { type: "json" };

const columnOf = <R, K extends keyof R>(rows: readonly R[], column: K) => rows.map((row) => row[column]);

const graphOf = (size: number, edges: readonly (readonly [number, number, number?, string?])[]) => ({
  people: Array.from({ length: size }, (_, place) => ({ id: `p${place}`, name: `Person ${place}`, place })),
  relations: () =>
    edges.map(([one, other, weight = 1, type = "friend"]) => ({ from: `p${one}`, to: `p${other}`, type, weight })),
});

describe.each(Object.entries(expectedValues.networks))(
  "%s, as networkx measures it",
  (_name, { edges, expected, ...of }) => {
    const graph = graphOf(of.groups.length, edges as [number, number, number][]);
    const { network, people } = measureNetwork(graph);
    it("has these people", () => {
      expect(columnOf(people, "degreeIn")).toEqual(expected.in);
      expect(columnOf(people, "degreeOut")).toEqual(expected.out);
      expect(columnOf(people, "strengthIn")).toEqual(expected.strengthIn);
      expect(columnOf(people, "strengthOut")).toEqual(expected.strengthOut);
      for (const [place, one] of people.entries())
        expect(one.clustering).toBeCloseTo(expected.localClustering[place] ?? -1, 12);
      const sizes = Map.groupBy(people, (one) => one.component);
      expect([...sizes].toSorted(([one], [other]) => one - other).map(([, all]) => all.length)).toEqual(
        expected.components,
      );
    });
    it("has these figures", () => {
      expect(network.ties).toBe(edges.length);
      for (const figure of ["density", "reciprocity", "clustering", "transitivity", "pathLength"] as const)
        expect(network[figure]).toBeCloseTo(expected[figure], 12);
      expect(network.longestPath).toBe(expected.longestPath);
      expect(network.components).toBe(expected.components.length);
      expect(network.largestComponent).toBeCloseTo((expected.components[0] ?? 0) / people.length, 12);
    });
    it("has this homophily", () => {
      const nominal = homophily(graph, ({ place }) => of.groups[place], { attribute: "group" });
      expect(nominal.assortativity).toBeCloseTo(expected.nominal, 12);
      expect(nominal.modularity).toBeCloseTo(expected.modularity, 12);
      const numeric = homophily(graph, ({ place }) => of.ages[place], { attribute: "age" });
      expect(numeric.assortativity).toBeCloseTo(expected.numeric, 10);
      expect([nominal.kind, numeric.kind]).toEqual(["nominal", "numeric"]);
    });
    it("has communities about as good as those that networkx finds, the same each time", async () => {
      const found = await communitiesOf(graph);
      expect(found.modularity).toBeGreaterThan(expected.louvain - 0.03);
      expect(await communitiesOf(graph)).toEqual(found);
      expect((await communitiesOf(graph, { random: createRandom(5) })).people).toHaveLength(people.length);
    });
  },
);

describe("a measured network", () => {
  it("counts relations of several types between two people as one tie, and only the types that are asked for", () => {
    const graph = graphOf(3, [
      [0, 1, 1, "friend"],
      [1, 2],
      [0, 1, 2, "colleague"],
    ]);
    expect(measureNetwork(graph).network.ties).toBe(2);
    expect(measureNetwork(graph).people[0]).toMatchObject({ degreeOut: 1, strengthOut: 3 });
    expect(measureNetwork(graph, { types: ["colleague"] }).people.map((one) => one.degreeIn)).toEqual([0, 1, 0]);
  });
  it("says nothing of what is not there", () => {
    const nobody: SocialGraph = graphOf(0, []);
    expect(measureNetwork(nobody).network).toEqual({
      ...{ people: 0, ties: 0, density: undefined, reciprocity: undefined, clustering: undefined, pathsFrom: 0 },
      ...{ transitivity: undefined, components: 0, largestComponent: undefined, pathLength: undefined },
      longestPath: undefined,
    });
    const apart = graphOf(2, []);
    expect(homophily(apart, () => "a", { attribute: "x" })).toMatchObject({
      assortativity: undefined,
      same: undefined,
    });
    expect(homophily(apart, () => 1, { attribute: "x" }).assortativity).toBeUndefined();
  });
  it("leaves ties of people without a value out", () => {
    const chain = graphOf(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const values = ["a", "a", undefined, "b"];
    const row = homophily(chain, ({ place }) => values[place], { attribute: "side" });
    expect(row).toMatchObject({ ties: 1, unknown: 1, same: 1, modularity: 0 });
  });
  it("looks for ways from people that are spread evenly where there are many", () => {
    const ring = graphOf(
      40,
      Array.from({ length: 40 }, (_, place) => [place, (place + 1) % 40] as const),
    );
    expect(measureNetwork(ring, { pathsFrom: 4 }).network).toMatchObject({
      pathsFrom: 4,
      pathLength: 20,
      longestPath: 39,
    });
  });
  it("has nobody in communities of others where nobody is related", async () => {
    expect(await communitiesOf(graphOf(3, []))).toMatchObject({ count: 3, modularity: undefined });
  });
});
