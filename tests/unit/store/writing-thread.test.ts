import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../../src/kernel/contracts/store.ts";
import { openSqliteStore } from "../../../src/store/sqlite/open.ts";
import type { Told } from "../../../src/store/sqlite/thread/protocol.ts";
import { collect, eventRowOf } from "../../support/store-contract.ts";

let folder = "";
let files = 0;
let thread: Worker | undefined;
const told: Told[] = [];
const watch = (worker: Worker): void => {
  thread = worker;
  worker.on("message", (one: Told) => told.push(one));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "store-"));
});
beforeEach(() => {
  thread = undefined;
  told.length = 0;
  process.on("worker", watch);
});
afterEach(() => void process.off("worker", watch));
afterAll(() => rm(folder, { recursive: true }));

const newFile = (): string => join(folder, `${++files}`, "troupe.db");
let written = 0;
/** What a hundred people tell at once. */
const crowd = (store: Store) =>
  Promise.all(Array.from({ length: 100 }, () => store.appendEvents("r", [eventRowOf("world", written++)])));

/** Crowds write until a thread is started, and one more once it has opened the file. */
async function untilInThread(store: Store): Promise<void> {
  while (thread === undefined) await crowd(store);
  if (told.length === 0) await once(thread, "message");
  await crowd(store);
  expect(told).toEqual([{ open: true }, { done: true }]);
}

describe("a thread that writes", () => {
  beforeEach(() => {
    written = 0;
  });

  it("is not started for few", async () => {
    const store = await openSqliteStore(newFile(), { windowMs: 0 });
    for (let turn = 0; turn < 40; turn++) await store.appendEvents("r", [eventRowOf("p", turn)]);
    await store.close();
    expect(thread).toBeUndefined();
  });

  it("takes over from many in their order, is one however many come, and lets go of the file at the end", async () => {
    const path = newFile();
    const store = await openSqliteStore(path, { windowMs: 0 });
    await untilInThread(store);
    const first = thread;
    for (let step = 0; step < 10; step++) await crowd(store);
    const rows = await collect(store.readEvents("r"));
    expect(rows.map(({ ordinal, sequence }) => [ordinal, sequence])).toEqual(
      Array.from({ length: written }, (_, place) => [place, place + 1]),
    );
    await store.close();
    expect([thread, thread?.threadId]).toEqual([first, -1]);
    expect(await readdir(dirname(path))).toEqual(["troupe.db"]);
  });

  it("says that the disk is full as if it were none, and what it saved stays saved", async () => {
    const store = await openSqliteStore(newFile(), { windowMs: 0, maxBytes: 3_000_000 });
    await untilInThread(store);
    let saved = written;
    const full = async (): Promise<never> => {
      for (;;) {
        await crowd(store);
        saved = written;
      }
    };
    await expect(full()).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("is full: the last rows could not be saved"),
    });
    expect(told.some((one) => "failure" in one)).toBe(true);
    expect(await collect(store.readEvents("r"))).toHaveLength(saved);
    await store.close();
  });

  it("waits for whoever else writes, as long as patience lasts", async () => {
    const path = newFile();
    const store = await openSqliteStore(path, { windowMs: 0, patienceMs: 200 });
    await untilInThread(store);
    const before = written;
    const other = new DatabaseSync(path);
    other.exec("begin immediate");
    await expect(crowd(store)).rejects.toMatchObject({ code: "STORE_LOCKED" });
    other.exec("commit");
    other.close();
    const given = written;
    await crowd(store);
    const rows = await collect(store.readEvents("r"));
    expect(rows).toHaveLength(before + 100);
    // What was given up is never written in the place of what came after it.
    expect(rows.slice(before).map(({ ordinal }) => ordinal)).toEqual(
      Array.from({ length: 100 }, (_, at) => given + at),
    );
    await store.close();
  });

  it("is missed by nobody once it ended: what it was writing failed, and the rest is written here", async () => {
    const store = await openSqliteStore(newFile(), { windowMs: 0 });
    await untilInThread(store);
    const lost = crowd(store);
    await thread?.terminate();
    await lost.catch((error: unknown) => expect(error).toMatchObject({ code: "STORE_FAILED" }));
    const before = (await collect(store.readEvents("r"))).length;
    told.length = 0;
    await crowd(store);
    expect(await collect(store.readEvents("r"))).toHaveLength(before + 100);
    expect(told).toEqual([]);
    await store.close();
  });
});
