import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RelationChange } from "../../../../src/kernel/contracts/world/network.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { networkFrom } from "../../../../src/world/network/saved.ts";
import { TinySocialNetwork } from "../../../../src/world/network/social-network.ts";
import { smallWorld } from "../../../../src/world/network/topologies/small-world.ts";
import { testContext } from "../../../support/context.ts";
import { player } from "../cast.ts";

function family() {
  const context = testContext();
  const [lisa, oscar, min] = ["Lisa Brannigan", "Oscar Diaz", "Min-ji Park"].map((name) => player(name, context));
  return { lisa: lisa!, oscar: oscar!, min: min!, network: new TinySocialNetwork([lisa!, oscar!, min!]) };
}

describe("a network", () => {
  it("holds relations by direction and type, each once", () => {
    const { network, lisa, oscar } = family();
    network
      .addRelation("Lisa", "Oscar", { type: "brother" })
      .addRelation(lisa, oscar, { type: "brother" })
      .addRelation("lisa-brannigan", "oscar-diaz", { type: "colleague", weight: 0.5 });
    expect(network.size).toBe(2);
    expect(network.relationsOf(lisa)).toEqual([
      { from: "lisa-brannigan", to: "oscar-diaz", type: "brother", weight: 1 },
      { from: "lisa-brannigan", to: "oscar-diaz", type: "colleague", weight: 0.5 },
    ]);
    expect(network.relationsOf(oscar)).toEqual([]);
    expect(network.describe(lisa, oscar)).toBe("brother, colleague");
    expect(network.describe(oscar, lisa)).toBeUndefined();
  });
  it("says whether two are related, whichever the direction, by type or at all", () => {
    const { network } = family();
    network.addRelation("Lisa", "Oscar", { type: "brother" });
    expect(network.isInRelationWith("Oscar", "Lisa")).toBe(true);
    expect(network.isInRelationWith("Oscar", "Lisa", "brother")).toBe(true);
    expect(network.isInRelationWith("Oscar", "Lisa", "colleague")).toBe(false);
    expect(network.isInRelationWith("Oscar", "Min-ji")).toBe(false);
  });
  it("refuses a plan that is neither a list nor a topology", () => {
    const { network } = family();
    for (const plan of [{ kind: "smallWorld" }, "smallWorld", smallWorld, undefined] as unknown as never[]) {
      expect(() => network.grow(plan, createRandom(1))).toThrow("has no ties()");
    }
    expect(network.size).toBe(0);
  });
  it("refuses what is no relation, and is then as before", () => {
    const { network, lisa } = family();
    const stranger = player("Lisa Brannigan", testContext());
    expect(() => network.addRelation("Lisa", lisa)).toThrow("themselves");
    expect(() => network.addRelation("Lisa", "Nobody")).toThrow("Nobody here is called 'Nobody'.");
    expect(() => network.addRelation(stranger, "Oscar")).toThrow("Nobody here");
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => network.addRelation("Lisa", "Oscar", { weight })).toThrow("weight");
    for (const type of ["", "  ", "x".repeat(101)])
      expect(() => network.addRelation("Lisa", "Oscar", { type })).toThrow("type");
    expect(() => network.addMutualRelation("Lisa", "Oscar", { type: "brother", back: " " })).toThrow("type");
    expect(network.size).toBe(0);
  });
  it("tells of each that came about, changed or ended, and of nothing else", () => {
    const { network } = family();
    const told: RelationChange[] = [];
    const end = network.onChange((change) => told.push(change));
    network.addMutualRelation("Lisa", "Oscar", { type: "brother", back: "sister" });
    network.addRelation("Lisa", "Oscar", { type: "brother" });
    network.addRelation("Lisa", "Oscar", { type: "brother", weight: 3 });
    network.removeRelation("Lisa", "Oscar", { type: "colleague" });
    network.removeRelation("Lisa", "Oscar");
    end();
    network.removeRelation("Oscar", "Lisa");
    expect(told.map(({ from, type, weight, before }) => [from, type, weight, before])).toEqual([
      ["lisa-brannigan", "brother", 1, 0],
      ["oscar-diaz", "sister", 1, 0],
      ["lisa-brannigan", "brother", 3, 1],
      ["lisa-brannigan", "brother", 0, 3],
    ]);
    expect(network.size).toBe(0);
  });
  it("is data, and comes back from it", () => {
    const { network, lisa, oscar, min } = family();
    network.addMutualRelation("Lisa", "Oscar", { type: "brother", back: "sister" });
    network.addRelation("Lisa", "Min-ji", { weight: 0.25 });
    const saved: unknown = JSON.parse(JSON.stringify(network));
    const again = networkFrom(saved, [lisa, oscar, min]);
    expect(again.toJSON()).toEqual(network.toJSON());
    expect(() => networkFrom(saved, [lisa, oscar])).toThrow("'Min-ji Park' is not among the people");
    expect(() => networkFrom({ people: [], relations: [["a", "a", "x", 1]] }, [lisa])).toThrow("themselves");
    expect(() => networkFrom({ people: [], relations: [["a", "b", "x", -1]] }, [lisa])).toThrow("above 0");
    expect(() => networkFrom([], [lisa])).toThrow(expect.objectContaining({ code: "NETWORK_INVALID" }));
  });
  it("finds by breadth whom words reach, as looking at all pairs again and again does", () => {
    const ids = ["a", "b", "c", "d", "e", "f"] as const;
    const relation = fc.record({
      from: fc.constantFrom(...ids),
      to: fc.constantFrom(...ids),
      type: fc.constantFrom("friend", "rival"),
      weight: fc.constantFrom(0.5, 1, 2),
    });
    const way = fc.record(
      {
        types: fc.subarray(["friend", "rival"]),
        atLeast: fc.constantFrom(0.5, 1, 1.5),
        direction: fc.constantFrom("out" as const, "in" as const, "either" as const),
        hops: fc.integer({ min: 1, max: 4 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(relation, { maxLength: 25 }), way, (given, reach) => {
        const relations = given.filter(({ from, to }) => from !== to);
        const context = testContext();
        const network = new TinySocialNetwork(ids.map((name) => player(name, context))).addRelations(relations);
        // Of one pair and type the last weight counts.
        const known = new Map(relations.map((one) => [`${one.from}${one.to}${one.type}`, one]));
        expect(network.size).toBe(known.size);
        const fits = [...known.values()].filter(
          ({ type, weight }) => (reach.types?.includes(type) ?? true) && weight >= (reach.atLeast ?? 0),
        );
        const { direction = "out", hops = 1 } = reach;
        const next = (one: string) =>
          fits.flatMap(({ from, to }) => [
            ...(direction !== "in" && from === one ? [to] : []),
            ...(direction !== "out" && to === one ? [from] : []),
          ]);
        for (const start of ids) {
          let reached = new Set<string>([start]);
          for (let hop = 0; hop < hops; hop++) reached = new Set([...reached, ...[...reached].flatMap(next)]);
          reached.delete(start);
          expect(network.reachedFrom(start, reach)).toEqual(reached);
        }
      }),
    );
  });
});
