import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { AttemptRecord, CallRecord, ChainLink } from "../../src/kernel/contracts/journal.ts";
import type { NewEventRow, RunRecord, Store } from "../../src/kernel/contracts/store.ts";
import { digest } from "../../src/kernel/values/hash.ts";

export function runRecord(id: string, more: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    name: "focus group",
    seed: "7",
    model: "test/scripted",
    status: "running",
    createdAt: "2030-01-01T00:00:00.000Z",
    updatedAt: "2030-01-01T00:00:00.000Z",
    takes: 1,
    ...more,
  };
}

export function eventRowOf(scope: string, ordinal: number, more: Partial<NewEventRow> = {}): NewEventRow {
  const body = more.body ?? JSON.stringify({ type: "noted", label: "n", value: ordinal, id: `${scope}#${ordinal}` });
  return { scope, ordinal, take: 1, type: "noted", digest: digest(body), body, ...more };
}

export function callRecord(scope: string, ordinal: number, more: Partial<CallRecord> = {}): CallRecord {
  return {
    scope,
    ordinal,
    key: digest(`key ${ordinal}`),
    occurrence: 0,
    model: "test/scripted",
    purpose: "act",
    head: "",
    schema: digest("{}"),
    parameters: "{}",
    value: { text: `answer ${ordinal}` },
    usage: { input: 100, output: 20 },
    at: "2030-01-01T00:00:00.000Z",
    durationMs: 12,
    ...more,
  };
}

export function attemptRecord(scope: string, more: Partial<AttemptRecord> = {}): AttemptRecord {
  const usage = { input: 100, output: 20 };
  return { scope, purpose: "act", model: "test/scripted", usage, at: "2030-01-01T00:00:00.000Z", ...more };
}

/** A chain of messages as a call hands it over: `from` onwards it is new. */
export function chainOf(bodies: readonly string[]): { links: ChainLink[]; texts: Map<string, string> } {
  const links: ChainLink[] = [];
  for (const body of bodies) {
    const previous = links.at(-1)?.link ?? "";
    links.push({ link: digest(`${previous}\n${digest(body)}`), previous, body: digest(body) });
  }
  return { links, texts: new Map(bodies.map((body) => [digest(body), body])) };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** What every store must do. `open` gives an empty one; `reopen`, where a store outlives its handle, the same again. */
export function storeContract(open: () => Promise<Store>, reopen?: (store: Store) => Promise<Store>): void {
  const opened: Store[] = [];
  const fresh = async (): Promise<Store> => {
    const store = await open();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  /** The store as another program would find it now. */
  const again = async (store: Store): Promise<Store> => {
    if (reopen === undefined) return store;
    await store.close();
    const next = await reopen(store);
    opened.push(next);
    return next;
  };

  describe("runs", () => {
    it("keeps a run as it was put, the last put winning", async () => {
      const store = await fresh();
      const full = runRecord("a", { heuristic: true, details: { study: "x.yaml", __proto__x: [1, null] } });
      await store.putRun(runRecord("a"));
      await store.putRun(full);
      const later = await again(store);
      expect(await later.getRun("a")).toEqual(full);
      expect(await later.getRun("b")).toBeUndefined();
      await later.putRun(runRecord("a"));
      expect(await later.getRun("a")).toEqual(runRecord("a"));
    });
    it("lists newest first, filtered and paged", async () => {
      const store = await fresh();
      for (const day of [1, 2, 3, 4]) {
        const status = day % 2 === 0 ? "finished" : "failed";
        await store.putRun(
          runRecord(`r${day}`, { createdAt: `2030-01-0${day}T00:00:00.000Z`, status, name: `n${day % 3}` }),
        );
      }
      const ids = async (query: Parameters<Store["listRuns"]>[0]) => (await store.listRuns(query)).map(({ id }) => id);
      expect(await ids({})).toEqual(["r4", "r3", "r2", "r1"]);
      expect(await ids({ status: "finished" })).toEqual(["r4", "r2"]);
      expect(await ids({ name: "n1" })).toEqual(["r4", "r1"]);
      expect(await ids({ offset: 1, limit: 2 })).toEqual(["r3", "r2"]);
      expect(await ids({ offset: 3 })).toEqual(["r1"]);
      expect(await store.countRuns()).toBe(4);
      expect(await store.countRuns({ status: "finished" })).toBe(2);
    });
    it("finds them by how they begin, by a part, and by when they were played", async () => {
      const store = await fresh();
      const played = (day: number): string => `2030-01-0${day}T00:00:00.000Z`;
      await store.putRun(runRecord("talk-a", { name: "Talk", model: "openai/x", updatedAt: played(3) }));
      await store.putRun(runRecord("talk-b", { name: "Talk 2", model: "ollama/x", updatedAt: played(1) }));
      await store.putRun(runRecord("설문-c", { name: "설문 조사", updatedAt: played(2) }));
      await store.putRun(runRecord("a%_d", { name: "100 %", updatedAt: played(2) }));
      const ids = async (query: Parameters<Store["listRuns"]>[0]) => (await store.listRuns(query)).map(({ id }) => id);
      expect(await ids({ order: "updated" })).toEqual(["talk-a", "a%_d", "설문-c", "talk-b"]);
      expect(await ids({ order: "updated", limit: 2, offset: 1 })).toEqual(["a%_d", "설문-c"]);
      expect(await ids({ idStart: "talk-" })).toEqual(["talk-a", "talk-b"]);
      expect(await ids({ idStart: "설" })).toEqual(["설문-c"]);
      expect(await ids({ idStart: "%" })).toEqual([]);
      expect(await ids({ idPart: "-c" })).toEqual(["설문-c"]);
      expect(await ids({ idPart: "%_" })).toEqual(["a%_d"]);
      expect(await ids({ nameStart: "Talk" })).toEqual(["talk-a", "talk-b"]);
      expect(await ids({ nameStart: "talk" })).toEqual([]);
      expect(await ids({ modelStart: "o", nameStart: "Talk 2" })).toEqual(["talk-b"]);
      expect(await ids({ since: played(2), before: played(3) })).toEqual(["a%_d", "설문-c"]);
      expect(await store.countRuns({ since: played(2) })).toBe(3);
    });
    it("knows which runs are forks of which, and removes none that a fork needs", async () => {
      const store = await fresh();
      await store.putRun(runRecord("a"));
      const fork = runRecord("b", { parent: { run: "a", at: "room/3", upTo: 12 } });
      await store.putRun(fork);
      await store.putRun(runRecord("c", { parent: { run: "b", upTo: 0 } }));
      const later = await again(store);
      expect(await later.getRun("b")).toEqual(fork);
      expect(await later.listRuns({ parent: "b" })).toEqual([runRecord("c", { parent: { run: "b", upTo: 0 } })]);
      expect(await later.countRuns({ parent: "a" })).toBe(1);
      await expect(later.removeRun("a")).rejects.toMatchObject({
        code: "RUN_NEEDED",
        data: { run: "a", forks: ["b"] },
      });
      await expect(later.removeRun("a", "b")).rejects.toMatchObject({ code: "RUN_NEEDED", data: { run: "b" } });
      expect(await later.countRuns()).toBe(3);
      await later.removeRun("c");
      await later.removeRun("b", "a");
      expect(await later.countRuns()).toBe(0);
    });
    it("says who is held, and keeps nobody from taking a run by it", async () => {
      const store = await fresh();
      const owner = await store.own("a");
      expect(await store.heldRuns(["a", "b"])).toEqual(new Set(["a"]));
      await owner.release();
      expect(await store.heldRuns(["a", "b"])).toEqual(new Set());
      await (await store.own("a")).release();
    });
    it("lets one holder have a run, until it lets go", async () => {
      const store = await fresh();
      const owner = await store.own("a");
      await expect(store.own("a")).rejects.toMatchObject({ code: "RUN_BUSY", data: { run: "a" } });
      const other = await store.own("b");
      await owner.release();
      await (await store.own("a")).release();
      await other.release();
    });
  });

  describe("events", () => {
    it("gives sequences from 1 within each run, in the order of the calls", async () => {
      const store = await fresh();
      await Promise.all([
        store.appendEvents("a", [eventRowOf("x", 0), eventRowOf("y", 0)]),
        store.appendEvents("b", [eventRowOf("x", 0)]),
        store.appendEvents("a", [eventRowOf("x", 1)]),
      ]);
      const later = await again(store);
      await later.appendEvents("a", [eventRowOf("y", 1)]);
      const rows = await collect(later.readEvents("a"));
      expect(rows.map(({ sequence, scope, ordinal }) => [sequence, scope, ordinal])).toEqual([
        [1, "x", 0],
        [2, "y", 0],
        [3, "x", 1],
        [4, "y", 1],
      ]);
      expect(rows[0]).toEqual({ ...eventRowOf("x", 0), sequence: 1 });
      expect((await collect(later.readEvents("b"))).map(({ sequence }) => sequence)).toEqual([1]);
      expect(await collect(later.readEvents("none"))).toEqual([]);
    });
    it("reads by scope, type, place and number, with and without bodies", async () => {
      const store = await fresh();
      const rows = Array.from({ length: 1200 }, (_, index) =>
        eventRowOf(index % 2 === 0 ? "x" : "y", Math.floor(index / 2), { type: index % 3 === 0 ? "turn" : "noted" }),
      );
      await store.appendEvents("a", rows);
      const sequences = async (query: Parameters<Store["readEvents"]>[1]) =>
        (await collect(store.readEvents("a", query))).map(({ sequence }) => sequence);
      expect(await sequences({})).toEqual(rows.map((_, index) => index + 1));
      expect(await sequences({ scope: "y", afterSequence: 1195 })).toEqual([1196, 1198, 1200]);
      expect(await sequences({ types: ["turn"], afterSequence: 1190 })).toEqual([1192, 1195, 1198]);
      expect(await sequences({ types: [], limit: 3 })).toEqual([]);
      expect(await sequences({ limit: 700 })).toHaveLength(700);
      expect((await collect(store.readEvents("a", { limit: 1, bodies: false })))[0]?.body).toBe("");
    });
    it("reads a scope with all that lie below it, and no other of its beginning", async () => {
      const store = await fresh();
      const scopes = ["p:a", "p:a/fork:b", "p:a/fork:b/memory", "p:a/fork:b:2", "p:a/fork:bc", "p:a/fork:b0", "p:a"];
      await store.appendEvents(
        "a",
        scopes.map((scope, index) => eventRowOf(scope, index)),
      );
      const within = async (scope: string) =>
        (await collect(store.readEvents("a", { within: scope }))).map((row) => row.scope);
      expect(await within("p:a/fork:b")).toEqual(["p:a/fork:b", "p:a/fork:b/memory"]);
      expect(await within("p:a")).toEqual(scopes);
      expect(await within("p")).toEqual([]);
    });
    it("keeps any text as it is", async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 40 }), async (text) => {
          const store = await open();
          await store.appendEvents(
            "r",
            [eventRowOf(text, 0, { body: JSON.stringify({ text }) })],
            new Map([["d", text]]),
          );
          const rows = await collect(store.readEvents("r", { scope: text }));
          expect(rows.map((row) => [row.scope, JSON.parse(row.body)])).toEqual([[text, { text }]]);
          expect(await store.text("d")).toBe(text);
          await store.close();
        }),
        { numRuns: 15 },
      );
    });
  });

  describe("calls", () => {
    it("finds a call by what was asked and by its place; of several, the latest", async () => {
      const store = await fresh();
      const first = callRecord("p", 0);
      const failed = callRecord("p", 1, { value: null, error: { code: "MODEL_REFUSED", message: "no", hint: "h" } });
      const second = callRecord("p", 0, { key: digest("other"), heuristic: true, step: "room/3", label: "survey" });
      const redone = callRecord("p", 0, { value: [1, { "": null }] });
      for (const call of [first, failed, second]) await store.putCall("a", call, { links: [], texts: new Map() });
      await store.putCall("a", redone, { links: [], texts: new Map() });
      const later = await again(store);
      expect(await later.findCall("a", { scope: "p", key: first.key, occurrence: 0 })).toEqual(redone);
      expect(await later.findCall("a", { scope: "p", key: second.key, occurrence: 0 })).toEqual(second);
      expect(await later.callAt("a", "p", 0)).toEqual(redone);
      expect(await later.callAt("a", "p", 1)).toEqual(failed);
      for (const [run, scope, occurrence] of [
        ["b", "p", 0],
        ["a", "q", 0],
        ["a", "p", 1],
      ] as const) {
        expect(await later.findCall(run, { scope, key: first.key, occurrence })).toBeUndefined();
      }
      expect(await collect(later.listCalls("a"))).toEqual([first, failed, second, redone]);
    });
    it("keeps each message once and gives the chain back, oldest first", async () => {
      const store = await fresh();
      const { links, texts } = chainOf(["one", "two", "three"]);
      await store.putCall("a", callRecord("p", 0, { head: links[1]!.link }), { links: links.slice(0, 2), texts });
      await store.putCall("b", callRecord("p", 0, { head: links[2]!.link }), { links, texts });
      const later = await again(store);
      expect(await later.chain(links[2]!.link)).toEqual(links);
      expect(await later.chain(links[1]!.link)).toEqual(links.slice(0, 2));
      expect(await later.chain("")).toEqual([]);
      expect(await later.text(digest("three"))).toBe("three");
      expect(await later.text(digest("four"))).toBeUndefined();
    });
  });

  describe("attempts", () => {
    it("keeps each as it was, in order, those of one run apart from another's", async () => {
      const store = await fresh();
      const usage = { input: 100, output: 20, cachedInput: 80, cacheWrite: 5, reasoning: 7 };
      const { usage: _, ...lost } = attemptRecord("p", { failure: "MODEL_TIMEOUT", atMost: { input: 900, output: 1 } });
      const kept = [
        attemptRecord("p", { step: "room/3", label: "survey", usage, purpose: "extract" }),
        lost,
        attemptRecord("q", { failure: "UNEXPECTED", usage: { input: 0, output: 0 } }),
      ];
      await Promise.all(kept.map((attempt) => store.putAttempt("a", attempt)));
      await store.putAttempt("b", attemptRecord("x"));
      const later = await again(store);
      await later.putAttempt("a", attemptRecord("z"));
      expect(await collect(later.listAttempts("a"))).toEqual([...kept, attemptRecord("z")]);
      expect(await collect(later.listAttempts("b"))).toEqual([attemptRecord("x")]);
      expect(await collect(later.listAttempts("none"))).toEqual([]);
    });
    it("lists more than fit into a page", async () => {
      const store = await fresh();
      const scopes = Array.from({ length: 6000 }, (_, index) => `p${index}`);
      await Promise.all(scopes.map((scope) => store.putAttempt("a", attemptRecord(scope))));
      expect((await collect(store.listAttempts("a"))).map(({ scope }) => scope)).toEqual(scopes);
    });
  });

  describe("vectors", () => {
    const vector = (...values: number[]): Float32Array => Float32Array.from(values);
    it("gives back what was put, to the bit, and the first where two were put under one digest", async () => {
      const store = await fresh();
      const odd = new Float32Array(new Uint8Array([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]).buffer, 4);
      await Promise.all([
        store.putVectors("a", new Map([["one", vector(0.1, -0, 1e-30, Math.fround(1 / 3))]])),
        store.putVectors("a", new Map([["odd", odd]])),
      ]);
      await store.putVectors("a", new Map([["one", vector(1)]]));
      const later = await again(store);
      const found = await later.findVectors("a", ["odd", "none", "one"]);
      expect(found.get("one")).toEqual(vector(0.1, -0, 1e-30, Math.fround(1 / 3)));
      expect(found.get("odd")).toEqual(odd);
      expect(found.size).toBe(2);
      found.get("odd")?.fill(0);
      expect((await later.findVectors("a", ["odd"])).get("odd")).toEqual(odd);
      expect((await later.findVectors("a", [])).size).toBe(0);
    });
    it("finds more than go into one statement", async () => {
      const store = await fresh();
      const digests = Array.from({ length: 1700 }, (_, index) => digest(`text ${index}`));
      await store.putVectors("a", new Map(digests.map((key, index) => [key, vector(index)])));
      const found = await store.findVectors("a", digests);
      expect(digests.map((key) => found.get(key)?.[0])).toEqual(digests.map((_, index) => index));
    });
    it("keeps them while a run stands that brought or found them", async () => {
      const store = await fresh();
      for (const run of ["a", "b", "c"]) await store.putRun(runRecord(run));
      await store.putVectors("a", new Map(["both", "mine"].map((key) => [key, vector(1)])));
      expect((await store.findVectors("b", ["both"])).size).toBe(1);
      expect((await store.findVectors(undefined, ["mine"])).size).toBe(1);
      await store.removeRun("a");
      const later = await again(store);
      expect([...(await later.findVectors("c", ["both", "mine"])).keys()]).toEqual(["both"]);
      await later.removeRun("b");
      expect((await later.findVectors("c", ["both"])).size).toBe(1);
      await later.removeRun("c");
      expect((await later.findVectors("d", ["both"])).size).toBe(0);
    });
  });

  describe("removing", () => {
    it("removes a run and every text that no other run needs", async () => {
      const store = await fresh();
      const { links, texts } = chainOf(["shared", "only a"]);
      const schema = digest("schema a");
      await store.putRun(runRecord("a"));
      await store.putRun(runRecord("b"));
      await store.putCall("a", callRecord("p", 0, { head: links[1]!.link, schema }), {
        links,
        texts: texts.set(schema, "schema a"),
      });
      await store.putCall("b", callRecord("p", 0, { head: links[0]!.link }), {
        links: [],
        texts: new Map([[digest("{}"), "{}"]]),
      });
      await store.appendEvents(
        "a",
        [eventRowOf("x", 0)],
        new Map([
          ["both", "1"],
          ["mine", "2"],
        ]),
      );
      await store.appendEvents("b", [eventRowOf("x", 0)], new Map([["both", "1"]]));
      for (const run of ["a", "b"]) await store.putAttempt(run, attemptRecord("p"));
      const owner = await store.own("a");
      await expect(store.removeRun("a")).rejects.toMatchObject({ code: "RUN_BUSY" });
      await expect(store.removeRun("b", "a")).rejects.toMatchObject({ code: "RUN_BUSY" });
      expect(await store.countRuns()).toBe(2);
      await owner.release();
      await store.removeRun("a");
      const later = await again(store);
      expect((await later.listRuns()).map(({ id }) => id)).toEqual(["b"]);
      expect(await collect(later.readEvents("a"))).toEqual([]);
      expect(await collect(later.listCalls("a"))).toEqual([]);
      expect(await collect(later.listAttempts("a"))).toEqual([]);
      expect(await collect(later.listAttempts("b"))).toHaveLength(1);
      expect(await later.chain(links[1]!.link)).toEqual([]);
      expect(await later.chain(links[0]!.link)).toEqual(links.slice(0, 1));
      const found = ["both", "mine", schema, digest("shared"), digest("only a"), digest("{}")].map((key) =>
        later.text(key),
      );
      expect(await Promise.all(found)).toEqual(["1", undefined, undefined, "shared", undefined, "{}"]);
    });
    it("refuses work after it is closed", async () => {
      const store = await open();
      await store.close();
      await store.close();
      await expect(store.putRun(runRecord("a"))).rejects.toMatchObject({ code: "CLOSED" });
      await expect(store.getRun("a")).rejects.toMatchObject({ code: "CLOSED" });
      await expect(collect(store.readEvents("a"))).rejects.toMatchObject({ code: "CLOSED" });
    });
  });
}
