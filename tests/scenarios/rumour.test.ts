import { afterAll, beforeAll, expect, it } from "vitest";
import { defineStudy, type JournalEvent, measureNetwork, rowsToCsv, smallWorld, spreadOf } from "../../src/index.ts";
import { markOf, playPart, wordsOf } from "../support/fake-provider/cast.ts";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await castServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const size = 24;
const steps = 8;

/** A village in which one person learns that the bakery closes, and the others from each other. */
const village = defineStudy({
  name: "village",
  seed: 11,
  run: async (simulation) => {
    const people = [];
    for (let place = 0; place < size; place++) people.push(await simulation.person({ name: `Villager ${place + 1}` }));
    const network = simulation.network(
      "village",
      people,
      smallWorld({ neighbours: 4, rewired: 0.2, type: "neighbour" }),
    );
    const world = simulation.world("Village", people, { network });
    people[0]?.listen("The bakery closes on Friday.", "The baker");
    await world.run(steps);
    const spread = spreadOf(await Array.fromAsync(simulation.story()), "bakery closes");
    const { network: figures } = measureNetwork(network);
    return { spread, csv: rowsToCsv(spread), figures, relations: [...network.relations()] };
  },
});

/** Says on what was heard; who heard nothing of it talks of something else. How slowly the answers come goes by the round. */
const gossip =
  (round: number): Director =>
  (request) => {
    const mark = markOf(request);
    const afterMs = round === 0 ? 0 : Number.parseInt(mark.slice(2 * round, 2 * round + 2), 16) / 8;
    const isTurn = JSON.stringify(request.schema).includes("actions");
    if (!isTurn || !wordsOf(request).includes("bakery")) return { ...playPart(request), afterMs };
    const state = { goals: null, context: null, attention: null, emotions: null };
    const content = `Think of it, the bakery closes! ${mark.match(/../g)?.join(" ")}`;
    return {
      afterMs,
      text: JSON.stringify({ state, actions: [{ type: "TALK", target: null, content }, { type: "DONE" }] }),
    };
  };

/** How many relations away everybody is from the first. */
function distances(relations: readonly { from: string; to: string }[]): ReadonlyMap<string, number> {
  const found = new Map([["villager-1", 0]]);
  for (let hop = 0; hop < size; hop++)
    for (const { from, to } of relations) if (found.get(from) === hop && !found.has(to)) found.set(to, hop + 1);
  return found;
}

/** Who was heard by whom. */
const heard = (story: readonly JournalEvent[]): readonly string[] =>
  story.flatMap((event) =>
    event.type === "delivered" && event.to !== "everyone" ? event.to.map((to) => `${event.from}>${to}`) : [],
  );

it("a rumour goes through a small world along its ties, a tie a step, however many are asked at once", async () => {
  await using first = await tempProject();
  server.direct(gossip(0));
  const options = { model: chatModel, variables: openaiAt(server.url) };
  const one = await first.play(village, { ...options, concurrency: 1 });
  expect(one.error).toBeUndefined();
  const { spread, relations, figures } = one.result;
  expect(relations).toHaveLength(size * 4);
  expect(figures).toMatchObject({ people: size, ties: size * 4, components: 1, reciprocity: 1 });
  const away = distances(relations);
  expect(spread.map((row) => [row.person, row.generation])).toEqual(
    spread.map((row) => [row.person, away.get(row.person)]),
  );
  expect(spread).toHaveLength([...away.values()].filter((hops) => hops <= steps).length);
  expect(spread[0]).toMatchObject({ name: "Villager 1", how: "outside", generation: 0 });
  for (const { generation, step } of spread.slice(1)) expect(step).toBe(generation);
  const ties = new Set(relations.map(({ from, to }) => `${from}>${to}`));
  expect(heard(one.story).length).toBeGreaterThan(size);
  expect(heard(one.story).filter((pair) => !ties.has(pair))).toEqual([]);
  expect(server.requests.map(wordsOf).join()).toMatch(/Within reach: Villager \d+ \(neighbour\); Villager/);
  for (const round of [1, 2]) {
    await using project = await tempProject();
    server.direct(gossip(round));
    const other = await project.play(village, { ...options, concurrency: 64 });
    expect(other.result).toEqual(one.result);
    sameStory(project.store, first.store);
  }
}, 60_000);

it("a rehearsal of it keeps to the ties, and is the same at 1 and 64", async () => {
  await using first = await tempProject();
  await using second = await tempProject();
  const one = await first.play(village, { model: "builtin", concurrency: 1 });
  const other = await second.play(village, { model: "builtin", concurrency: 64 });
  expect(one.error).toBeUndefined();
  expect(other.result).toEqual(one.result);
  sameStory(second.store, first.store);
  const ties = new Set(one.result.relations.map(({ from, to }) => `${from}>${to}`));
  expect(heard(one.story).length).toBeGreaterThan(0);
  expect(heard(one.story).filter((pair) => !ties.has(pair))).toEqual([]);
});

it("another seed makes another village", async () => {
  await using project = await tempProject();
  const one = await project.play(village, { model: "builtin" });
  const other = await project.play({ ...village, seed: 12 }, { model: "builtin" });
  expect(one.result.relations).not.toEqual(other.result.relations);
});
