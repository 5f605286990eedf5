import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallRecord } from "../../../src/kernel/contracts/journal.ts";
import type { Parent, Store } from "../../../src/kernel/contracts/store.ts";
import { createClock } from "../../../src/kernel/values/clock.ts";
import { openJournal } from "../../../src/store/journal.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { readStory } from "../../../src/store/story.ts";
import { note } from "../../support/journal.ts";
import { callRecord, collect } from "../../support/store-contract.ts";

async function openRun(store: Store, id: string, parent?: Omit<Parent, "upTo">) {
  const reused: CallRecord[] = [];
  const run = { id, name: id, seed: "7", model: "test/scripted", ...(parent && { parent }) };
  const opened = await openJournal(store, {
    ...{ run, clock: createClock(), watch: () => undefined },
    reused: (call) => void reused.push(call),
  });
  return { ...opened, reused };
}

/** Tells labels as `scope:label`, and ends. */
async function tell(store: Store, id: string, labels: readonly string[], parent?: string, end = "finished") {
  const { journal, finish } = await openRun(store, id, parent === undefined ? undefined : { run: parent, at: "x" });
  for (const label of labels) journal.fork(label.split(":")[0] ?? "").record(note(label));
  await finish(end as "finished");
}

const story = async (store: Store, run: string): Promise<unknown[]> =>
  (await collect(readStory(store, run))).map((event) => ("label" in event ? event.label : event.type));

const rows = async (store: Store, run: string) =>
  (await collect(store.readEvents(run))).map(({ type, scope, ordinal }) => `${type} ${scope}#${ordinal}`);

describe("a fork's story", () => {
  it("is its parent's as long as it goes as before, and nothing is written", async () => {
    const store = createMemoryStore();
    await tell(store, "p", ["a:1", "b:1", "a:2"]);
    await tell(store, "f", ["a:1", "b:1", "a:2"], "p");
    expect(await rows(store, "f")).toEqual([]);
    expect(await collect(readStory(store, "f"))).toEqual(await collect(readStory(store, "p")));
    expect(await store.getRun("f")).toMatchObject({ parent: { run: "p", at: "x", upTo: 3 }, takes: 1 });
  });
  it("is its own from where they part, and leaves the parent's as it is", async () => {
    const store = createMemoryStore();
    await tell(store, "p", ["a:1", "b:1", "a:2", "b:2", "a:3"]);
    await tell(store, "f", ["a:1", "b:1", "a:two", "b:2"], "p");
    expect(await story(store, "f")).toEqual(["a:1", "b:1", "a:two", "b:2"]);
    expect(await story(store, "p")).toEqual(["a:1", "b:1", "a:2", "b:2", "a:3"]);
    expect(await rows(store, "f")).toEqual(["cut a#1", "cut b#1", "noted a#1", "noted b#1"]);
  });
  it("stays as it is when its parent tells another one later", async () => {
    const store = createMemoryStore();
    await tell(store, "p", ["a:1", "a:2", "a:3"]);
    await tell(store, "f", ["a:1", "a:2", "a:three"], "p");
    await tell(store, "p", ["a:one", "a:two"]);
    expect(await story(store, "p")).toEqual(["a:one", "a:two"]);
    expect(await story(store, "f")).toEqual(["a:1", "a:2", "a:three"]);
    await tell(store, "f", ["a:1", "a:2", "a:three"], "p");
    expect(await rows(store, "f")).toEqual(["cut a#2", "noted a#2"]);
    expect(await store.getRun("f")).toMatchObject({ takes: 2, parent: { upTo: 3 } });
  });
  it("is told on when the fork is started again, its parent unnamed, too", async () => {
    const store = createMemoryStore();
    await tell(store, "p", ["a:1", "a:2"]);
    await tell(store, "f", ["a:1", "a:two"], "p", "stopped");
    await tell(store, "f", ["a:1", "a:two", "a:three"]);
    expect(await story(store, "f")).toEqual(["a:1", "a:two", "a:three"]);
    expect(await rows(store, "f")).toEqual(["cut a#1", "noted a#1", "noted a#2"]);
  });
  it("cannot be told without its parent", async () => {
    const store = createMemoryStore();
    await expect(openRun(store, "f", { run: "gone" })).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
    expect(await store.countRuns()).toBe(0);
  });
  it("is the last one told, whatever forks of forks told before", async () => {
    const label = fc.constantFrom("a:1", "a:2", "b:1", "b:2");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(label, { maxLength: 8 }), { minLength: 2, maxLength: 5 }), async (stories) => {
        const store = createMemoryStore();
        for (const [place, told] of stories.entries()) {
          await tell(store, `r${place}`, told, place === 0 ? undefined : `r${place - 1}`);
        }
        for (const [place, told] of stories.entries()) {
          const read = await collect(readStory(store, `r${place}`));
          const inScope = (scope: string) => told.filter((one) => one.startsWith(scope));
          const readIn = (scope: string) =>
            read.flatMap((event) => ("label" in event && event.id.startsWith(scope) ? [event.label] : []));
          for (const scope of ["a", "b"]) expect(readIn(scope)).toEqual(inScope(scope));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a fork's calls", () => {
  const bodies = { links: [], texts: new Map() };
  it("are its own, else its parent's, wherever these stand", async () => {
    const store = createMemoryStore();
    const parent = await openRun(store, "p");
    for (const ordinal of [0, 1, 2]) await parent.journal.calls.append(callRecord("a", ordinal), bodies);
    await parent.finish("finished");
    const middle = await openRun(store, "m", { run: "p" });
    const own = callRecord("a", 1, { value: "its own" });
    await middle.journal.calls.append(own, bodies);
    await middle.finish("stopped");
    const { journal, finish, reused } = await openRun(store, "f", { run: "m" });
    const found = (ordinal: number) => journal.calls.find("a", callRecord("a", ordinal).key, 0);
    expect(await found(0)).toEqual(callRecord("a", 0));
    expect(await found(1)).toEqual(own);
    expect(await found(7)).toBeUndefined();
    expect(await journal.calls.at("a", 2)).toEqual(callRecord("a", 2));
    expect(reused).toEqual([callRecord("a", 0), own]);
    await finish("stopped");
    expect(await collect(store.listCalls("f"))).toEqual([]);
  });
  it("find what their parent really did done, and not what a fork beside it did", async () => {
    const store = createMemoryStore();
    const done = (effect: string) =>
      ({ type: "effect-done", person: "a", action: "a#0.0", effect, how: "run", outcome: { text: "ok" } }) as const;
    const parent = await openRun(store, "p");
    parent.journal.record(done("mail-1"));
    await parent.finish("stopped");
    const one = await openRun(store, "one", { run: "p" });
    one.journal.record(done("mail-2"));
    await one.finish("stopped");
    const { journal } = await openRun(store, "other", { run: "p" });
    expect(await journal.effects.find("mail-1")).toMatchObject({ done: { how: "run" } });
    expect(await journal.effects.find("mail-2")).toBeUndefined();
  });
});
