import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defineExperiment, defineStudy, loadExperiment, noConfiguration, runExperiment } from "../../../src/index.ts";
import { type Model, openModel } from "../../../src/models.ts";
import { createMemoryStore } from "../../../src/stores.ts";

const kettles = {
  ...{ experiment: 1, name: "kettles in turn", crossover: true },
  study: {
    people: ["lisa", "oscar"],
    steps: [
      { ask: { question: "A kettle for 40 euros. What do you say?" } },
      {
        survey: {
          as: "after",
          instrument: {
            ...{ survey: 1, name: "kettle" },
            items: [{ id: "buy", kind: "scale", text: "How likely are you to buy it?", low: 1, high: 7 }],
          },
        },
      },
    ],
  },
  arms: { control: {}, dearer: { reword: { "40 euros": "90 euros" } } },
  metrics: {
    intent: { scale: { kind: "number", low: 1, high: 7 }, from: { item: "buy", survey: "after" } },
    talk: { from: { count: "TALK" } },
  },
};

async function written(document: object): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "crossover-")), "experiment.json");
  await writeFile(file, JSON.stringify(document));
  return file;
}

/** An experiment as it was played, and what the model read in each call. */
async function played(document: object) {
  const read: string[] = [];
  const rules = await openModel("builtin", { environment: {} });
  const model: Model = {
    ...rules,
    generate: (request) => {
      read.push(JSON.stringify(request.messages));
      return rules.generate(request);
    },
  };
  const experiment = await loadExperiment(await written(document));
  const options = { model, store: createMemoryStore(), configuration: noConfiguration };
  return { read, experiment, options, run: await runExperiment(experiment, options) };
}

describe("a crossover", () => {
  it("has everybody meet all arms in every order, with rows by period and what was heard before remembered", async () => {
    const { read, run } = await played(kettles);
    expect(run.played.map(({ arm, error }) => [arm, error])).toEqual([
      ["control, dearer", undefined],
      ["dearer, control", undefined],
    ]);
    const intents = run.observations.filter(({ metric }) => metric === "intent");
    expect(intents.map(({ arm, period, value }) => [arm, period, typeof value])).toEqual(
      [
        ["control", 1],
        ["control", 1],
        ["dearer", 2],
        ["dearer", 2],
        ["dearer", 1],
        ["dearer", 1],
        ["control", 2],
        ["control", 2],
      ].map(([arm, period]) => [arm, period, "number"]),
    );
    // Each asks, and answers in words, once a period: what was said in an earlier one is not counted again.
    const talks = run.observations.filter(({ metric }) => metric === "talk");
    expect(talks.map(({ value }) => value)).toEqual(Array(8).fill(1));
    const prices = read.map((messages) => ["40 euros", "90 euros"].filter((price) => messages.includes(price)).join());
    // Two people, two calls each, in each period of each order.
    expect(prices.filter((price) => price === "40 euros")).toHaveLength(4);
    expect(prices.filter((price) => price === "90 euros")).toHaveLength(4);
    expect(prices.filter((price) => price === "40 euros,90 euros")).toHaveLength(8);
  });

  it("is the same again from the journal, and goes on where it was", async () => {
    const { read, run, experiment, options } = await played(kettles);
    const calls = read.length;
    const again = await runExperiment(experiment, options);
    expect(read).toHaveLength(calls);
    expect(again.observations).toEqual(run.observations);
  });

  it("has six orders of three arms, and hides them where it is blinded", async () => {
    const arms = { ...kettles.arms, dearest: { reword: { "40 euros": "150 euros" } } };
    const { run } = await played({ ...kettles, arms, blinded: true });
    expect(run.played).toHaveLength(6);
    expect(run.played[0]?.arm).toMatch(/^arm \d, arm \d, arm \d$/);
    expect(new Set(run.observations.map(({ period }) => period))).toEqual(new Set([1, 2, 3]));
  });

  it("fails in all periods where its run does", async () => {
    const { run } = await played({ ...kettles, study: { ...kettles.study, people: ["lisa", "nobody-at-all"] } });
    expect(run.observations.slice(0, 2)).toMatchObject([
      { arm: "control", period: 1, missing: "TARGET_UNKNOWN" },
      { arm: "dearer", period: 2, missing: "TARGET_UNKNOWN" },
    ]);
  });

  it.each([
    ["arms.dearer.model", { arms: { control: {}, dearer: { model: "builtin" } } }],
    ["wordings", { wordings: { plain: {}, other: { reword: { What: "Well, what" } } } }],
    ["metrics.kind.from", { metrics: { kind: { from: { proposition: "They are kind." } } } }],
    [
      "study.steps.2.save",
      { study: { ...kettles.study, steps: [...kettles.study.steps, { save: { folder: "kept" } }] } },
    ],
    [
      "crossover",
      { arms: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`a${n}`, n ? { reword: { a: `${n}` } } : {}])) },
    ],
  ])("cannot have %s", async (path, more) => {
    const refused = loadExperiment(await written({ ...kettles, ...more }));
    await expect(refused).rejects.toMatchObject({
      code: "EXPERIMENT_INVALID",
      data: { issues: [expect.objectContaining({ path })] },
    });
  });

  it("is for studies in files: a program says by itself who meets what when", () => {
    const plan = { name: "p", study: defineStudy({ name: "s", run: async () => {} }), arms: { a: {}, b: {} } };
    const metrics = { words: { from: { count: "TALK" } } };
    expect(() => defineExperiment({ ...plan, metrics, crossover: true })).toThrow(/armOrders/);
  });

  it("does not change the hash of experiments without one", async () => {
    const { crossover: _, ...plain } = kettles;
    const [one, other] = await Promise.all(
      [plain, { ...plain, crossover: false }].map(async (all) => loadExperiment(await written(all))),
    );
    expect(one?.design.digest).toBe(other?.design.digest);
    expect(one?.design.digest).not.toBe((await loadExperiment(await written(kettles))).design.digest);
  });
});
