import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLimiters, openSimulation, type Simulation, type SimulationOptions } from "../../../src/index.ts";
import { closeAll } from "../../../src/simulation/run/ending/closing.ts";
import { createMemoryStore, type Store } from "../../../src/stores.ts";
import { loopback } from "../../support/loopback.ts";
import { says } from "../../support/person.ts";
import { type Project, tempProject } from "../../support/project.ts";
import { type ScriptedModel, scriptedModel } from "../../support/scripted-model.ts";

let project: Project;
let opened: Simulation[];
beforeEach(async () => {
  project = await tempProject();
  opened = [];
});
afterEach(async () => {
  for (const simulation of opened) await simulation.close();
  await project[Symbol.asyncDispose]();
});

async function open(options: Partial<SimulationOptions> = {}): Promise<Simulation> {
  const simulation = await openSimulation({ name: "run", environment: project.environment(), ...options });
  opened.push(simulation);
  return simulation;
}

/** A model that talks, and knows whether it was closed. */
function closable(id = "test/scripted"): ScriptedModel & { closed: number; close(): Promise<void> } {
  const model = scriptedModel((_request, call) => says(`Word ${"abcdefgh".charAt(call)} number ${call}.`), { id });
  const closing = { closed: 0 };
  return Object.assign(model, closing, {
    async close(this: { closed: number }) {
      this.closed += 1;
    },
  });
}

describe("opening a run", () => {
  it("is the same run for the same name, seed and model, and keeps the project's folder out of version control", async () => {
    const first = await open({ model: "builtin", seed: 7 });
    expect(first).toMatchObject({ name: "run", seed: "7", heuristic: true, storeLocation: project.store });
    await first.close();
    expect((await open({ model: "builtin", seed: "7" })).run).toBe(first.run);
    expect((await open({ model: "builtin", seed: 8 })).run).not.toBe(first.run);
    expect(await project.read(".tinytroupe/.gitignore")).toBe("*\n");
  });

  it("is refused while somebody else plays it, and everything opened for it is let go", async () => {
    await open({ model: "builtin" });
    await expect(open({ model: "builtin" })).rejects.toMatchObject({ code: "RUN_BUSY" });
  });

  it("fetches no weights that nobody said yes to, even for a model that was asked for by name", async () => {
    const stop = new AbortController();
    await using hub = await loopback((_body, response) => {
      stop.abort("It asked for the weights.");
      response.writeHead(404).end();
    });
    const environment = project.environment({ HF_ENDPOINT: hub.url, XDG_CACHE_HOME: project.folder });
    const local = { model: "local/smollm2-135m", environment, signal: stop.signal };
    for (const confirm of [undefined, async () => false])
      await expect(open({ ...local, ...(confirm && { confirm }) })).rejects.toMatchObject({
        code: "MODEL_DOWNLOAD",
        hint: expect.stringContaining("models pull smollm2-135m"),
      });
    expect(hub.requests).toBe(0);
  });

  it("gives every attempt the time that it is told, whatever model it is", async () => {
    const hanging = { ...scriptedModel([]), generate: () => new Promise<never>(() => undefined) };
    const run = await open({ model: hanging, deadlineMs: 20, retry: { attempts: 1 } });
    const [lisa] = await run.loadPeople("lisa");
    await expect(lisa?.listenAndAct("Are you there?")).rejects.toMatchObject({
      code: "MODEL_TIMEOUT",
      data: { afterMs: 20 },
    });
  });

  it("keeps the safety rules that a person's own options say nothing of", async () => {
    const model = closable();
    const simulation = await open({ model, safety: { harmfulContent: false } });
    const unsaid: object = { harmfulContent: undefined };
    const lisa = await simulation.person("lisa", { safety: { copyright: false, ...unsaid } });
    const oscar = await simulation.person("oscar");
    for (const person of [lisa, oscar]) await person.listenAndAct("Well?");
    const [hers, his] = model.requests.map(({ messages }) => String(messages[0]?.content));
    expect(hers).not.toMatch(/Real harm|Works of others/);
    expect(his).not.toContain("Real harm");
    expect(his).toContain("Works of others");
  });

  it("closes what it opened itself, and nothing that it was handed", async () => {
    const [model, judge] = [closable(), closable("test/judge")];
    const store = createMemoryStore();
    const embedder = { id: "e", dimensions: 1, embed: async () => [], close: () => model.close() };
    await (await open({ model, judge, store, embedder })).close();
    expect([model.closed, judge.closed]).toEqual([0, 0]);
    expect(await store.listRuns()).toHaveLength(1);
  });

  it("lets go of all, the last first, and tells the first failure when it is done", async () => {
    const order: string[] = [];
    const closing = (name: string, error?: Error) => async () => {
      order.push(name);
      if (error !== undefined) throw error;
    };
    const all = [closing("store"), closing("model", new Error("second")), closing("embedder", new Error("first"))];
    await expect(closeAll(all)).rejects.toThrow("first");
    expect(order).toEqual(["embedder", "model", "store"]);
  });

  it("closes what it opened, though an embedder was never to be had", async () => {
    const simulation = await open({ model: "builtin", embedder: "openai/text-embedding-3-small" });
    await expect(simulation.context.models.embedder.embed(["word"])).rejects.toMatchObject({ code: "KEY_MISSING" });
    await simulation.close();
    await expect(Array.fromAsync(simulation.story())).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("leaves nothing on a signal from outside when it fails", async () => {
    const { signal } = new AbortController();
    const store = createMemoryStore();
    await open({ model: closable(), store });
    await expect(open({ model: closable(), store, signal })).rejects.toMatchObject({ code: "RUN_BUSY" });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("goes on with no run whose name would lead its results out of their folder", async () => {
    const store = createMemoryStore();
    const record = { name: "run", seed: "1", model: "test/scripted", status: "stopped", takes: 1 } as const;
    for (const id of ["../../elsewhere", "..", "", "a\\b"]) {
      await store.putRun({ ...record, id, createdAt: "2030-01-31", updatedAt: "2030-01-31" });
      const resuming = open({ model: closable(), store, resume: id });
      await expect(resuming).rejects.toMatchObject({ code: "PATH_OUTSIDE", data: { path: id } });
      expect(await store.heldRuns([id])).toEqual(new Set());
    }
  });

  it("shares its limits with other runs that are given the same ones, and has one for each model otherwise", async () => {
    const limits = createLimiters({ concurrency: 3 });
    let [now, most] = [0, 0];
    const slow = () =>
      scriptedModel(async (_request, call) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now--;
        return says(`Word ${"abcdefgh".charAt(call)}.`);
      });
    const play = async (options: Partial<SimulationOptions>): Promise<void> => {
      const simulation = await open({ store: createMemoryStore(), ...options });
      const people = await simulation.loadPeople("lisa", "oscar", "marcos", "thandeka");
      await Promise.all(people.map((person) => person.listenAndAct("Well?")));
    };
    await Promise.all([play({ name: "one", model: slow(), limits }), play({ name: "two", model: slow(), limits })]);
    expect(most).toBe(3);
    most = 0;
    await play({
      name: "three",
      model: slow(),
      limits: { models: { "test/scripted": { concurrency: 2 } } },
      concurrency: 4,
    });
    expect(most).toBe(2);
    const both = open({ model: slow(), limits, concurrency: 2 });
    await expect(both).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option: "concurrency" } });
    await expect(open({ limits: { tokensPerMinute: 0 } })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it.each<[option: string, given: object]>([
    ["cals", { budget: { cals: 5 } }],
    ["budget.usd", { budget: { usd: "5" } }],
    ["off", { fork: { off: "before" } }],
    ["attemps", { retry: { attemps: 3 } }],
    ["concurency", { limits: { concurency: 3 } }],
    ["requests", { limits: { models: { "test/scripted": { requests: 3 } } } }],
    ["harmful", { safety: { harmful: false } }],
    ["deadlineMs", { deadlineMs: 0 }],
    ["effects", { effects: "simulated" }],
    ["approvals.SEND_MAIL", { approvals: { SEND_MAIL: "no" } }],
  ])(
    "is refused where an option within its options is none, which would do nothing without a word: %s",
    async (option, given) => {
      await expect(open({ model: "builtin", ...given })).rejects.toMatchObject({
        code: "OPTION_INVALID",
        data: { option },
      });
    },
  );

  it.each<[option: string, given: object]>([
    ["persona", { persona: {} }],
    ["stimulus", { stimulus: "Hello." }],
    ["prompt", { prompt: "Be brief." }],
  ])("takes no edit that says nothing: %s", async (option, given) => {
    const simulation = await open({ model: "builtin" });
    expect(() => simulation.edit(given)).toThrow(expect.objectContaining({ code: "OPTION_INVALID", data: { option } }));
  });

  it("takes the run to go on with, with its name, seed and model", async () => {
    const first = await open({ name: "first", seed: 5, model: "builtin" });
    await first.close();
    const again = await open({ name: "other", seed: 6, model: "openai/gpt-4o-mini", resume: first.run });
    expect(again).toMatchObject({ run: first.run, name: "first", seed: "5", choice: { spec: "builtin" } });
    await again.close();
    await expect(open({ resume: first.run, model: closable() })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("builtin"),
    });
    await expect(open({ resume: "nobody" })).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
  });

  it("leaves no lock and no run behind when the budget cannot be counted", async () => {
    const store: Store = createMemoryStore();
    const budget = { usd: 1 };
    await expect(open({ model: closable(), store, budget })).rejects.toMatchObject({ code: "PRICE_UNKNOWN" });
    expect(await store.listRuns()).toEqual([]);
    await open({ model: closable(), store });
  });

  it("counts what another program spent until the run was taken", async () => {
    const store = createMemoryStore();
    const attempt = {
      scope: "person:lisa",
      purpose: "act",
      model: "test/scripted",
      at: "2030-01-31T00:00:00Z",
    } as const;
    const late: Store = {
      ...store,
      own: async (run) => {
        await store.putAttempt(run, { ...attempt, usage: { input: 1, output: 1 } });
        return store.own(run);
      },
    };
    const simulation = await open({ model: closable(), store: late, budget: { calls: 1 } });
    const [lisa] = await simulation.loadPeople("lisa");
    await expect(lisa?.listenAndAct("Well?")).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  it("lets the run go when what it spent cannot be read", async () => {
    const store = createMemoryStore();
    let reads = 0;
    const broken: Store = {
      ...store,
      listAttempts: (run) => {
        if (++reads === 2) throw new Error("The disk is gone.");
        return store.listAttempts(run);
      },
    };
    await expect(open({ model: closable(), store: broken, budget: { calls: 9 } })).rejects.toThrow("disk is gone");
    expect((await open({ model: closable(), store })).run).toBeDefined();
  });

  it("keeps the prices that it was given, and what else its record holds, for the openings that follow", async () => {
    const store = createMemoryStore();
    const on = { model: closable("acme/small"), store };
    const first = await open({ ...on, prices: { "acme/small": { input: 1, output: 2 } } });
    await first.close();
    const record = await store.getRun(first.run);
    if (record) await store.putRun({ ...record, details: { ...record.details, note: "mine" } });
    const again = await open({ ...on, budget: { usd: 1 }, prices: { "acme/large": { input: 3, output: 4 } } });
    await again.loadPeople("lisa").then(([lisa]) => lisa?.listenAndAct("Well?"));
    expect(again.ledger.paid).toMatchObject({ unpriced: 0, usd: expect.closeTo((100 + 20 * 2) / 1e6, 12) });
    expect((await store.getRun(first.run))?.details).toEqual({
      note: "mine",
      prices: { "acme/small": { input: 1, output: 2 }, "acme/large": { input: 3, output: 4 } },
    });
  });

  it.each([
    ["2030-01-31", "2030-01-31T00:00:00.000Z"],
    ["2030-01-31T09:00", "2030-01-31T09:00:00.000Z"],
    ["2030-01-31 09:00:30.5", "2030-01-31T09:00:30.500Z"],
    ["2030-01-31T09:00+02:00", "2030-01-31T07:00:00.000Z"],
    [new Date("2030-01-31T09:00Z"), "2030-01-31T09:00:00.000Z"],
  ])("begins at %s, wherever the machine stands", async (startAt, moment) => {
    const simulation = await open({ model: "builtin", store: createMemoryStore(), startAt });
    expect(simulation.context.clock.now()?.toISOString()).toBe(moment);
  });

  it.each(["tomorrow", "2030-02-30", "2030-13-01", "31.1.2030", "", new Date("x")])(
    "does not begin at %s",
    async (startAt) => {
      await expect(open({ model: "builtin", startAt })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    },
  );
});

describe("people of a run", () => {
  it("come with fragments by name, by file and as data, and have names of their own", async () => {
    await project.write("brave.json", JSON.stringify({ beliefs: ["Umbrellas are for cowards."] }));
    await project.write("ann.json", JSON.stringify({ type: "TinyPerson", persona: { name: "Ann" }, memory: [] }));
    const shown: unknown[] = [];
    const simulation = await open({ model: "builtin", onEvent: (event) => void shown.push(event) });
    const rich = { type: "Fragment", persona: { age: 71 } } as const;
    const ann = await simulation.person("./ann.json", { fragments: ["early-adopter", "brave.json", rich] });
    expect(ann.persona).toMatchObject({ name: "Ann", age: 71 });
    expect(ann.persona.beliefs).toContain("Umbrellas are for cowards.");
    expect(shown).toContainEqual({ type: "warning", message: expect.stringContaining("'memory' was left aside") });
    await expect(simulation.person({ name: "ann" })).rejects.toMatchObject({ code: "NAME_TAKEN" });
    await expect(simulation.person("nobody")).rejects.toMatchObject({ code: "TARGET_UNKNOWN" });
    await expect(simulation.person("lisa", { fragments: ["nothing"] })).rejects.toMatchObject({
      code: "TARGET_UNKNOWN",
    });
    expect(simulation.people.map(({ name }) => name)).toEqual(["Ann"]);
    expect(
      (await simulation.generatePerson("A bank", "A clerk", { fragments: ["brave.json"] })).persona.beliefs,
    ).toContain("Umbrellas are for cowards.");
    simulation.world("Room");
    expect(() => simulation.world("room")).toThrow(/already has a world/);
  });
});
