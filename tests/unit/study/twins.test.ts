import { describe, expect, it } from "vitest";
import { defineStudy, noConfiguration, type Simulation, twins, Workplace } from "../../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../../src/models.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { promptOf } from "../../support/person.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const study = defineStudy({
  name: "kettles",
  run: async (simulation) => {
    const cast = [];
    for (const name of ["Ada", "Ben", "Cleo"]) cast.push(await simulation.person({ name, occupation: "baker" }));
    const [ada, ben, cleo] = cast as [(typeof cast)[0], (typeof cast)[0], (typeof cast)[0]];
    const room = simulation.world("Room", cast).makeAccessible(ada, ben);
    room.broadcast("What is a good kettle worth?");
    await room.run(3, { stopWhenQuiet: false });
    await cleo.listenAndAct("And you?");
    return room.transcript().length;
  },
});

async function stage() {
  const rules = await openModel("builtin", { environment: {} });
  const asked: string[] = [];
  const generate = <T>(request: ModelRequest<T>) => {
    asked.push(request.scope);
    return rules.generate(request);
  };
  const model: Model = { ...rules, generate };
  return { asked, options: { model, store: createMemoryStore(), configuration: noConfiguration } };
}

const tells =
  (words: string) =>
  ({ people: [ada] }: Simulation): unknown =>
    ada?.listen(words);
const arms = {
  control: {},
  dearer: { at: "room/2", change: tells("It is 200 euros.") },
  cheaper: { at: "room/2", change: tells("It is 2 euros.") },
};

describe("twins", () => {
  it("pair what each person said and did in each step, and ask what an arm's difference touches", async () => {
    const { asked, options } = await stage();
    const { runs, rows } = await twins(study, { ...options, arms, seeds: [7, 8] });
    expect(runs.map(({ arm, seed }) => [seed, arm])).toEqual(
      ["7", "8"].flatMap((seed) => ["control", "dearer", "cheaper"].map((arm) => [seed, arm])),
    );
    for (const arm of ["dearer", "cheaper"]) {
      for (const seed of ["7", "8"]) {
        const own = rows.filter((row) => row.arm === arm && row.seed === seed);
        const untouched = own.filter(({ step, person }) => step === "room/1" || person === "Cleo");
        expect(untouched.length).toBeGreaterThanOrEqual(4);
        for (const row of untouched) expect(row).toMatchObject({ same: true, reused: true, said: row.baseSaid });
        const told = own.find(({ step, person }) => step === "room/2" && person === "Ada");
        expect(told).toMatchObject({ base: "control", reused: false });
      }
    }
    expect(rows.some((row) => !row.same && row.said !== row.baseSaid)).toBe(true);
    const control = asked.filter((scope) => scope === "person:cleo").length;
    expect(control).toBe(2 * 2);
    const paid = runs.map(({ ledger }) => ledger.paid.calls);
    expect(paid.reduce((sum, calls) => sum + calls, 0)).toBe(asked.length);
  });

  it("started again ask nothing and give the same rows", async () => {
    const { asked, options } = await stage();
    const first = await twins(study, { ...options, arms });
    asked.splice(0);
    const again = await twins(study, { ...options, arms });
    expect(asked).toEqual([]);
    expect(again.rows).toEqual(first.rows);
    expect(again.runs.map(({ run }) => run)).toEqual(first.runs.map(({ run }) => run));
  });

  it("spend no more than one budget for all, over all starts", async () => {
    const { asked, options } = await stage();
    const { asked: all, options: free } = await stage();
    await twins(study, { ...free, arms, seeds: [7, 8] });
    const calls = all.length - 2;
    const limited = { ...options, arms, seeds: [7, 8], budget: { calls } };
    await expect(twins(study, limited)).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(asked.length).toBeLessThanOrEqual(calls);
    await expect(twins(study, limited)).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(asked.length).toBeLessThanOrEqual(calls);
    await twins(study, { ...limited, budget: { calls: all.length } });
    expect(asked.length).toBe(all.length);
  });

  it("can all differ from the study, and need to be two", async () => {
    const { options } = await stage();
    const { control: _none, ...changed } = arms;
    const { runs, rows } = await twins(study, { ...options, arms: changed });
    const names = await Promise.all(runs.map(async ({ run }) => (await options.store.getRun(run))?.name));
    expect(names).toEqual(["kettles / dearer", "kettles / cheaper"]);
    expect(rows.every(({ base, arm }) => base === "dearer" && arm === "cheaper")).toBe(true);
    await expect(twins(study, { ...options, arms: { control: {} } })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("tell where somebody went and to whom they spoke, and are not the same where that differs", async () => {
    const model = scriptedModel((request) => {
      const dear = promptOf(request).includes("200 euros");
      const talk = { type: "TALK", content: "So be it.", target: dear ? "Ben" : "everyone" };
      return { actions: [talk, { type: "MOVE_TO", target: dear ? "Cellar" : "Attic" }, { type: "DONE" }] };
    });
    const house = defineStudy({
      name: "house",
      run: async (simulation) => {
        const places = new Workplace({ places: ["Hall", "Attic", "Cellar"] });
        const one = (name: string) => simulation.person({ name }, { faculties: [places] });
        const room = simulation.world("Room", [await one("Ada"), await one("Ben")], places.parts);
        await room.broadcast("What is a good kettle worth?").run(1);
      },
    });
    const { options } = await stage();
    const reworded = { stimulus: <T extends object>(told: T): T => ({ ...told, content: "It is 200 euros." }) };
    const dearer = { control: {}, dearer: { edit: reworded } };
    const { rows } = await twins(house, { ...options, model, arms: dearer });
    expect(rows.map(({ said, baseSaid, did, baseDid, same }) => [said === baseSaid, did, baseDid, same])).toEqual(
      Array(2).fill([true, "MOVE_TO Cellar", "MOVE_TO Attic", false]),
    );
  });

  it("throw other dice in an arm that edits the seed", async () => {
    const { options } = await stage();
    const dice = defineStudy({ name: "dice", run: async (simulation) => simulation.seed });
    const { runs } = await twins(dice, { ...options, arms: { control: {}, other: { edit: { seed: 9 } } }, seeds: [7] });
    expect(runs.map(({ seed, result }) => [seed, result])).toEqual([
      ["7", "7"],
      ["7", "9"],
    ]);
  });

  it("take an arm with a place alone for one that parts there, and refuse a place to which the study never comes", async () => {
    const { asked, options } = await stage();
    const { runs } = await twins(study, { ...options, arms: { control: {}, same: { at: "room/2" } } });
    expect((await options.store.getRun(runs[1]?.run ?? ""))?.parent).toMatchObject({ run: runs[0]?.run, at: "room/2" });
    expect([runs[1]?.ledger.paid.calls, asked.length]).toEqual([0, runs[0]?.ledger.paid.calls]);
    for (const nowhere of [
      { control: {}, far: { at: "room/9" } },
      { far: { at: "room/9" }, dearer: arms.dearer },
    ])
      await expect(twins(study, { ...options, arms: nowhere })).rejects.toMatchObject({ code: "PLACE_UNKNOWN" });
  });
});
