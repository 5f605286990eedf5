import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DatabaseSync, type DatabaseSyncOptions } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digest } from "../../../src/kernel/values/hash.ts";
import { inspectSqliteStore } from "../../../src/store/sqlite/inspect.ts";
import { openSqliteStore } from "../../../src/store/sqlite/open.ts";
import { isRunLocked } from "../../../src/store/sqlite/run-lock.ts";
import { readStory } from "../../../src/store/story.ts";
import { note, openTake } from "../../support/journal.ts";
import {
  attemptRecord,
  callRecord,
  chainOf,
  collect,
  eventRowOf,
  runRecord,
  storeContract,
} from "../../support/store-contract.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "store-"));
});
afterAll(() => rm(folder, { recursive: true }));

const newFile = (): string => join(folder, `${++files}`, "troupe.db");

describe("sqlite store", () =>
  storeContract(
    () => openSqliteStore(newFile()),
    (store) => openSqliteStore(store.location),
  ));

describe("what is put aside", () => {
  it("is there as it was last put, leaves no file, and is gone when the store is closed", async () => {
    const path = newFile();
    const [store, other] = [await openSqliteStore(path), await openSqliteStore(path)];
    const files = await readdir(dirname(path));
    const aside = store.aside?.();
    aside?.put(1, Buffer.from("first"));
    aside?.put(2, Buffer.alloc(2_000_000, "x"));
    aside?.put(1, Buffer.from("second"));
    expect(Buffer.from(store.aside?.().get(1) ?? "").toString()).toBe("second");
    expect(aside?.get(2)?.length).toBe(2_000_000);
    expect(aside?.get(3)).toBeUndefined();
    expect(other.aside?.().get(1)).toBeUndefined();
    expect(await readdir(dirname(path))).toEqual(files);
    await Promise.all([store.close(), other.close()]);
    expect(() => aside?.get(1)).toThrow(expect.objectContaining({ code: "CLOSED" }));
  });
});

describe("one file, several programs", () => {
  it("can be read while a run writes to it", async () => {
    const path = newFile();
    const store = await openSqliteStore(path);
    await store.putRun(runRecord("a"));
    const other = new DatabaseSync(path);
    other.exec("begin immediate");
    const reader = await openSqliteStore(path, { patienceMs: 0 });
    expect(await reader.getRun("a")).toEqual(runRecord("a"));
    expect(await store.getRun("a")).toEqual(runRecord("a"));
    other.close();
    await Promise.all([store.close(), reader.close()]);
  });
  it("waits a moment for another's write, and no longer", async () => {
    const path = newFile();
    const [hasty, patient] = [await openSqliteStore(path, { patienceMs: 50 }), await openSqliteStore(path)];
    const other = new DatabaseSync(path);
    other.exec("begin immediate");
    const failure = { code: "STORE_LOCKED", data: { location: path } };
    await expect(hasty.putRun(runRecord("a"))).rejects.toMatchObject(failure);
    const writing = patient.putRun(runRecord("b"));
    setTimeout(() => other.exec("rollback"), 20);
    await writing;
    expect((await patient.listRuns()).map(({ id }) => id)).toEqual(["b"]);
    other.close();
    await Promise.all([hasty.close(), patient.close()]);
  });
  it("lets one of them play a run, and leaves no lock file behind", async () => {
    const path = newFile();
    const [one, other] = [await openSqliteStore(path), await openSqliteStore(path)];
    const owner = await one.own("a");
    await expect(other.own("a")).rejects.toMatchObject({ code: "RUN_BUSY" });
    await expect(other.removeRun("a")).rejects.toMatchObject({ code: "RUN_BUSY" });
    await (await other.own("b")).release();
    await owner.release();
    await owner.release();
    await other.own("a");
    await Promise.all([one.close(), other.close()]);
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
  });
  it("lets go of its file though a lock cannot be removed", async () => {
    const path = newFile();
    const store = await openSqliteStore(path);
    await store.putRun(runRecord("a"));
    await store.own("a");
    const lock = `${path}-run-${digest("a").slice(0, 16)}.lock`;
    await rm(lock);
    await mkdir(lock);
    await store.close().catch(() => undefined);
    expect((await readdir(dirname(path))).filter((name) => name.includes("wal"))).toEqual([]);
  });
  it("is not kept from a run by the lock file of a program that died", async () => {
    const path = newFile();
    const store = await openSqliteStore(path);
    await writeFile(`${path}-run-${digest("a").slice(0, 16)}.lock`, "");
    await (await store.own("a")).release();
    await store.close();
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
  });
  it("holds no run whose lock is let go while one looks", async () => {
    const path = newFile();
    await mkdir(dirname(path));
    await writeFile(path, "");
    class LetGoMeanwhile extends DatabaseSync {
      constructor(file: string, options?: DatabaseSyncOptions) {
        rmSync(file);
        super(file, options);
      }
    }
    expect(isRunLocked(path, LetGoMeanwhile as typeof DatabaseSync)).toBe(false);
  });
  it("is made by many at once", async () => {
    const path = newFile();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openSqliteStore(path)));
    await Promise.all(stores.map((store, index) => store.putRun(runRecord(`r${index}`))));
    expect(await stores[0]?.listRuns()).toHaveLength(4);
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe("a store that is only read", () => {
  it("is read while a run writes to it, takes no write, and leaves nothing beside the file", async () => {
    const path = newFile();
    const writer = await openSqliteStore(path);
    const reader = await openSqliteStore(path, { readOnly: true });
    await writer.putRun(runRecord("a"));
    expect(await reader.getRun("a")).toEqual(runRecord("a"));
    for (const write of [() => reader.putRun(runRecord("b")), () => reader.removeRun("a")])
      await expect(write()).rejects.toMatchObject({ code: "STORE_FAILED" });
    await writer.close();
    expect(await reader.listRuns()).toHaveLength(1);
    await reader.close();
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
  });
  it("leaves a file of an earlier version as it is, and says how it is brought up to date", async () => {
    const path = newFile();
    await mkdir(dirname(path), { recursive: true });
    const before = new DatabaseSync(path);
    before.exec(await readFile(new URL("../../support/store-version-1.sql", import.meta.url), "utf8"));
    before.close();
    const bytes = await readFile(path);
    await expect(openSqliteStore(path, { readOnly: true })).rejects.toMatchObject({
      code: "STORE_FAILED",
      data: { location: path, detail: expect.stringContaining("version 1") },
      hint: expect.stringContaining("runs list"),
    });
    expect(await readFile(path)).toEqual(bytes);
  });
  it("is told about without a trace", async () => {
    const path = newFile();
    await (await openSqliteStore(path)).close();
    expect(await inspectSqliteStore(path)).toMatchObject({ version: 6, known: 6, runs: 0 });
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
    expect(await inspectSqliteStore(newFile())).toBeUndefined();
    const unreachable = join(folder, "a".repeat(300));
    await expect(inspectSqliteStore(unreachable)).rejects.toMatchObject({ code: "STORE_FAILED" });
  });
  it("is no file that was not there", async () => {
    const path = join(folder, "nowhere.db");
    await expect(openSqliteStore(path, { readOnly: true })).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(await readdir(folder)).not.toContain("nowhere.db");
  });
});

describe("ten thousand runs", () => {
  it("are listed from an index, newest first, and those that were cut off cost no lock each", async () => {
    const path = newFile();
    const store = await openSqliteStore(path);
    const at = (index: number): string => new Date(Date.UTC(2030, 0, 1) + index * 60_000).toISOString();
    await Promise.all(
      Array.from({ length: 10_000 }, (_, index) =>
        store.putRun(runRecord(`run-${String(index).padStart(5, "0")}`, { updatedAt: at(index), createdAt: at(0) })),
      ),
    );
    expect((await store.listRuns({ order: "updated", limit: 2 })).map(({ id }) => id)).toEqual([
      "run-09999",
      "run-09998",
    ]);
    expect((await store.listRuns({ idStart: "run-0123", limit: 3, order: "updated" }))[0]?.id).toBe("run-01239");
    expect(await store.countRuns({ before: at(500) })).toBe(500);
    const ids = (await store.listRuns()).map(({ id }) => id);
    expect(await store.heldRuns(ids)).toEqual(new Set());
    expect((await readdir(dirname(path))).filter((name) => name.includes("lock"))).toEqual([]);
    // More than are removed in one transaction.
    await store.removeRun(...ids.slice(0, 250));
    expect(await store.countRuns()).toBe(9750);
    expect((await readdir(dirname(path))).filter((name) => name.includes("lock"))).toEqual([]);
    const database = new DatabaseSync(path, { readOnly: true });
    const plan = (order: string): string =>
      JSON.stringify(
        database.prepare(`explain query plan select * from runs order by ${order} desc, id limit 30`).all(),
      );
    for (const order of ["updated_at", "created_at"]) {
      expect(plan(order)).toMatch(/USING INDEX runs_by/);
      expect(plan(order)).not.toMatch(/TEMP B-TREE/);
    }
    database.close();
    await store.close();
  });
});

describe("many runs that are removed", () => {
  it("are kept from the one on that somebody begins to play meanwhile, and the texts of the others go", async () => {
    const path = newFile();
    const [store, other] = [await openSqliteStore(path), await openSqliteStore(path)];
    const ids = Array.from({ length: 250 }, (_, index) => `run-${index}`);
    await Promise.all(ids.map((id) => store.putRun(runRecord(id))));
    const bodies = chainOf(["Nobody else says this."]);
    await store.putCall("run-0", callRecord("p", 0, { head: bodies.links[0]?.link ?? "" }), bodies);
    const removing = store.removeRun(...ids);
    await other.own("run-220");
    await expect(removing).rejects.toMatchObject({ code: "RUN_BUSY", data: { run: "run-220" } });
    expect(await store.countRuns()).toBe(50);
    expect(await store.text(digest("Nobody else says this."))).toBeUndefined();
    await Promise.all([store.close(), other.close()]);
  });
});

describe("a file of version 1", () => {
  it("becomes one of today: each of its calls is the attempt that it cost", async () => {
    const path = newFile();
    await mkdir(dirname(path), { recursive: true });
    const before = new DatabaseSync(path);
    before.exec(await readFile(new URL("../../support/store-version-1.sql", import.meta.url), "utf8"));
    before.close();
    const store = await openSqliteStore(path);
    const calls = await collect(store.listCalls("r"));
    expect(calls.map(({ scope, ordinal, step }) => [scope, ordinal, step])).toEqual([
      ["person:ann", 0, undefined],
      ["person:ann", 1, undefined],
    ]);
    const kept = { scope: "person:ann", model: "test/scripted" };
    expect(await collect(store.listAttempts("r"))).toEqual([
      { ...kept, purpose: "act", usage: { input: 90, output: 8, cachedInput: 64 }, at: "2026-11-01T10:00:00.000Z" },
      {
        ...kept,
        purpose: "extract",
        usage: { input: 70, output: 3 },
        failure: "MODEL_REFUSED",
        at: "2026-11-01T10:00:01.000Z",
      },
    ]);
    await store.putCall("r", callRecord("person:ann", 2, { step: "room/1" }), { links: [], texts: new Map() });
    await store.putAttempt("r", attemptRecord("person:ann"));
    expect(await collect(store.listAttempts("r"))).toHaveLength(3);
    await store.putVectors("r", new Map([["text", Float32Array.of(0.5)]]));
    expect((await store.findVectors("r", ["text"])).get("text")).toEqual(Float32Array.of(0.5));
    await store.close();
  });
});

describe("files that cannot be used", () => {
  it("leaves a file of a later version alone", async () => {
    const path = newFile();
    await (await openSqliteStore(path)).close();
    const database = new DatabaseSync(path);
    database.exec("pragma user_version = 99");
    database.close();
    await expect(openSqliteStore(path)).rejects.toMatchObject({ code: "STORE_NEWER", data: { version: 99, known: 6 } });
  });
  it("leaves another program's database alone", async () => {
    const path = join(folder, "foreign.db");
    const database = new DatabaseSync(path);
    database.exec("create table accounts (id integer)");
    database.close();
    const before = await readFile(path);
    await expect(openSqliteStore(path)).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(await readFile(path)).toEqual(before);
  });
  it("says so when a file is no database, and when a folder is a file", async () => {
    const path = join(folder, "text.db");
    await writeFile(path, "This is a letter to my aunt. ".repeat(20));
    await expect(openSqliteStore(path)).rejects.toMatchObject({ code: "STORE_FAILED", data: { location: path } });
    await expect(openSqliteStore(join(path, "below.db"))).rejects.toMatchObject({ code: "STORE_FAILED" });
    await expect(openSqliteStore(folder)).rejects.toMatchObject({ code: "STORE_FAILED" });
  });
  it("reports a damaged page instead of reading around it", async () => {
    const path = newFile();
    const store = await openSqliteStore(path);
    await store.appendEvents(
      "a",
      Array.from({ length: 2000 }, (_, index) => eventRowOf("x", index)),
    );
    await store.close();
    const bytes = await readFile(path);
    bytes.fill(0xa5, Math.floor(bytes.length / 2));
    await writeFile(path, bytes);
    const damaged = await openSqliteStore(path);
    await expect(collect(damaged.readEvents("a"))).rejects.toMatchObject({ code: "STORE_FAILED" });
    await damaged.close();
  });
});

describe("a full disk", () => {
  it("fails what cannot be saved, keeps what was, and goes on when there is room", async () => {
    const path = newFile();
    const store = await openSqliteStore(path, { maxBytes: 300_000 });
    const { journal, finish } = await openTake(store);
    let durable = 0;
    const fill = async (): Promise<never> => {
      for (;;) {
        for (let index = 0; index < 20; index++) journal.record(note(`n${durable + index}`, "x".repeat(300)));
        await journal.settle();
        durable += 20;
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: "STORE_FAILED", data: { location: path } });
    expect(durable).toBeGreaterThan(100);
    expect(() => journal.record(note("after"))).toThrow(expect.objectContaining({ code: "STORE_FAILED" }));
    const bodies = chainOf(["x"]);
    await expect(journal.calls.append(callRecord("p", 0), bodies)).rejects.toMatchObject({ code: "STORE_FAILED" });
    await expect(finish("stopped")).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(await collect(readStory(store, "r"))).toHaveLength(durable);
    await store.close();
    const roomy = await openSqliteStore(path);
    const second = await openTake(roomy);
    expect(second.resumedEvents).toBe(durable);
    for (let index = 0; index < durable + 20; index++) second.journal.record(note(`n${index}`, "x".repeat(300)));
    await second.finish("finished");
    expect(second.shown.filter(({ type }) => type === "diverged")).toEqual([]);
    expect(await collect(readStory(roomy, "r"))).toHaveLength(durable + 20);
    await roomy.close();
  });
});

describe("growth", () => {
  it("of the file is linear in what is new in a conversation", async () => {
    const size = async (steps: number): Promise<number> => {
      const path = newFile();
      const store = await openSqliteStore(path, { windowMs: 0 });
      const { links, texts } = chainOf(Array.from({ length: steps }, (_, index) => `${index} ${"words ".repeat(50)}`));
      const puts = links.map((link, index) =>
        store.putCall("a", callRecord("p", index, { head: link.link }), {
          links: [link],
          texts: new Map([[link.body, texts.get(link.body) ?? ""]]),
        }),
      );
      await Promise.all(puts);
      await store.close();
      return (await stat(path)).size;
    };
    expect((await size(1600)) / (await size(400))).toBeLessThan(4.3);
  });
});
