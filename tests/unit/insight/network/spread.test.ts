import { describe, expect, it } from "vitest";
import { spreadOf } from "../../../../src/insight/network/spread.ts";
import { nextStep } from "../../../../src/world/delivery/policies/immediate.ts";
import { alongNetwork } from "../../../../src/world/network/along-network.ts";
import { TinySocialNetwork } from "../../../../src/world/network/social-network.ts";
import { rule } from "../../../../src/world/resolution/rule.ts";
import { TinyWorld, type WorldOptions } from "../../../../src/world/tiny-world.ts";
import { eavesdropping } from "../../../../src/world/visibility/eavesdropping.ts";
import { testContext } from "../../../support/context.ts";
import { done, type Player, player, type Script, talk } from "../../world/cast.ts";

const rumour = "The bakeries are closing on Friday!";
/** Says it on whenever something about it is new. */
const gossip: Script = (news) => (news.some((one) => /baker/.test(one.content)) ? [talk(rumour)] : [done]);

function chain(part: (network: TinySocialNetwork<Player>) => WorldOptions, names = ["Ann", "Bob", "Cleo", "Dan"]) {
  const context = testContext();
  const scripts = new Map<string, Script>();
  const people = names.map((name) =>
    player(name, context, { script: (...of) => (scripts.get(name) ?? gossip)(...of) }),
  );
  for (const { id, name } of people) {
    context.fork(`person:${id}`).journal.record({ type: "person-created", person: id, name, persona: {} });
  }
  const network = new TinySocialNetwork(people);
  for (const [place, name] of names.slice(1).entries()) network.addRelation(names[place] as string, name);
  const world = new TinyWorld("Village", people, { ...part(network), context: context.fork("world:village") });
  const rows = () =>
    spreadOf(context.events, "bakery close Friday").map(({ name, how, from, step, generation, passedOn }) =>
      [name, how, from, step, generation, passedOn].map((cell) => cell ?? "-").join(" "),
    );
  return { context, people, scripts, network, world, rows };
}

describe("the spread of a statement", () => {
  it("is who heard it first from whom at which step, as a tree", async () => {
    const { world, people, rows } = chain((network) => ({ network }));
    people[0]?.observe({ type: "THOUGHT", content: "I know that the bakery closes on Friday." });
    await world.run(6);
    expect(rows()).toEqual(["Ann outside - - 0 1", "Bob told Ann 1 1 1", "Cleo told Bob 2 2 1", "Dan told Cleo 3 3 0"]);
  });
  it("keeps the first telling: who hears it again from others stands once", async () => {
    const { world, network, people, rows } = chain((network) => ({ network }));
    network.addRelation("Ann", "Cleo").addRelation("Bob", "Ann");
    people[0]?.observe({ type: "THOUGHT", content: "The bakery closes on Friday." });
    await world.run(6);
    expect(rows()).toEqual(["Ann outside - - 0 2", "Bob told Ann 1 1 0", "Cleo told Ann 1 1 1", "Dan told Cleo 2 2 0"]);
  });
  it("begins with whoever says it without having heard it", async () => {
    const { world, scripts, people, rows } = chain((network) => ({ network }));
    scripts.set("Bob", () => [talk(rumour)]);
    people[1]?.observe({ type: "THOUGHT", content: "What was it?" });
    await world.run(1);
    expect(rows()).toEqual(["Bob own - 1 0 1", "Cleo told Bob 1 1 0"]);
  });
  it("knows a broadcast from outside, one in somebody's name, and what is overheard", async () => {
    const all = chain((network) => ({ network }));
    all.world.broadcast(rumour);
    expect(all.rows()).toEqual(["Ann", "Bob", "Cleo", "Dan"].map((name) => `${name} broadcast - - 0 0`));
    const one = chain((network) => ({ network }));
    one.world.broadcast(rumour, { from: "Cleo" });
    expect(one.rows()).toEqual(["Cleo own - - 0 1", "Dan told Cleo - 1 0"]);
    const ears = chain((network) => ({ visibility: eavesdropping(1, alongNetwork(network, { hops: 3 })) }));
    ears.scripts.set("Ann", () => [talk(rumour, "Bob")]);
    ears.people[0]?.observe({ type: "THOUGHT", content: "Now." });
    await ears.world.run(1);
    expect(ears.rows()).toEqual([
      "Ann own - 1 0 3",
      "Bob told Ann 1 1 0",
      "Cleo overheard Ann 1 1 0",
      "Dan overheard Ann 1 1 0",
    ]);
  });
  it("passes over a question to all in its words, where that is wanted", async () => {
    const { world, context, scripts } = chain((network) => ({ network }));
    scripts.set("Bob", () => [talk(rumour)]);
    for (const name of ["Ann", "Cleo", "Dan"]) scripts.set(name, () => [done]);
    world.broadcast("Is the bakery closed from Friday on?", { from: "The moderator" });
    await world.run(1);
    const found = (options?: { broadcasts: boolean }) =>
      spreadOf(context.events, /baker/i, options).map(({ name, how, from = "-" }) => `${name} ${how} ${from}`);
    expect(found()).toEqual(["Ann", "Bob", "Cleo", "Dan"].map((name) => `${name} broadcast -`));
    expect(found({ broadcasts: false })).toEqual(["Bob own -", "Cleo told Bob"]);
    const misspelt = { broadcast: false } as object;
    expect(() => spreadOf([], "x", misspelt)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
  it("knows everyone where all hear it, and not those who came later or had left", async () => {
    const { world, context, scripts, people, rows } = chain(() => ({
      visibility: { name: "all", circle: () => ({ everyoneBut: new Set() }) },
    }));
    scripts.set("Ann", () => [talk(rumour)]);
    people[0]?.observe({ type: "THOUGHT", content: "Now." });
    world.remove("Dan");
    await world.run(1);
    world.add(player("Eve", context));
    expect(rows()).toEqual(["Ann own - 1 0 2", "Bob told Ann 1 1 0", "Cleo told Ann 1 1 0"]);
  });
  it("goes by what came about, and by when it arrived", async () => {
    const changed = chain((network) => ({
      network,
      resolution: rule(() => ({ instead: talk("Nice weather."), reason: "Hush." })),
    }));
    changed.scripts.set("Ann", () => [talk(rumour)]);
    changed.people[0]?.observe({ type: "THOUGHT", content: "Now." });
    await changed.world.run(1);
    expect(changed.rows()).toEqual([]);
    const late = chain((network) => ({ network, delivery: nextStep() }));
    late.scripts.set("Ann", () => [talk(rumour)]);
    late.people[0]?.observe({ type: "THOUGHT", content: "Now." });
    await late.world.run(2);
    expect(late.rows()).toEqual(["Ann own - 2 0 1", "Bob told Ann 2 1 0"]);
  });
  it("takes patterns and tests, too, and finds nothing where nothing was said", () => {
    const { world, context } = chain((network) => ({ network }));
    world.broadcast(rumour);
    expect(spreadOf(context.events, /bakeries/g)).toHaveLength(4);
    expect(spreadOf(context.events, (text) => text.startsWith("The"))).toHaveLength(4);
    expect(spreadOf(context.events, "")).toEqual([]);
    expect(spreadOf(context.events, "butcher")).toEqual([]);
    expect(spreadOf(context.events, "bakery")[0]).toMatchObject({ event: "world:village#2", person: "ann" });
  });
});
