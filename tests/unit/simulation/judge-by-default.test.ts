import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  defineExperiment,
  defineStudy,
  estimate,
  estimateExperiment,
  noConfiguration,
  openSimulation,
  playStudy,
  readEnvironment,
  runExperiment,
  type SimulationOptions,
  twins,
} from "../../../src/index.ts";
import { openModel } from "../../../src/models.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { scriptedModel } from "../../../src/testing/index.ts";

const named = (id: string, following: "full" | "small" = "full") =>
  scriptedModel(() => ({ yes: true }), { id, limits: { following } });
const [large, critic, other] = [named("acme/large"), named("acme/critic"), named("acme/other")];
const environment = { ...readEnvironment(), variables: {} };
const stage = () => ({ environment, configuration: noConfiguration, store: createMemoryStore() });

/** Who judges in a run. */
async function judgeIn(options: Partial<SimulationOptions>): Promise<string> {
  await using simulation = await openSimulation({ name: "judged", ...stage(), ...options });
  expect(simulation.context.models.named("judge")).toBe(simulation.context.models.judge);
  return simulation.context.models.judge.id;
}

describe("who judges where no judge is named", () => {
  it("is the first of the models that is another than the one that acts, and else this one", async () => {
    const [twin, small] = [named("acme/large"), named("acme/small", "small")];
    expect(await judgeIn({ model: large, models: { twin, small, critic, other } })).toBe("acme/critic");
    expect(await judgeIn({ model: large, models: { twin, small } })).toBe("acme/large");
    expect(await judgeIn({ model: large })).toBe("acme/large");
    expect(await judgeIn({ model: large, models: { cheap: "openai/gpt-5-nano" } })).toBe("openai/gpt-5-nano");
    expect(await judgeIn({ model: large, judge: large, models: { critic } })).toBe("acme/large");
  });

  it("is nobody but the rules where people are played by these", async () => {
    expect(await judgeIn({ model: "builtin", models: { critic } })).toBe("builtin");
    const rules = await openModel("builtin", { environment: {} });
    expect(await judgeIn({ model: large, models: { rules } })).toBe("acme/large");
  });

  it("is who does not act in what is read, and the model where nobody does", async () => {
    const models = { critic, other };
    expect(await judgeIn({ model: large, models, actors: [] })).toBe("acme/large");
    expect(await judgeIn({ model: large, models, actors: ["acme/large"] })).toBe("acme/critic");
    expect(await judgeIn({ model: large, models, actors: ["acme/gone"] })).toBe("acme/large");
    expect(await judgeIn({ model: large, actors: ["acme/gone", "acme/large"] })).toBe("acme/large");
  });
});

describe("a run that was begun", () => {
  it("keeps its judge, whatever is named beside it later", async () => {
    const [before, begun] = [stage(), stage()];
    await judgeIn({ ...before, model: large });
    expect(await judgeIn({ ...before, model: large, models: { critic } })).toBe("acme/large");
    await judgeIn({ ...begun, model: large, models: { critic, other } });
    expect(await judgeIn({ ...begun, model: large, models: { other, critic } })).toBe("acme/critic");
    const [run] = await begun.store.listRuns();
    expect(await judgeIn({ ...begun, resume: run?.id as string, model: large, models: { other, critic } })).toBe(
      "acme/critic",
    );
    expect(await judgeIn({ ...begun, model: large, models: { other } })).toBe("acme/other");
    expect(await judgeIn({ ...begun, model: large, judge: large })).toBe("acme/large");
  });

  it("answers what was judged from its journal", async () => {
    const asking = async (options: Partial<SimulationOptions>) => {
      await using simulation = await openSimulation({ name: "judged", model: large, ...options });
      const ask = { messages: [{ role: "user", content: "Is it so?" }], purpose: "judge", scope: "asked" } as const;
      const { origin } = await simulation.context.models.judge.generate({
        ...ask,
        schema: z.object({ yes: z.boolean() }),
      });
      return origin;
    };
    const own = stage();
    expect(await asking(own)).toBe("model");
    expect(await asking({ ...own, models: { critic } })).toBe("journal");
  });
});

describe("a comparison", () => {
  const judges = (seen: string[]) =>
    defineStudy({
      name: "compared",
      run: async ({ context }) => {
        seen.push(`${context.models.actor.id} by ${context.models.judge.id}`);
        return { rows: [{ person: "a", n: 1 }] };
      },
    });
  const metrics = { n: { scale: { kind: "number" }, from: { table: "rows", column: "n" } } } as const;

  it("has one judge for all arms that a model sets apart, and one that acts in none where there is one", async () => {
    for (const [models, judge] of [
      [{ critic, other }, "acme/critic"],
      [{ other }, "acme/large"],
    ] as const) {
      const seen: string[] = [];
      const arms = { control: {}, other: { edit: { model: other } } };
      await twins(judges(seen), { ...stage(), model: large, models, arms });
      expect(seen).toEqual([`acme/large by ${judge}`, `acme/other by ${judge}`]);
    }
  });

  it("has one judge for all its models, too", async () => {
    for (const [models, judge] of [
      [{ critic }, "acme/critic"],
      [{}, "acme/large"],
    ] as const) {
      const seen: string[] = [];
      const experiment = defineExperiment({
        ...{ name: "models", study: judges(seen), models: [large, other], metrics },
        arms: { a: {}, b: { edit: { personas: {} } } },
      });
      await runExperiment(experiment, { ...stage(), models });
      expect(seen.toSorted()).toEqual(
        ["acme/large", "acme/large", "acme/other", "acme/other"].map((model) => `${model} by ${judge}`),
      );
    }
  });

  it("has a fork judged by whoever judged in the run that it comes from", async () => {
    const seen: string[] = [];
    const own = stage();
    const { run } = await playStudy(judges(seen), { ...own, model: large });
    await playStudy(
      { ...judges(seen), name: "fork", fork: { of: run } },
      { ...own, model: other, models: { critic, large } },
    );
    expect(seen).toEqual(["acme/large by acme/large", "acme/other by acme/large"]);
  });
});

describe("a dry run", () => {
  const asks = defineStudy({
    name: "estimated",
    models: { critic: "openai/gpt-5-nano" },
    run: async ({ context }) => {
      const ask = { messages: [{ role: "user", content: "Is it so?" }], purpose: "judge", scope: "asked" } as const;
      await context.models.judge.generate({ ...ask, schema: z.object({ yes: z.boolean() }) });
      return {};
    },
  });
  const { configuration: _read, ...machine } = stage();

  it("counts the judge by its own price", async () => {
    const { low, prices } = await estimate(asks, { ...machine, model: "openai/gpt-5-mini" });
    expect(low.by("model")).toMatchObject([{ model: "openai/gpt-5-nano", calls: 1, unpriced: 0 }]);
    expect([...prices.keys()]).toEqual(["openai/gpt-5-mini", "openai/gpt-5-nano"]);
  });

  it("counts the judge that a run has which was begun", async () => {
    const store = createMemoryStore();
    const begun = named("openai/gpt-5-mini");
    const opening = { ...machine, configuration: noConfiguration, store };
    await (await openSimulation({ ...opening, name: "estimated", model: begun })).close();
    const { low } = await estimate(asks, { ...machine, store, model: "openai/gpt-5-mini" });
    expect(low.by("model")).toMatchObject([{ model: "openai/gpt-5-mini", calls: 1 }]);
  });

  it("counts one judge for all models of an experiment", async () => {
    const metrics = { n: { from: { count: "TALK" } } } as const;
    const models = ["openai/gpt-5-mini", "openai/gpt-5-nano"];
    const experiment = defineExperiment({
      ...{ name: "models", study: asks, models, metrics },
      arms: { a: {}, b: { edit: { personas: {} } } },
    });
    const { low, assumptions } = await estimateExperiment(experiment, machine);
    const mini = await estimate(asks, { ...machine, model: "openai/gpt-5-nano", judge: "openai/gpt-5-mini" });
    expect(low.calls).toBe(2);
    expect(low.usd).toBeCloseTo(2 * mini.low.paid.usd, 10);
    expect(assumptions.length).toBeGreaterThan(0);
  });
});
