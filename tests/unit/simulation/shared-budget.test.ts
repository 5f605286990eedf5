import { expect, it } from "vitest";
import { createSharedBudget, noConfiguration, openSimulation, type SharedBudget } from "../../../src/index.ts";
import { createMemoryStore, type Store } from "../../../src/stores.ts";
import { says } from "../../support/person.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const model = scriptedModel((_request, call) => says(`Word ${"abcdefgh".charAt(call)} number ${call}.`));

/** Asks until the money is gone; how often that was. */
async function spend(seed: number, store: Store, sharedBudget: SharedBudget): Promise<number> {
  const options = { name: "cell", seed, model, store, sharedBudget, configuration: noConfiguration };
  const simulation = await openSimulation(options);
  const lisa = await simulation.person({ name: "Lisa" }, { memory: false });
  let asked = 0;
  try {
    for (; asked < 9; asked += 1) await lisa.listenAndAct(`Question ${"x".repeat(asked + 1)}?`);
  } catch (error) {
    expect(error).toMatchObject({ code: "BUDGET_EXCEEDED" });
  }
  await simulation.close("stopped");
  return asked;
}

it("is one wall for all runs that share it", async () => {
  const [store, budget] = [createMemoryStore(), createSharedBudget({ calls: 5 })];
  expect([await spend(1, store, budget), await spend(2, store, budget)]).toEqual([5, 0]);
});

it("is refused where it would be no wall", () => {
  const misspelt = { cals: 5 } as object;
  expect(() => createSharedBudget(misspelt)).toThrow(expect.objectContaining({ data: { option: "cals" } }));
  expect(() => createSharedBudget({ calls: -1 })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  const options = { nam: "pilot" } as object;
  expect(() => createSharedBudget({ calls: 5 }, options)).toThrow(expect.objectContaining({ data: { option: "nam" } }));
});

it("with a name counts what runs under it spent in earlier programs, whichever of them is opened first", async () => {
  const store = createMemoryStore();
  const named = (calls: number, name = "pilot"): SharedBudget => createSharedBudget({ calls }, { name });
  expect(await spend(1, store, named(2))).toBe(2);
  expect(await spend(2, store, named(3))).toBe(1);
  expect(await spend(3, store, named(3))).toBe(0);
  expect(await spend(4, store, named(3, "another"))).toBe(3);
  // Played again, the first two are answered from the journal and pay nothing: there is room for one more.
  const budget = named(4);
  expect(await spend(1, store, budget)).toBe(3);
});
