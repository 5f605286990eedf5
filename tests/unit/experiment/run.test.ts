import { describe, expect, it } from "vitest";
import {
  type Difference,
  defineExperiment,
  defineStudy,
  type ExperimentPlan,
  noConfiguration,
  runExperiment,
  TinyTroupeError,
  unblindObservations,
} from "../../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../../src/models.ts";
import { createMemoryStore } from "../../../src/stores.ts";

const study = defineStudy({
  name: "kettles",
  run: async (simulation) => {
    const cast = [];
    for (const name of ["Ada", "Ben", "Cleo"]) cast.push(await simulation.person({ name, occupation: "baker" }));
    const room = simulation.world("Room", cast.slice(0, 2)).makeEveryoneAccessible();
    room.broadcast("What is a good kettle worth?");
    await room.run(2, { stopWhenQuiet: false });
    await cast[2]?.listenAndAct("And you? A kettle for 40 euros.");
    return { prices: cast.map(({ name }, place) => ({ person: name, price: 40 + place })) };
  },
});
const told = (old: string, now: string): Difference => ({
  edit: { stimulus: (stimulus) => ({ ...stimulus, content: stimulus.content.replace(old, now) }) },
});
const dearer = told("40 euros", "200 euros");
const plan: ExperimentPlan = {
  ...{ name: "prices", study, arms: { control: {}, dearer } },
  metrics: {
    price: { scale: { kind: "number", low: 0 }, from: { table: "prices", column: "price" } },
    talk: { from: { count: "TALK" } },
  },
};

/** A model that notes whom it is asked for, and what a program makes of it. */
async function stage(answer?: (request: ModelRequest<unknown>) => unknown) {
  const rules = await openModel("builtin", { environment: {} });
  const asked: string[] = [];
  const model: Model = {
    ...rules,
    generate: <T>(request: ModelRequest<T>) => {
      asked.push(request.scope);
      answer?.(request);
      return rules.generate(request);
    },
  };
  return { asked, options: { model, store: createMemoryStore(), configuration: noConfiguration } };
}

describe("an experiment", () => {
  it("has a row for each metric, person and arm of each cell, and asks what a difference touches", async () => {
    const { asked, options } = await stage();
    const experiment = defineExperiment({ ...plan, seeds: [1, 2], replicates: 2 });
    const { observations, played, progress } = await runExperiment(experiment, options);
    expect(observations).toHaveLength(2 * 2 * 2 * 3 * 2);
    expect(played.map(({ arm }) => arm)).toEqual(Array.from({ length: 4 }, () => ["control", "dearer"]).flat());
    const talk = observations.filter(({ metric }) => metric === "talk");
    for (const row of talk) expect(row.value).toBeGreaterThan(0);
    const cleo = asked.filter((scope) => scope === "person:cleo").length;
    expect(cleo).toBe(4 * 2);
    expect(asked.filter((scope) => scope === "person:ada").length).toBe(4 * 2);
    expect(progress).toMatchObject({ cells: { done: 4, of: 4 }, arms: { done: 8, of: 8, failed: 0 } });
    expect(progress.calls).toBe(asked.length);
    const [row] = observations.filter(({ person, arm }) => person === "ada" && arm === "dearer");
    expect(row).toMatchObject({ population: "people", model: "builtin", session: `${row?.cell}/room`, value: 40 });
    expect(observations.find(({ person }) => person === "cleo")?.session).toBeUndefined();
    const again = await runExperiment(experiment, options);
    expect(again.progress.calls).toBe(0);
    expect(again.observations).toEqual(observations);
  });

  it("goes on where an arm fails, which is a row with the code", async () => {
    const { options } = await stage(({ messages }) => {
      if (!JSON.stringify(messages).includes("200 euros")) return;
      throw new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask otherwise." });
    });
    const arms = { control: {}, dearer, same: {} };
    const { observations, played } = await runExperiment(defineExperiment({ ...plan, arms }), options);
    const failed = observations.filter(({ arm }) => arm === "dearer");
    expect(failed).toHaveLength(2);
    for (const row of failed) expect(row).toMatchObject({ person: "", value: null, missing: "MODEL_REFUSED" });
    expect(played.map(({ arm, error }) => [arm, error?.code])).toEqual([
      ["control", undefined],
      ["dearer", "MODEL_REFUSED"],
      ["same", undefined],
    ]);
    expect(played.map(({ run }) => run !== undefined)).toEqual([true, true, true]);
  });

  it("spends no more than its one budget, over all starts, and goes on with more", async () => {
    const free = await stage();
    const experiment = defineExperiment({ ...plan, seeds: [1, 2, 3] });
    await runExperiment(experiment, free.options);
    const { asked, options } = await stage();
    const calls = free.asked.length - 3;
    for (const _start of [1, 2])
      await expect(runExperiment(experiment, { ...options, budget: { calls } })).rejects.toMatchObject({
        code: "BUDGET_EXCEEDED",
      });
    expect(asked.length).toBeLessThanOrEqual(calls);
    await runExperiment(experiment, { ...options, budget: { calls: free.asked.length } });
    expect(asked.length).toBe(free.asked.length);
  });

  it("stops at a signal, and is whole when it is started again", async () => {
    const stopping = new AbortController();
    const { asked, options } = await stage(() => {
      if (asked.length === 3) stopping.abort();
    });
    const experiment = defineExperiment({ ...plan, seeds: [1, 2] });
    const run = runExperiment(experiment, { ...options, signal: stopping.signal });
    await expect(run).rejects.toMatchObject({ code: "ABORTED" });
    const free = await stage();
    await runExperiment(experiment, free.options);
    const { observations } = await runExperiment(experiment, options);
    expect(observations).toHaveLength(2 * 2 * 3 * 2);
    expect(asked.length).toBe(free.asked.length);
  });

  it("calls arms by labels where it is blinded, in rows and in the names of runs", async () => {
    const { options } = await stage();
    const experiment = defineExperiment({ ...plan, blinded: true });
    const { observations } = await runExperiment(experiment, options);
    expect(new Set(observations.map(({ arm }) => arm))).toEqual(new Set(["arm 1", "arm 2"]));
    expect(JSON.stringify(observations)).not.toMatch(/control|dearer/);
    const open = await runExperiment(defineExperiment(plan), options);
    const plain = unblindObservations(observations, experiment.design).map(({ run: _, ...row }) => row);
    expect(plain).toEqual(open.observations.map(({ run: _, ...row }) => row));
  });

  it("gives a program its cell, and plays factors and wordings in all combinations", async () => {
    const read: string[] = [];
    const { options } = await stage(({ messages }) => read.push(JSON.stringify(messages)));
    const seen: string[] = [];
    const experiment = defineExperiment({
      ...{ name: "factors", metrics: { talk: { from: { count: "TALK" } } } },
      study: ({ arm, levels, wording, population, people }) =>
        defineStudy({
          name: "one",
          run: async (simulation) => {
            const [person] = await simulation.loadPeople(people);
            seen.push([arm, levels["price"], wording, population, person?.name].join(" "));
            await person?.listenAndAct("A kettle for 40 euros: do you like it?");
          },
        }),
      factors: {
        price: { low: {}, high: told("40", "200") },
        ad: { plain: {}, green: told("kettle", "green kettle") },
      },
      wordings: { plain: {}, formal: told("do you like it", "what is your opinion of it") },
      populations: { her: ["lisa"], him: ["oscar"] },
      models: [options.model],
    });
    const { model: _, ...rest } = options;
    const { observations, played } = await runExperiment(experiment, rest);
    expect(played).toHaveLength(2 * 4 * 2);
    expect(new Set(seen).size).toBe(16);
    expect(seen).toContain("high+green high formal him Oscar Ramsaran");
    const row = observations.find(({ arm, wording }) => arm === "high+green" && wording === "formal");
    expect(row).toMatchObject({ levels: { price: "high", ad: "green" } });
    const both = read.filter((text) => /A green kettle for 200 euros: what is your opinion of it/.test(text));
    expect(both.length).toBe(2);
  });
});
