import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open.ts";
import { readStory } from "../../../src/store/story.ts";
import { programOf } from "../../support/compiled.ts";
import { openTake } from "../../support/journal.ts";
import { collect } from "../../support/store-contract.ts";

const program = programOf("play-run");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kill-"));
});
afterAll(() => rm(folder, { recursive: true }));

const lines = (log: string): string[] => (existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(0, -1) : []);

function start(path: string, log: string, answered = 1000): ChildProcess {
  return spawn(process.execPath, [program, path, log, String(answered)], { stdio: ["ignore", "inherit", "inherit"] });
}

async function untilMade(calls: number, { child, log }: { child: ChildProcess; log: string }): Promise<void> {
  while (lines(log).length < calls) {
    if (child.exitCode !== null) throw new Error(`The program ended by itself, with code ${child.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe("kill -9", () => {
  it("costs at most the calls in flight: no call with a durable row is ever made again", async () => {
    const path = join(folder, "troupe.db");
    const made: string[] = [];
    const durable = new Set<string>();
    for (const answered of [30, 70, 9]) {
      const log = join(folder, `take-${made.length}.log`);
      const child = start(path, log, answered);
      const ended = once(child, "exit");
      await untilMade(answered + 1, { child, log });
      const store = await openSqliteStore(path);
      await expect(openTake(store)).rejects.toMatchObject({ code: "RUN_BUSY" });
      child.kill("SIGKILL");
      await ended;
      for (const call of lines(log)) expect(durable).not.toContain(call);
      made.push(...lines(log));
      const calls = await collect(store.listCalls("r"));
      for (const call of calls) durable.add(`${call.scope} ${2 * call.ordinal + 1}`);
      expect(calls).toHaveLength(durable.size);
      expect(durable.size).toBeGreaterThanOrEqual(new Set(made).size - 5);
      await store.close();
    }
    const log = join(folder, "last.log");
    const [code] = await once(start(path, log), "exit");
    expect(code).toBe(0);
    for (const call of lines(log)) expect(durable).not.toContain(call);
    expect(new Set([...durable, ...lines(log)]).size).toBe(200);
    const store = await openSqliteStore(path);
    expect(await collect(readStory(store, "r"))).toHaveLength(200);
    expect(await store.getRun("r")).toMatchObject({ status: "finished", takes: 4 });
    await store.close();
  });
});
