import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  defineAction,
  extractEach,
  openSimulation,
  type Simulation,
  type SimulationEvent,
  type SimulationOptions,
  z,
} from "../../../src/index.ts";
import { readStory } from "../../../src/store/story.ts";
import { createMemoryStore, type Store } from "../../../src/stores.ts";
import { says } from "../../support/person.ts";
import { type Project, tempProject } from "../../support/project.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

let project: Project;
let store: Store;
beforeEach(async () => {
  project = await tempProject();
  store = createMemoryStore();
});
afterEach(() => project[Symbol.asyncDispose]());

/** A run on a model whose answers come when the test lets them. */
async function held(options: Partial<SimulationOptions> = {}) {
  const waiting: (() => void)[] = [];
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const model = scriptedModel(async (request, call) => {
    await new Promise<void>((resolve) => {
      request.signal?.addEventListener("abort", () => resolve());
      waiting.push(resolve);
      isAsked();
    });
    return request.purpose === "extract" ? { a: "x" } : says(`Word ${"abcdefgh".charAt(call)} number ${call}.`);
  });
  const simulation = await openSimulation({
    name: "run",
    environment: project.environment(),
    model,
    store,
    ...options,
  });
  const answer = (): void => {
    for (const go of waiting.splice(0)) go();
  };
  return { simulation, model, asked, answer };
}

const callsOf = async ({ run }: Simulation): Promise<number> => (await Array.fromAsync(store.listCalls(run))).length;

describe("stopping", () => {
  it("lets the call in flight come home and be kept, and begins no other: not one that waits for a place", async () => {
    const { simulation, model, asked, answer } = await held({ concurrency: 1 });
    const [lisa, oscar] = await simulation.loadPeople("lisa", "oscar");
    const turns = [lisa?.listenAndAct("Hello?"), oscar?.listenAndAct("Hello?")];
    await asked;
    simulation.stop("enough");
    await expect(turns[1]).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    answer();
    expect(await turns[0]).toMatchObject({ stop: "done" });
    await expect(lisa?.listenAndAct("More?")).rejects.toMatchObject({ code: "ABORTED" });
    await simulation.close();
    expect(model.requests.length).toBe(1);
    expect(await callsOf(simulation)).toBe(1);
    expect((await store.getRun(simulation.run))?.status).toBe("stopped");
  });

  it("lets a person who is being made up come home", async () => {
    const { simulation, asked, answer, model } = await held({ concurrency: 1 });
    const making = simulation.generatePerson("A bank", "A clerk");
    making.catch(() => undefined);
    await asked;
    simulation.stop("enough");
    expect(model.requests[0]?.signal?.aborted).toBe(false);
    answer();
    await expect(making).rejects.toMatchObject({ name: "ZodError" }); // the script has no personas: it came home
    await simulation.close();
  });

  it("is thrown by an extraction from many, though some of it came home: who was not asked is no row", async () => {
    const { simulation, asked, answer } = await held({ concurrency: 1 });
    const people = await simulation.loadPeople("lisa", "oscar");
    for (const person of people) person.listen("Hello?");
    const rows = extractEach(people, { objective: "o", schema: z.object({ a: z.string() }) });
    rows.catch(() => undefined);
    await asked;
    simulation.stop("enough");
    answer();
    await expect(rows).rejects.toMatchObject({ code: "ABORTED" });
    await simulation.close();
    expect(await callsOf(simulation)).toBe(1);
  });

  it("at once cuts off the call in flight as well", async () => {
    const { simulation, asked } = await held();
    const [lisa] = await simulation.loadPeople("lisa");
    const turn = lisa?.listenAndAct("Hello?");
    await asked;
    simulation.abort("now");
    await expect(turn).rejects.toMatchObject({ code: "ABORTED" });
    await simulation.close();
    expect(await callsOf(simulation)).toBe(0);
  });

  it("happens through a signal from outside, with its reason", async () => {
    const outside = new AbortController();
    const { simulation } = await held({ signal: outside.signal });
    outside.abort("the lights went out");
    expect(simulation.context.signal.reason).toBe("the lights went out");
    await simulation.close();
    const late = await held({ signal: AbortSignal.abort("before it began") });
    expect(late.simulation.context.signal.reason).toBe("before it began");
    await late.simulation.close();
  });
});

describe("closing", () => {
  it("waits for answers that are paid for, though nobody waits for them any more", async () => {
    const { simulation, asked, answer } = await held();
    const [lisa] = await simulation.loadPeople("lisa");
    const turn = lisa?.listenAndAct("Hello?");
    await asked;
    const closing = simulation.close("failed");
    await new Promise(setImmediate);
    expect((await store.getRun(simulation.run))?.status).toBe("running");
    answer();
    await Promise.all([turn, closing]);
    expect(await callsOf(simulation)).toBe(1);
    expect((await store.getRun(simulation.run))?.status).toBe("failed");
    await expect(lisa?.listenAndAct("More?")).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("can be done twice, and the story can be read between its two halves", async () => {
    const { simulation } = await held();
    await simulation.loadPeople("lisa");
    await Promise.all([simulation.end(), simulation.end()]);
    expect(await Array.fromAsync(simulation.story())).toMatchObject([{ type: "person-created" }]);
    await simulation.close();
    await simulation.close();
    expect((await store.getRun(simulation.run))?.status).toBe("finished");
  });
});

describe("leaving a block", () => {
  /** Two turns, unless the program fails after the first. */
  async function play(fails: boolean): Promise<void> {
    const model = scriptedModel((_request, call) => says(`Word ${"abcdefgh".charAt(call)} number ${call}.`));
    await using simulation = await openSimulation({ name: "run", environment: project.environment(), model, store });
    const lisa = await simulation.person({ name: "Lisa" });
    await lisa.listenAndAct("One?");
    if (fails) throw new Error("row 2 is broken");
    await lisa.listenAndAct("And two?");
  }
  const kept = async () => {
    const [run] = await store.listRuns();
    if (run === undefined) throw new Error("There is no run.");
    const story = await Array.fromAsync(readStory(store, run.id));
    return { status: run.status, turns: story.filter(({ type }) => type === "turn").length };
  };

  it("finishes the run, again when it tells the same", async () => {
    for (const _start of [1, 2]) {
      await play(false);
      expect(await kept()).toEqual({ status: "finished", turns: 2 });
    }
  });

  it("by an error leaves a run that told more in an earlier start as it was", async () => {
    await play(false);
    await expect(play(true)).rejects.toThrow("row 2");
    expect(await kept()).toEqual({ status: "finished", turns: 2 });
    await play(false);
    expect(await kept()).toEqual({ status: "finished", turns: 2 });
  });
});

describe("watching", () => {
  it("tells every watcher everything, until they leave", async () => {
    const [first, second]: SimulationEvent[][] = [[], []];
    const { simulation } = await held({ onEvent: (event) => void first?.push(event) });
    const leave = simulation.onEvent((event) => void second?.push(event));
    await simulation.loadPeople("lisa");
    leave();
    await simulation.loadPeople("oscar");
    await simulation.close();
    expect([first?.length, second?.length]).toEqual([2, 1]);
  });

  it("keeps a watcher's fault out of the story, and does not hide it", async () => {
    const faults: unknown[] = [];
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (fault) => faults.push(fault));
    try {
      const broken = new Error("the view fell over");
      const { simulation, answer, asked } = await held({
        onEvent: ({ type }) => {
          if (type === "turn") throw broken;
        },
      });
      const [lisa] = await simulation.loadPeople("lisa");
      const turn = lisa?.listenAndAct("Hello?");
      await asked;
      answer();
      expect(await turn).toMatchObject({ stop: "done" });
      expect(lisa?.turns.length).toBe(1);
      await simulation.close();
      expect(faults).toEqual([broken]);
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const listener of listeners) process.on("uncaughtException", listener);
    }
  });
});

it("calls a turn off that waits for an approval when the run is stopped", async () => {
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const send = defineAction({
    ...{ type: "SEND", kind: "effect", description: "send it", args: z.object({}) },
    effect: { realWorld: true, policy: "ask" },
    run: async () => ({ text: "sent" }),
  });
  const simulation = await openSimulation({
    ...{ name: "asking", model: scriptedModel([{ actions: [{ type: "SEND" }, { type: "DONE" }] }]), store },
    environment: project.environment(),
    approve: () => {
      isAsked();
      return new Promise(() => undefined);
    },
  });
  const lisa = await simulation.person({ name: "Lisa" }, { faculties: [{ name: "post", actions: [send] }] });
  const turn = lisa.listenAndAct("Send it.").catch((error: unknown) => error);
  await asked;
  simulation.stop("Enough.");
  expect(await turn).toMatchObject({ code: "ABORTED", data: { reason: "Enough." } });
  await simulation.close();
});

it("tells first why a run could not be ended, and lets go of what faculties hold all the same", async () => {
  let isLost = false;
  const putRun: Store["putRun"] = async (run) => {
    if (isLost) throw new Error("The disk went away.");
    return store.putRun(run);
  };
  const simulation = await openSimulation({
    ...{ name: "lost", model: scriptedModel([]), store: { ...store, putRun } },
    environment: project.environment(),
  });
  let closed = 0;
  const close = async (): Promise<void> => {
    closed += 1;
    throw new Error("It was shut already.");
  };
  await simulation.person({ name: "Lisa" }, { faculties: [{ name: "shop", actions: [], close }] });
  isLost = true;
  await expect(simulation.close()).rejects.toThrow("The disk went away.");
  expect(closed).toBe(1);
});
