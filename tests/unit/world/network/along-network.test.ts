import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Action } from "../../../../src/kernel/contracts/person.ts";
import { alongNetwork } from "../../../../src/world/network/along-network.ts";
import { TinySocialNetwork } from "../../../../src/world/network/social-network.ts";
import { TinyWorld, type WorldOptions } from "../../../../src/world/tiny-world.ts";
import { eavesdropping } from "../../../../src/world/visibility/eavesdropping.ts";
import { testContext } from "../../../support/context.ts";
import { done, once, type Player, player, reachOut, talk } from "../cast.ts";

type Part = (network: TinySocialNetwork<Player>) => WorldOptions;

/** Ann → Bob → Cleo → Dan; each of them says their words in the first step. */
function village(part: Part, words: Readonly<Record<string, readonly Action[]>> = {}, relate = true) {
  const context = testContext();
  const people = ["Ann", "Bob", "Cleo", "Dan"].map((name) =>
    player(name, context, { restless: true, script: once(words[name] ?? [done]) }),
  );
  const network = new TinySocialNetwork(people);
  if (relate) {
    network.addRelation("Ann", "Bob", { type: "brother" });
    network.addRelation("Bob", "Cleo", { type: "neighbour", weight: 0.5 });
    network.addRelation("Cleo", "Dan", { type: "neighbour", weight: 2 });
  }
  const world = new TinyWorld("Village", people, { ...part(network), context: context.fork("world:village") });
  const heard = (name: string, type = "CONVERSATION") =>
    people.find((one) => one.name === name)?.heard.filter((one) => one.type === type) ?? [];
  const hearers = () => people.filter((one) => heard(one.name).length > 0).map((one) => one.name);
  return { context, people, network, world, heard, hearers };
}

describe("a world with a network", () => {
  it("lets words go to those who are something to the speaker, and to nobody else", async () => {
    const { world, hearers, heard } = village((network) => ({ network }), {
      Bob: [talk("Fire!")],
      Dan: [talk("Help!")],
    });
    await world.run(1);
    expect(hearers()).toEqual(["Cleo"]);
    expect(heard("Dan", "FEEDBACK")).toHaveLength(0);
  });
  it("lets nobody in whose name the network has already, though the world does not", () => {
    const { context, network, world, people } = village((network) => ({ network }));
    network.add(player("Eve", context));
    const [zoe, otherEve] = [player("Zoe", context), player("Eve", context)];
    expect(() => world.add(zoe, otherEve)).toThrowError(expect.objectContaining({ code: "NAME_TAKEN" }));
    expect(world.people).toEqual(people);
    expect(context.events.filter(({ type }) => type === "person-entered")).toEqual([]);
  });
  it("does not let words through to somebody who is named and out of reach", async () => {
    const { world, heard, context } = village((network) => ({ network }), { Ann: [talk("Psst.", "Dan")] });
    await world.run(1);
    expect(heard("Dan")).toEqual([]);
    expect(heard("Ann", "FEEDBACK")[0]?.content).toContain('"Dan" is out of your reach. You can talk to: Bob.');
    expect(context.events).toContainEqual(expect.objectContaining({ type: "undelivered", reason: "inaccessible" }));
  });
  it.each([
    [{ hops: 2 }, ["Bob", "Cleo"]],
    [{ hops: 9 }, ["Bob", "Cleo", "Dan"]],
    [{ types: ["neighbour"] }, []],
    [{ direction: "in" as const }, []],
  ])("lets Ann's words go as the policy %j says", async (policy, reached) => {
    const { world, hearers } = village((network) => ({ visibility: alongNetwork(network, policy) }), {
      Ann: [talk("Hello!")],
    });
    await world.run(1);
    expect(hearers()).toEqual(reached);
  });
  it.each([
    [{ direction: "in" as const }, ["Bob"]],
    [{ direction: "either" as const }, ["Bob", "Dan"]],
    [{ atLeast: 1 }, ["Dan"]],
    [{ direction: "either" as const, hops: 2 }, ["Ann", "Bob", "Dan"]],
  ])("lets Cleo's words go as the policy %j says", async (policy, reached) => {
    const { world, hearers } = village((network) => ({ visibility: alongNetwork(network, policy) }), {
      Cleo: [talk("Hello!")],
    });
    await world.run(1);
    expect(hearers()).toEqual(reached);
  });
  it("keeps apart whom the world keeps apart", async () => {
    const { world, hearers } = village((network) => ({ visibility: alongNetwork(network, { hops: 2 }) }), {
      Ann: [talk("Hello!")],
    });
    world.makeInaccessible("Ann", "Cleo");
    await world.run(1);
    expect(hearers()).toEqual(["Bob"]);
  });
  it("tells people what others are to them", async () => {
    const { world, people } = village((network) => ({ network }));
    await world.run(1);
    expect(people.map((one) => one.asked[0]?.reachable)).toEqual([
      [{ name: "Bob", relation: "brother" }],
      [{ name: "Cleo", relation: "neighbour" }],
      [{ name: "Dan", relation: "neighbour" }],
      [],
    ]);
  });
  it("shows relations where another part says who hears whom, too", async () => {
    const { world, people } = village((network) => ({
      network,
      visibility: { name: "all", circle: () => ({ everyoneBut: new Set() }) },
    }));
    await world.run(1);
    expect(people[0]?.asked[0]?.reachable).toEqual([
      { name: "Bob", relation: "brother" },
      { name: "Cleo" },
      { name: "Dan" },
    ]);
  });
  it("goes together with eavesdropping, and is shown and kept then", async () => {
    const { world, heard, context } = village(
      (network) => ({ visibility: eavesdropping(1, alongNetwork(network, { hops: 2 })) }),
      { Ann: [talk("Between us.", "Bob")] },
    );
    await world.run(1);
    expect(heard("Cleo", "SOCIAL")[0]?.content).toContain("Between us.");
    expect(heard("Dan", "SOCIAL")).toEqual([]);
    expect(context.events.map((event) => event.type)).toContain("relations-formed");
  });
});

describe("a broadcast in somebody's name", () => {
  it("goes along the network, or to everyone where the policy says so; from outside everybody hears it", () => {
    const along = village((network) => ({ network }));
    along.world.broadcast("News!", { from: "Bob" });
    expect(along.hearers()).toEqual(["Cleo"]);
    const all = village((network) => ({ visibility: alongNetwork(network, { broadcast: "everyone" }) }));
    all.world.broadcast("News!", { from: "Bob" });
    expect(all.hearers()).toEqual(["Ann", "Cleo", "Dan"]);
    const outside = village((network) => ({ network }));
    outside.world.broadcast("News!");
    expect(outside.hearers()).toHaveLength(4);
  });
});

describe("reaching out", () => {
  const ann = { Ann: [reachOut("Dan", "May I?")] };
  it("comes to nothing out of reach, unless the policy lets it", async () => {
    const { world, network, heard, context } = village((network) => ({ network }), ann);
    await world.run(1);
    expect(network.isInRelationWith("Ann", "Dan")).toBe(false);
    expect(heard("Dan", "SOCIAL")).toEqual([]);
    expect(heard("Ann", "FEEDBACK")[0]?.content).toContain("out of your reach");
    expect(context.events.map((event) => event.type)).not.toContain("access-changed");
  });
  it("to somebody in reach tells both, and changes nothing", async () => {
    const { world, network, heard, context } = village((network) => ({ network }), { Ann: [reachOut("Bob")] });
    await world.run(1);
    expect([heard("Ann", "SOCIAL"), heard("Bob", "SOCIAL")].map((all) => all.length)).toEqual([1, 1]);
    expect(heard("Ann", "FEEDBACK")).toEqual([]);
    expect(network.size).toBe(3);
    expect(context.events.map((event) => event.type)).not.toContain("access-changed");
  });
  it("makes a relation that is on record, and along which words go from then on", async () => {
    const { world, network, heard, context } = village(
      (network) => ({ visibility: alongNetwork(network, { reachOut: { type: "acquaintance" } }) }),
      { Ann: [reachOut("Dan", "May I?"), talk("Hello, Dan!", "Dan")] },
    );
    await world.run(1);
    expect(network.describe("dan", "ann")).toBe("acquaintance");
    expect(heard("Dan").map((one) => one.content)).toEqual(["Hello, Dan!"]);
    const set = context.events.filter((event) => event.type === "relation-set");
    expect(set.map(({ from, to, relation, weight }) => [from, to, relation, weight])).toEqual([
      ["ann", "dan", "acquaintance", 1],
      ["dan", "ann", "acquaintance", 1],
    ]);
  });
  it.each([
    [2, false],
    [3, true],
  ])("within %i relations of a chain of three: %s", async (within, made) => {
    const part: Part = (network) => ({ visibility: alongNetwork(network, { reachOut: { within } }) });
    const { world, network } = village(part, ann);
    await world.run(1);
    expect(network.isInRelationWith("Ann", "Dan")).toBe(made);
  });
  it("makes a relation that counts: of the type and the weight that the policy goes by", async () => {
    const policy = { types: ["follows"], atLeast: 3, reachOut: { mutual: false } };
    const { world, network, heard } = village((network) => ({ visibility: alongNetwork(network, policy) }), {
      Ann: [reachOut("Dan"), talk("Hello!")],
    });
    await world.run(1);
    expect(network.relationsOf("Ann")).toContainEqual({ from: "ann", to: "dan", type: "follows", weight: 3 });
    expect(network.relationsOf("Dan")).toEqual([]);
    expect(heard("Dan").map((one) => one.content)).toEqual(["Hello!"]);
  });
});

describe("what is on record", () => {
  it("are the relations at the beginning and every change, of the world's own scope", () => {
    const { network, context } = village((network) => ({ network }));
    network.addRelation("Ann", "Bob", { type: "brother", weight: 4 }).removeRelation("Bob", "Cleo");
    const about = context.events.filter((event) => /^relation/.test(event.type));
    expect(about).toEqual([
      {
        type: "relations-formed",
        id: "world:village#1",
        world: "village",
        relations: [
          ["ann", "bob", "brother", 1],
          ["bob", "cleo", "neighbour", 0.5],
          ["cleo", "dan", "neighbour", 2],
        ],
      },
      {
        ...{ type: "relation-set", id: "world:village#2", world: "village", from: "ann", to: "bob" },
        ...{ relation: "brother", weight: 4, before: 1 },
      },
      {
        ...{ type: "relation-ended", id: "world:village#3", world: "village", from: "bob", to: "cleo" },
        relation: "neighbour",
      },
    ]);
  });
  it("keeps many relations in several events, none twice", () => {
    const context = testContext();
    const people = Array.from({ length: 40 }, (_, place) => player(`P${place}`, context));
    const network = new TinySocialNetwork(people);
    for (const one of people) for (const other of people) if (one !== other) network.addRelation(one, other);
    new TinyWorld("All", people, { network, context: context.fork("world:all") });
    const formed = context.events.flatMap((event) => (event.type === "relations-formed" ? [event.relations] : []));
    expect(formed.map((some) => some.length)).toEqual([500, 500, 500, 60]);
    expect(new Set(formed.flat().map(([from, to]) => `${from} ${to}`)).size).toBe(1560);
  });
  it("counts those who enter in, by name, and forgets nobody who leaves", async () => {
    const { network, world, context } = village((network) => ({ network }));
    const eve = player("Eve Stone", context, { restless: true, script: once([talk("Good morning!")]) });
    world.add(eve);
    network.addMutualRelation("Eve", "Dan", { type: "friend" });
    world.remove("Ann");
    await world.run(1);
    expect(network.isInRelationWith("Ann", "Bob")).toBe(true);
    expect(context.events).toContainEqual(
      expect.objectContaining({ type: "delivered", from: "eve-stone", to: ["dan"] }),
    );
  });
  it("has nothing of networks where there is none", () => {
    const { context } = village(() => ({}));
    expect(context.events.filter((event) => /^relation/.test(event.type))).toEqual([]);
  });
});

it("brings words to exactly those whom a search over all pairs finds", async () => {
  const ids = ["Ann", "Bob", "Cleo", "Dan"] as const;
  const relation = fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(relation, { maxLength: 10 }),
      fc.constantFrom(...ids),
      fc.integer({ min: 1, max: 3 }),
      async (given, speaker, hops) => {
        const relations = given.filter(({ from, to }) => from !== to);
        const { world, hearers } = village(
          (network) => ({ visibility: alongNetwork(network.addRelations(relations), { hops }) }),
          { [speaker]: [talk("Hear, hear!")] },
          false,
        );
        await world.run(1);
        let reached = new Set<string>([speaker]);
        for (let hop = 0; hop < hops; hop++)
          reached = new Set([...reached, ...relations.filter(({ from }) => reached.has(from)).map(({ to }) => to)]);
        expect(hearers()).toEqual(ids.filter((name) => name !== speaker && reached.has(name)));
      },
    ),
    { numRuns: 60 },
  );
});
