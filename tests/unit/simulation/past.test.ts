import { expect, it } from "vitest";
import { eavesdropping } from "../../../src/index.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { says, scriptedModel, testSimulation } from "../../../src/testing/index.ts";

it("knows what somebody overheard and has not reacted to", async () => {
  const model = scriptedModel(({ scope }) =>
    scope.includes("ann") ? says("The till is short.", "Bob") : says("Yes."),
  );
  await using run = await testSimulation(model, { store: createMemoryStore() });
  const { simulation } = run;
  const people = [];
  for (const name of ["Ann", "Bob", "Cleo"]) people.push(await simulation.person({ name }));
  const room = simulation.world("Room", people, { visibility: eavesdropping(1) }).makeEveryoneAccessible();
  people[0]?.listen("How is business?");
  await room.run(1);
  await simulation.checkpoint("here");
  expect((await simulation.at("here")).people.map(({ name, pending }) => [name, pending])).toEqual([
    ["Ann", []],
    ["Bob", ["Ann: The till is short."]],
    ["Cleo", ["Ann: The till is short."]],
  ]);
  expect(people.map(({ pending }) => pending.length)).toEqual([0, 1, 1]);
});
