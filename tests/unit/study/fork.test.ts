import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defineAction,
  defineStudy,
  type Edit,
  fork,
  forkOf,
  type JournalEvent,
  noConfiguration,
  type PlayOptions,
  playStudy,
  type Simulation,
  type Study,
  z,
} from "../../../src/index.ts";
import type { RunId } from "../../../src/kernel/values/ids.ts";
import { type Model, type ModelRequest, openModel } from "../../../src/models.ts";
import { storedCalls } from "../../../src/store/lineage/stored-calls.ts";
import { knownRun } from "../../../src/store/story.ts";
import { createMemoryStore, readStory, type Store } from "../../../src/stores.ts";
import { promptOf } from "../../support/person.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const names = ["Ada", "Ben", "Cleo", "Dan", "Eve"] as const;

interface Shape {
  readonly people: number;
  readonly steps: number;
  readonly seed: number;
  readonly order: "simultaneous" | "sequential" | "shuffled";
  /** Only neighbours in the list hear each other; else everybody. */
  readonly chain: boolean;
}

/** People in a world, some steps of it, and a question to the first alone at the end. */
const studyOf = ({ people, steps, seed, order, chain }: Shape): Study<number> =>
  defineStudy({
    name: "kettles",
    seed,
    run: async (simulation) => {
      const cast = [];
      for (const name of names.slice(0, people)) cast.push(await simulation.person({ name, occupation: "baker" }));
      const room = simulation.world("Room", cast, { schedule: order });
      if (!chain) room.makeEveryoneAccessible();
      else for (const [place, one] of cast.slice(1).entries()) room.makeAccessible(cast[place] ?? one, one);
      room.broadcast("What is a good kettle worth?");
      await room.run(steps, { stopWhenQuiet: false });
      await simulation.checkpoint("after the talk");
      await cast[0]?.listenAndAct("What did you decide?");
      return steps;
    },
  });

/** The built-in rules, and who was asked. */
async function counting(): Promise<{ readonly model: Model; readonly asked: string[] }> {
  const rules = await openModel("builtin", { environment: {} });
  const asked: string[] = [];
  const generate = <T>(request: ModelRequest<T>) => {
    asked.push(request.scope);
    return rules.generate(request);
  };
  return { model: { ...rules, generate }, asked };
}

async function stage(store: Store = createMemoryStore()) {
  const { model, asked } = await counting();
  const options = { model, store, configuration: noConfiguration } satisfies PlayOptions;
  const story = async (run: string) => await Array.fromAsync(readStory(store, run));
  return { store, asked, options, story };
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  people: fc.integer({ min: 2, max: 5 }),
  steps: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 1, max: 1000 }),
  order: fc.constantFrom("simultaneous", "sequential", "shuffled"),
  chain: fc.boolean(),
});

describe("a fork at any step of any run", () => {
  it("that changes nothing asks nothing, and is equal event by event", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(), async (shape, dice) => {
        const { store, asked, options, story } = await stage();
        const study = studyOf(shape);
        const whole = await playStudy(study, options);
        const calls = asked.splice(0).length;
        const at = dice % (shape.steps + 1) === shape.steps ? "after the talk" : `room/${(dice % shape.steps) + 1}`;
        const same = await fork(study, { ...options, name: "same", at, change: () => undefined });
        expect(asked).toEqual([]);
        expect(same.run).not.toBe(whole.run);
        expect(same.reused.replayed.calls).toBe(calls);
        expect(await story(same.run)).toEqual(await story(whole.run));
        expect(await Array.fromAsync(store.readEvents(same.run))).toEqual([]);
        // What it rests on is what the run it comes from asked.
        expect(await storedCalls(store, await knownRun(store, same.run as RunId))).toHaveLength(calls);
      }),
      { numRuns: 25 },
    );
  });

  it("that changes something asks what depends on it and nothing else, and started again asks nothing", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(), fc.nat(), async (shape, dice, who) => {
        const { asked, options, story } = await stage();
        const study = studyOf(shape);
        const whole = await playStudy(study, options);
        const before = await story(whole.run);
        asked.splice(0);
        const step = (dice % shape.steps) + 1;
        const told = who % shape.people;
        const change = ({ people }: Simulation) => people[told]?.listen("The shop asks 200 euros.", "A clerk");
        const changed = await fork(study, { ...options, name: "dearer", at: `room/${step}`, change });
        const reached = reach(shape, { from: told, steps: shape.steps - step });
        const beyond = asked.filter((scope) => !reached.has(scope.replace(/^person:|\/.*$/g, "")));
        expect(beyond).toEqual([]);
        expect(asked).toContain(`person:${names[told]?.toLowerCase()}`);
        const after = await story(changed.run);
        const shared = after.findIndex((event, place) => JSON.stringify(event) !== JSON.stringify(before[place]));
        expect(after[shared]).toMatchObject({ type: "stimulus", person: names[told]?.toLowerCase() });
        expect(before.slice(0, shared).filter(({ type }) => type === "step-started")).toHaveLength(step - 1);
        asked.splice(0);
        const again = await fork(study, { ...options, name: "dearer", at: `room/${step}`, change });
        expect([again.run, asked]).toEqual([changed.run, []]);
        expect(await story(again.run)).toEqual(after);
        expect(await story(whole.run)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });
});

/** Who can have heard of it after so many more steps: neighbours in a chain, one further each step when all act at once. */
function reach({ people, order, chain }: Shape, { from, steps }: { from: number; steps: number }): Set<string> {
  const far = !chain || order !== "simultaneous" ? people : steps;
  // The first is asked once more after the last step.
  const cast = names.slice(0, people).filter((_, place) => Math.abs(place - from) <= (place === 0 ? far + 1 : far));
  return new Set(cast.map((name) => name.toLowerCase()));
}

const plain = studyOf({ people: 3, steps: 3, seed: 7, order: "simultaneous", chain: false });

describe("a fork", () => {
  it("of a fork goes on from it, with what both changed", async () => {
    const { asked, options, story, store } = await stage();
    await playStudy(plain, options);
    const tells = (words: string) => (simulation: Simulation) => simulation.worlds[0]?.broadcast(words);
    const dearer = forkOf(plain, { name: "dearer", at: "room/2", change: tells("It is 200 euros.") });
    const first = await playStudy(dearer, options);
    asked.splice(0);
    const second = await fork(dearer, { ...options, name: "sold out", at: "room/2", change: tells("It is gone.") });
    const words = (await story(second.run)).flatMap((event) =>
      event.type === "broadcast" ? event.stimulus.content : [],
    );
    expect(words.slice(1)).toEqual(["It is 200 euros.", "It is gone."]);
    expect(await store.getRun(second.run)).toMatchObject({
      name: "kettles / dearer / sold out",
      parent: { run: first.run, at: "room/2" },
    });
    expect(second.reused.replayed.calls).toBeGreaterThanOrEqual(3);
  });

  it("keeps what it reused and pays for its own calls alone", async () => {
    const { options, store, asked } = await stage();
    await playStudy(plain, options);
    asked.splice(0);
    const { run, ledger, reused } = await fork(plain, {
      ...{ ...options, name: "told", at: "room/3" },
      change: ({ people: [ada] }) => ada?.think("It is late."),
    });
    const attempts = await Array.fromAsync(store.listAttempts(run));
    expect(attempts).toHaveLength(asked.length);
    expect(ledger.paid.calls).toBe(asked.length);
    expect(reused.replayed.calls).toBeGreaterThanOrEqual(6);
    expect((await store.getRun(run))?.details?.["reused"]).toMatchObject({ calls: reused.replayed.calls });
  });

  it("can say otherwise what the study says by itself: words, a persona, a model, a seed", async () => {
    const { options, asked, story } = await stage();
    const whole = await playStudy(plain, options);
    asked.splice(0);
    const stimulus = fork(plain, {
      ...{ ...options, name: "words" },
      edit: { stimulus: (told) => (told.content.startsWith("What did") ? { ...told, content: "And?" } : told) },
    });
    expect((await story((await stimulus).run)).filter((event) => event.type === "turn").length).toBeGreaterThan(3);
    expect(new Set(asked)).toEqual(new Set(["person:ada"]));
    const persona = await fork(plain, {
      ...options,
      name: "trade",
      edit: { personas: { Ben: { occupation: "smith" } } },
    });
    const created = (await story(persona.run)).find(
      (event) => event.type === "person-created" && event.person === "ben",
    );
    expect(created).toMatchObject({ persona: { occupation: "smith" } });
    const seeded = await fork(plain, { ...options, name: "seed", of: whole.run, edit: { seed: 8 } });
    expect(seeded.run).not.toBe(whole.run);
    expect(await story(seeded.run)).toEqual(await story(whole.run));
  });

  it("is refused where what people are told stays what it was, in each edit of it", async () => {
    const { options } = await stage();
    await playStudy(plain, options);
    const said = (from: string, to: string): Edit => ({
      stimulus: (told) => ({ ...told, content: told.content.replace(from, to) }),
    });
    const lost = { code: "TARGET_UNKNOWN", message: "The edit of what people are told changed none of it." };
    await expect(fork(plain, { ...options, name: "lost", edit: said("What dit", "Who did") })).rejects.toMatchObject(
      lost,
    );
    const first = forkOf(plain, { name: "who", edit: said("What did", "Who did") });
    await playStudy(first, options);
    const second = { ...options, name: "who else", edit: said("What did", "Who else did") };
    await expect(fork(first, second)).rejects.toMatchObject(lost);
  });

  it("says which places there are when the study never comes to its own", async () => {
    const { options } = await stage();
    await playStudy(plain, options);
    await expect(fork(plain, { ...options, name: "far", at: "room/9", change: () => undefined })).rejects.toMatchObject(
      {
        code: "PLACE_UNKNOWN",
        data: { place: "room/9", known: ["room/1", "room/2", "room/3", "after the talk"] },
      },
    );
    expect(() => forkOf(plain, { name: "no place", change: () => undefined })).toThrow("A change needs a place");
  });

  it("needs a run to come from", async () => {
    const { options } = await stage();
    await expect(fork(plain, { ...options, name: "x" })).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
  });

  it("does nothing in the real world that was not done before, unless it is told to", async () => {
    const { options } = await stage();
    const { store } = options;
    const sent: string[] = [];
    const send = defineAction({
      type: "SEND",
      kind: "effect",
      description: "send a letter",
      args: z.object({ words: z.string() }),
      effect: { realWorld: true, policy: "allow" },
      run: async ({ words }) => {
        sent.push(words);
        return { text: "It is sent." };
      },
    });
    const model = scriptedModel((request) => {
      const words = promptOf(request).includes("Again, please.") ? "again" : "once";
      return { actions: [{ type: "SEND", words }, { type: "DONE" }] };
    });
    const study = defineStudy({
      name: "letters",
      run: async (simulation) => {
        const ada = await simulation.person({ name: "Ada" }, { faculties: [{ name: "post", actions: [send] }] });
        await ada.listenAndAct("Write to them.");
        await simulation.checkpoint("written");
        await ada.listenAndAct("Go on.");
      },
    });
    const letters = { ...options, model, store };
    await playStudy(study, letters);
    expect(sent).toEqual(["once", "once"]);
    const change = ({ people: [ada] }: Simulation) => ada?.listen("Again, please.");
    const { run } = await fork(study, { ...letters, name: "again", at: "written", change });
    const hows = (events: readonly JournalEvent[]) =>
      events.flatMap((event) => (event.type === "effect-done" ? event.how : []));
    expect(sent).toEqual(["once", "once"]);
    expect(hows(await Array.fromAsync(readStory(store, run)))).toEqual(["run", "simulated"]);
    await fork(study, { ...letters, effects: "by policy", name: "really", at: "written", change });
    expect(sent).toEqual(["once", "once", "again"]);
  });
});

it("comes from a run by its id, by its beginning, or by the name of its study", async () => {
  const study = studyOf({ people: 2, steps: 1, seed: 7, order: "sequential", chain: false });
  const settled = { store: createMemoryStore(), configuration: noConfiguration, model: "builtin" } as const;
  const { run } = await playStudy(study, settled);
  for (const of of [run, run.slice(0, -2), "kettles"]) {
    const forked = await fork(study, { ...settled, of, name: "again" });
    expect((await settled.store.getRun(forked.run))?.parent?.run).toBe(run);
  }
  await expect(fork(study, { ...settled, of: "kettle stories", name: "again" })).rejects.toMatchObject({
    code: "RUN_UNKNOWN",
  });
});

it("has a name of its own: what parts elsewhere, or is described otherwise, is refused or takes its place", async () => {
  const study = studyOf({ people: 2, steps: 2, seed: 7, order: "sequential", chain: false });
  const settled = {
    store: createMemoryStore(),
    configuration: noConfiguration,
    model: "builtin",
    name: "told",
  } as const;
  await playStudy(study, { ...settled });
  const change = ({ worlds: [room] }: Simulation) => room?.broadcast("200 euros.");
  const first = await fork(study, { ...settled, at: "room/2", change, described: { say: "200 euros" } });
  for (const other of [{ at: "room/1" }, { at: "room/2", described: { say: "nothing" } }]) {
    await expect(fork(study, { ...settled, change, ...other })).rejects.toMatchObject({ code: "NAME_TAKEN" });
  }
  const same = await fork(study, { ...settled, at: "room/2", change, described: { say: "200 euros" } });
  expect(same.run).toBe(first.run);
  const other = await fork(study, { ...settled, at: "room/1", change, described: {}, replace: true });
  expect([other.run, (await settled.store.getRun(other.run))?.parent?.at]).toEqual([first.run, "room/1"]);
});
