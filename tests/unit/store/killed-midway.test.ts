import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open.ts";
import { keepsCompiled, programOf } from "../../support/compiled.ts";
import { rowsOf } from "../../support/faults/same-story.ts";
import { callRecord, chainOf, collect, eventRowOf, runRecord } from "../../support/store-contract.ts";

const program = programOf("killed-store");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "killed-midway-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Works on the store until the moment; undefined when the program came to its end before. */
async function killedAt(moment: string, { path, run = "" }: { path: string; run?: string }): Promise<true | undefined> {
  const env = { PATH: process.env["PATH"], ...keepsCompiled };
  const child = spawn(process.execPath, [program, path, run, moment], { env, stdio: ["ignore", "inherit", "inherit"] });
  const [code, signal] = await once(child, "exit");
  expect([code, signal]).toEqual(signal === null ? [0, null] : [null, "SIGKILL"]);
  return signal === "SIGKILL" || undefined;
}

/** Every third step of the work after an event, more than there are. */
const momentsAfter = (event: number): string[] => Array.from({ length: 20 }, (_, third) => `${event}.${1 + 3 * third}`);

async function filledStore(path: string): Promise<void> {
  const store = await openSqliteStore(path);
  for (const run of ["a", "b"]) {
    await store.putRun(runRecord(run));
    const bodies = chainOf(["shared", `only in ${run}`]);
    await store.putCall(run, callRecord("p", 0, { head: bodies.links.at(-1)?.link ?? "" }), bodies);
    await store.appendEvents(run, [eventRowOf("p", 0)], new Map([[`picture of ${run}`, "bytes"]]));
  }
  await store.close();
}

describe("kill -9", () => {
  it("while a store is made leaves one that opens, whole", async () => {
    const whole = join(folder, "whole", "troupe.db");
    await (await openSqliteStore(whole)).close();
    let kills = 0;
    for (const moment of momentsAfter(0)) {
      const path = join(folder, `made ${moment}`, "troupe.db");
      if (!(await killedAt(moment, { path }))) break;
      kills += 1;
      const store = await openSqliteStore(path);
      await store.putRun(runRecord("a"));
      expect(await collect(store.listCalls("a"))).toEqual([]);
      await store.removeRun("a");
      await store.close();
      expect(rowsOf(path), moment).toEqual(rowsOf(whole));
    }
    expect(kills).toBeGreaterThan(5);
  });

  it("while a store of an earlier version is brought up to date leaves what it held", async () => {
    const sql = await readFile(new URL("../../support/store-version-1.sql", import.meta.url), "utf8");
    const earlier = async (name: string): Promise<string> => {
      const path = join(folder, name, "troupe.db");
      await mkdir(dirname(path));
      using database = new DatabaseSync(path);
      database.exec(sql);
      return path;
    };
    const whole = await earlier("whole of version 1");
    const before = rowsOf(whole);
    await (await openSqliteStore(whole)).close();
    const left = new Set<string>();
    for (const moment of momentsAfter(0)) {
      const path = await earlier(`version 1, ${moment}`);
      if (!(await killedAt(moment, { path }))) break;
      const isOld = !("attempts" in rowsOf(path));
      left.add(isOld ? "old" : "new");
      if (isOld) expect(rowsOf(path), moment).toEqual(before);
      await (await openSqliteStore(path)).close();
      expect(rowsOf(path), moment).toEqual(rowsOf(whole));
    }
    expect([...left].sort()).toEqual(["new", "old"]);
  });

  it("while a run is removed leaves the run whole, or nothing of it", async () => {
    const [before, after] = [join(folder, "before", "troupe.db"), join(folder, "after", "troupe.db")];
    for (const path of [before, after]) await filledStore(path);
    await killedAt("never", { path: after, run: "a" });
    expect(rowsOf(after)).not.toEqual(rowsOf(before));
    const left = new Set<string>();
    for (const moment of momentsAfter(1)) {
      const path = join(folder, `removed ${moment}`, "troupe.db");
      await cp(dirname(before), dirname(path), { recursive: true });
      if (!(await killedAt(moment, { path, run: "a" }))) break;
      const rows = rowsOf(path);
      const whole = rows["runs"]?.some(({ id }) => id === "a") ?? false;
      left.add(whole ? "all" : "nothing");
      expect(rows, moment).toEqual(rowsOf(whole ? before : after));
      const store = await openSqliteStore(path);
      await store.removeRun("a");
      await store.close();
      expect(rowsOf(path), moment).toEqual(rowsOf(after));
      const locks = (await readdir(dirname(path))).filter((name) => name.endsWith(".lock"));
      expect(locks, "the lock of who died is taken over, and removed").toEqual([]);
    }
    expect([...left].sort()).toEqual(["all", "nothing"]);
  });
});
