import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent } from "../../../src/kernel/contracts/events.ts";
import type { Store } from "../../../src/kernel/contracts/store.ts";
import { createClock } from "../../../src/kernel/values/clock.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { exportJsonl, readStory } from "../../../src/store/story.ts";
import { note, openTake, type TestTake } from "../../support/journal.ts";
import { attemptRecord, callRecord, collect } from "../../support/store-contract.ts";

/** Records labels as `scope:label` in one take and ends it, or leaves it as a kill would (the run is let go of). */
async function take(
  store: Store,
  labels: readonly string[],
  end: "finished" | "stopped" = "finished",
): Promise<TestTake> {
  const opened = await openTake(store);
  for (const label of labels) opened.journal.fork(label.split(":")[0] ?? "").record(note(label));
  await opened.finish(end);
  return opened;
}

const story = async (store: Store): Promise<string[]> =>
  (await collect(readStory(store, "r"))).map((event) => (event as JournalEvent & { label: string }).label);

const rows = async (store: Store) =>
  (await collect(store.readEvents("r"))).map(({ type, scope, ordinal }) => `${type} ${scope}#${ordinal}`);

const diverged = ({ shown }: TestTake) => shown.filter((event) => event.type === "diverged");

describe("recording", () => {
  it("numbers events by scope and stamps simulated time", async () => {
    const { journal, shown } = await openTake(createMemoryStore(), createClock(new Date(0)));
    const lisa = journal.fork("person:lisa");
    expect(journal.record(note("root")).id).toBe("#0");
    expect(lisa.record(note("one")).id).toBe("person:lisa#0");
    expect(journal.fork("person:lisa").record(note("two")).id).toBe("person:lisa#1");
    expect(lisa.fork("story").record(note("three"))).toEqual({
      type: "noted",
      label: "three",
      value: null,
      id: "person:lisa/story#0",
      time: "1970-01-01T00:00:00.000Z",
    });
    expect(shown).toHaveLength(4);
  });
  it("is durable after settle, and keeps no gaps", async () => {
    const store = createMemoryStore();
    const { journal } = await openTake(store);
    for (let index = 0; index < 10; index++) {
      journal.record(note(`n${index}`));
      if (index % 3 === 0) await Promise.resolve();
    }
    await journal.settle();
    expect(await story(store)).toEqual(Array.from({ length: 10 }, (_, index) => `n${index}`));
  });
  it("reads back what one scope told since the run was opened, of the types that are asked for", async () => {
    const store = createMemoryStore();
    const labels = async (journal: TestTake["journal"], types?: readonly "noted"[]) =>
      (await collect(journal.told(types))).map((event) => (event as JournalEvent & { label: string }).label);
    const first = await openTake(store);
    const lisa = first.journal.fork("person:lisa");
    for (const label of ["a", "b", "c"]) lisa.record(note(label));
    first.journal.fork("person:lisa/story").record(note("below"));
    expect(await labels(lisa, ["noted"])).toEqual(["a", "b", "c"]);
    expect(await collect(lisa.told(["turn"]))).toEqual([]);
    await first.finish("stopped");

    const second = (await openTake(store)).journal.fork("person:lisa");
    expect(await labels(second)).toEqual([]);
    second.record(note("a"));
    expect(await labels(second)).toEqual(["a"]);
    second.record({ type: "persona-changed", person: "lisa", persona: {} });
    second.record(note("d"));
    expect(await labels(second, ["noted"])).toEqual(["a", "d"]);
    const changes = await collect(readStory(store, "r", { types: ["persona-changed"] }));
    expect(changes.map(({ type }) => type)).toEqual(["persona-changed"]);
    expect((await collect(second.told())).map(({ id }) => id)).toEqual([0, 1, 2].map((at) => `person:lisa#${at}`));
  });
  it("tells how a run was opened and ended", async () => {
    const store = createMemoryStore();
    await take(store, ["a:1", "b:1"], "stopped");
    expect(await store.getRun("r")).toMatchObject({ status: "stopped", takes: 1, seed: "7" });
    const second = await openTake(store);
    expect(second).toMatchObject({ take: 2, resumedEvents: 2 });
    expect(await store.getRun("r")).toMatchObject({ status: "running", takes: 2 });
    await expect(openTake(store)).rejects.toMatchObject({ code: "RUN_BUSY" });
    await second.finish("finished");
    await second.finish("failed");
    expect(await store.getRun("r")).toMatchObject({ status: "finished" });
    expect(() => second.journal.record(note("late"))).toThrow(expect.objectContaining({ code: "CLOSED" }));
  });
  it("marks the run when rules made an answer", async () => {
    const store = createMemoryStore();
    const { journal, finish } = await openTake(store);
    await journal.calls.append(callRecord("p", 0, { heuristic: true }), { links: [], texts: new Map() });
    expect(await store.getRun("r")).toMatchObject({ heuristic: true, status: "running" });
    await finish("finished");
    expect(await store.getRun("r")).toMatchObject({ heuristic: true, status: "finished" });
  });
  it("keeps pictures once and gives them back", async () => {
    const store = createMemoryStore();
    const { journal, finish } = await openTake(store);
    const image = {
      type: "image",
      data: new Uint8Array([137, 80, 0, 255]),
      mediaType: "image/png",
      digest: "d",
    } as const;
    const stimulus = { type: "VISUAL", content: "An ad", images: [image] } as const;
    journal.fork("a").record({ type: "stimulus", person: "a", stimulus });
    journal.fork("b").record({
      type: "stimulus",
      person: "b",
      stimulus: { ...stimulus, images: [{ ...image, data: Buffer.from(image.data) }] },
    });
    await finish("finished");
    const bodies = (await collect(store.readEvents("r"))).map(({ body }) => body);
    expect(bodies.join().match(/"data":\{"\$bytes":"[0-9a-f]{64}"\}/g)).toHaveLength(2);
    expect(await collect(readStory(store, "r"))).toMatchObject([{ stimulus }, { stimulus }]);
    const lines = await collect(exportJsonl(store, "r"));
    expect(JSON.parse(lines[2] ?? "").stimulus.images[0].data).toBe("iVAA/w==");
  });
});

describe("telling a story again", () => {
  it("writes nothing as long as it is the same, whatever the order of keys", async () => {
    const store = createMemoryStore();
    const first = await openTake(store);
    first.journal.record({ type: "noted", label: "x", value: { a: 1, b: 2 } });
    await first.finish("finished");
    const second = await openTake(store);
    second.journal.record({ value: { b: 2, a: 1 }, label: "x", type: "noted" });
    await second.finish("finished");
    expect(await rows(store)).toEqual(["noted #0"]);
    expect(second.shown).toHaveLength(1);
  });
  it("goes on where an interrupted take stopped", async () => {
    const store = createMemoryStore();
    await take(store, ["a:1", "b:1", "a:2"], "stopped");
    const second = await take(store, ["a:1", "b:1", "a:2", "b:2"]);
    expect(await story(store)).toEqual(["a:1", "b:1", "a:2", "b:2"]);
    expect(diverged(second)).toEqual([]);
    expect(await rows(store)).toHaveLength(4);
  });
  it("keeps what an interrupted take did not reach, and cuts it at a complete end", async () => {
    const store = createMemoryStore();
    await take(store, ["a:1", "b:1", "a:2", "b:2"]);
    await take(store, ["a:1"], "stopped");
    expect(await story(store)).toEqual(["a:1", "b:1", "a:2", "b:2"]);
    await take(store, ["a:1"]);
    expect(await story(store)).toEqual(["a:1"]);
    expect(await rows(store)).toHaveLength(6);
    expect((await openTake(store)).resumedEvents).toBe(1);
  });
  it("tells it anew from the first difference on, in every scope and in the new order", async () => {
    const store = createMemoryStore();
    await take(store, ["a:1", "b:1", "a:2", "b:2", "a:3", "b:3"]);
    const second = await take(store, ["a:1", "b:1", "a:changed", "b:2", "a:4", "b:other"], "stopped");
    expect(await story(store)).toEqual(["a:1", "b:1", "a:changed", "b:2", "a:4", "b:other"]);
    expect(diverged(second).map(({ scope, ordinal }) => [scope, ordinal])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(diverged(second)[0]?.what).toBe(
      'the noted event differs: was “{"id":"a#1","label":"a:2","type":"noted","value":null}”, now “{"id":"a#1","label":"a:changed","type":"noted","value":null}”',
    );
    const third = await take(store, ["a:1", "b:1", "a:2", "b:2", "a:3", "b:3"]);
    expect(await story(store)).toEqual(["a:1", "b:1", "a:2", "b:2", "a:3", "b:3"]);
    expect(third.resumedEvents).toBe(6);
    expect((await collect(store.readEvents("r"))).map(({ take }) => take)).toEqual(expect.arrayContaining([1, 2, 3]));
  });
  it("tells the same story however the scopes are interleaved and interrupted", async () => {
    const scopes = ["a", "b", "c"];
    const interleaving = fc.array(fc.constantFrom(...scopes), { maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(
        interleaving,
        fc.array(fc.nat(24), { maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (order, stops, shuffle) => {
          const store = createMemoryStore();
          const counts = new Map<string, number>();
          const labels = order.map((scope) => {
            counts.set(scope, (counts.get(scope) ?? 0) + 1);
            return `${scope}:${counts.get(scope)}`;
          });
          /** The same labels in another order that keeps each scope's own. */
          const mixed = () => {
            const queues = new Map(scopes.map((scope) => [scope, labels.filter((label) => label.startsWith(scope))]));
            return labels.map(() => {
              const open = [...queues.values()].filter((queue) => queue.length > 0);
              return open[(shuffle.next().value ?? 0) % open.length]?.shift() ?? "";
            });
          };
          for (const stop of stops) await take(store, mixed().slice(0, stop), "stopped");
          const last = await take(store, mixed());
          expect(diverged(last)).toEqual([]);
          const told = await story(store);
          for (const scope of scopes) {
            const own = (list: string[]) => list.filter((label) => label.startsWith(scope));
            expect(own(told)).toEqual(own(labels));
          }
          expect(await rows(store)).toHaveLength(labels.length);
        },
      ),
      { numRuns: 60 },
    );
  });
  it("is the story of the last complete take, whatever was told before", async () => {
    const labels = fc.array(
      fc.tuple(fc.constantFrom("a", "b"), fc.nat(2)).map(([scope, n]) => `${scope}:${n}`),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(labels, fc.boolean()), { maxLength: 4 }), labels, async (before, last) => {
        const store = createMemoryStore();
        for (const [told, complete] of before) await take(store, told, complete ? "finished" : "stopped");
        await take(store, last);
        const told = await story(store);
        expect(told.toSorted()).toEqual(last.toSorted());
        for (const scope of ["a", "b"]) {
          const own = (list: string[]) => list.filter((label) => label.startsWith(scope));
          expect(own(told)).toEqual(own(last));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("failures", () => {
  it("surfaces a failed write everywhere, and never writes past it", async () => {
    const store = createMemoryStore();
    const failure = new TinyTroupeError("STORE_FAILED", "Full.", { data: { location: "x" }, hint: "Make room." });
    let failing = false;
    const appended: number[] = [];
    const { journal, finish } = await openTake({
      ...store,
      appendEvents: async (run, events, texts) => {
        if (failing) throw failure;
        appended.push(events.length);
        return store.appendEvents(run, events, texts);
      },
    });
    journal.record(note("kept"));
    await journal.settle();
    failing = true;
    journal.record(note("lost"));
    await expect(journal.settle()).rejects.toBe(failure);
    failing = false;
    expect(() => journal.record(note("after"))).toThrow(failure);
    await expect(journal.settle()).rejects.toBe(failure);
    await expect(journal.calls.append(callRecord("p", 0), { links: [], texts: new Map() })).rejects.toBe(failure);
    // A model's layers tell of what they paid, and must not fall over it themselves.
    expect(() => journal.calls.attempted(attemptRecord("p"))).not.toThrow();
    await expect(finish("finished")).rejects.toBe(failure);
    expect(appended).toEqual([1]);
    await expect(openTake(store)).resolves.toMatchObject({ take: 2, resumedEvents: 1 });
  });
  it("lets whoever writes next hear of an attempt that could not be kept", async () => {
    const store = createMemoryStore();
    const failure = new TinyTroupeError("STORE_FAILED", "Full.", { data: { location: "x" }, hint: "Make room." });
    const { journal, finish } = await openTake({ ...store, putAttempt: () => Promise.reject(failure) });
    journal.calls.attempted(attemptRecord("p"));
    const call = journal.calls.append(callRecord("p", 0), { links: [], texts: new Map() });
    await expect(call.then(() => journal.settle())).rejects.toBe(failure);
    await expect(finish("finished")).rejects.toBe(failure);
  });
  it("ends only when every attempt is kept, and not well when one could not be", async () => {
    const store = createMemoryStore();
    const failure = new TinyTroupeError("STORE_FAILED", "Full.", { data: { location: "x" }, hint: "Make room." });
    const { promise, reject } = Promise.withResolvers<void>();
    const { journal, finish } = await openTake({ ...store, putAttempt: () => promise });
    journal.calls.attempted(attemptRecord("p"));
    const ending = finish("finished");
    await new Promise(setImmediate);
    reject(failure);
    await expect(ending).rejects.toBe(failure);
    expect(await store.getRun("r")).toMatchObject({ status: "running" });
  });
});

describe("answers by rules", () => {
  const none = { links: [], texts: new Map() };
  const ofRules = (ordinal: number) => callRecord("p", ordinal, { heuristic: true });
  const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it("go out while they are written, and those that cost something do not", async () => {
    const store = createMemoryStore();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { journal, finish } = await openTake({ ...store, putCall: () => promise });
    await journal.calls.append(ofRules(0), none);
    const order: string[] = [];
    const paid = journal.calls.append(callRecord("p", 1), none).then(() => order.push("paid"));
    await turnOfLoop();
    const ending = finish("finished").then(() => order.push("ended"));
    await turnOfLoop();
    expect(order).toEqual([]);
    resolve();
    await Promise.all([paid, ending]);
    expect(order).toEqual(["paid", "ended"]);
  });
  it("are waited for once too many are being written", async () => {
    const store = createMemoryStore();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { journal, finish } = await openTake({ ...store, putCall: () => promise });
    for (let ordinal = 0; ordinal < 4_095; ordinal++) await journal.calls.append(ofRules(ordinal), none);
    let went = 0;
    const more = [4_095, 4_096].map((ordinal) => journal.calls.append(ofRules(ordinal), none).then(() => went++));
    await turnOfLoop();
    await turnOfLoop();
    expect(went).toBe(0);
    resolve();
    await Promise.all(more);
    await finish("finished");
  });
  it("leave the event loop its turns", async () => {
    const { journal, finish } = await openTake(createMemoryStore());
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (turns < 10) setImmediate(count);
    };
    setImmediate(count);
    for (let ordinal = 0; ordinal < 320; ordinal++) await journal.calls.append(ofRules(ordinal), none);
    expect(turns).toBeGreaterThanOrEqual(9);
    await finish("finished");
  });
  it("that could not be kept are met by whoever writes next", async () => {
    const store = createMemoryStore();
    const failure = new TinyTroupeError("STORE_FAILED", "Full.", { data: { location: "x" }, hint: "Make room." });
    const { journal, finish } = await openTake({ ...store, putCall: () => Promise.reject(failure) });
    await journal.calls.append(ofRules(0), none);
    await turnOfLoop();
    await expect(journal.calls.append(ofRules(1), none)).rejects.toBe(failure);
    expect(() => journal.record(note("after"))).toThrow(failure);
    await expect(finish("finished")).rejects.toBe(failure);
  });
});

describe("export", () => {
  it("starts with a header that says that all of it was simulated", async () => {
    const store = createMemoryStore();
    await take(store, ["a:1"]);
    const [header, ...lines] = (await collect(exportJsonl(store, "r"))).map((line) => JSON.parse(line));
    expect(header).toMatchObject({ simulated: true, run: { id: "r", name: "focus group", seed: "7", takes: 1 } });
    expect(lines).toEqual([{ type: "noted", label: "a:1", value: null, id: "a#0" }]);
    await expect(collect(exportJsonl(store, "none"))).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
    await expect(collect(readStory(store, "none"))).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
  });
});
