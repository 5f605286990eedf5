import { expect, it } from "vitest";
import { noConfiguration, openSimulation, readEnvironment } from "../../src/index.ts";
import { createMemoryStore } from "../../src/stores.ts";

/** The story of a ring of people who remember, played so many calls at once; a store that has it already serves it again. */
async function played(concurrency: number, store = createMemoryStore()): Promise<readonly string[]> {
  const environment = { ...readEnvironment(), variables: {} };
  const settled = { environment, configuration: noConfiguration, store, embedder: "lexical" };
  await using simulation = await openSimulation({ name: "ring", seed: 5, model: "builtin", concurrency, ...settled });
  const people = await simulation.loadPeople("lisa", "oscar", "marcos");
  for (const [at, person] of people.entries())
    await person.memory.remember(`Kettle number ${at} was cheap at the market.`);
  const room = simulation.world("Room", people).makeEveryoneAccessible();
  room.broadcast("What do you remember of kettles at the market?");
  await room.run(8);
  await simulation.end();
  const told: string[] = [];
  for await (const event of simulation.story()) told.push(JSON.stringify(event));
  return told.toSorted();
}

it("the same comes to mind one call at a time, sixty-four at once, and when the run is opened again", async () => {
  const one = await played(1);
  const store = createMemoryStore();
  expect(await played(64, store)).toEqual(one);
  expect(await played(64, store)).toEqual(one);
  expect(one.length).toBeGreaterThan(30);
});
