import { expect, it } from "vitest";
import { openSimulation, twins } from "../../../src/index.ts";
import { checkKeys } from "../../../src/kernel/text/known-keys.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { defineStudy } from "../../../src/study/define.ts";

const refused = (hint: string) => expect.objectContaining({ code: "OPTION_INVALID", hint });

it("refuses keys that are none, and says which one may be meant", () => {
  const known = { calls: true, usd: true } as const;
  expect(() => checkKeys({ calls: 1 }, known, "budget")).not.toThrow();
  expect(() => checkKeys<object>({ call: 1 }, known, "budget")).toThrow(refused("Did you mean 'calls'?"));
  expect(() => checkKeys<object>({ entirely: 1 }, known, "budget")).toThrow(refused("There are: calls, usd."));
  for (const none of ["3 calls", null, [1]])
    expect(() => checkKeys<unknown>(none, known, "budget")).toThrow(refused("Give an object with any of: calls, usd."));
});

const open = (more: object = {}) =>
  openSimulation({ name: "keys", model: "builtin", store: createMemoryStore(), startAt: "2030-01-01", ...more });

it("holds for simulations, budgets, people, worlds and runs", async () => {
  await expect(open({ sede: 7 })).rejects.toThrow(refused("Did you mean 'seed'?"));
  await expect(open({ budget: { call: 1 } })).rejects.toThrow(refused("Did you mean 'calls'?"));
  await expect(open({ budget: "3 calls" })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  await using simulation = await open();
  await expect(simulation.person("lisa", { memry: false } as object)).rejects.toThrow(
    refused("Did you mean 'memory'?"),
  );
  expect(() => simulation.world("Room", [], { visibilty: 1 } as object)).toThrow(refused("Did you mean 'visibility'?"));
  const room = simulation.world("Room", [await simulation.person("lisa")]);
  await expect(room.run(1, { evry: 1 } as object)).rejects.toThrow(refused("Did you mean 'every'?"));
  await expect(room.run({ day: 2 } as object)).rejects.toThrow(refused("Did you mean 'days'?"));
  await expect(room.run({ days: 2, every: { hour: 12 } as object })).rejects.toThrow(refused("Did you mean 'hours'?"));
  await expect(room.run({ days: 2, every: { hours: 0 } })).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

it("refuses an edit of nobody, which would pass for a change that makes no difference", async () => {
  const study = defineStudy({
    name: "edited",
    run: async (simulation) => void (await (await simulation.person("lisa")).listenAndAct("Hello.")),
  });
  const arms = { plain: {}, changed: { edit: { personas: { "Lisa Branigan": { age: 70 } } } } };
  const store = createMemoryStore();
  const played = twins(study, { arms, seeds: [1], model: "builtin", store });
  await expect(played).rejects.toMatchObject({ code: "TARGET_UNKNOWN" });
});
