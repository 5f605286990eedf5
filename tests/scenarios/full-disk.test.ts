import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/stores.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { callsOfMarket, playMarket } from "../support/faults/market.ts";
import { rowsOf, sameStory } from "../support/faults/same-story.ts";
import { canMount, smallDisk } from "../support/faults/small-disk.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const market = `
name: market
seed: 11
people: [lisa, oscar, marcos]
world: { name: Square }
steps:
  - broadcast: The fishmonger shouts that all is half price.
  - run: 2
  - ask: { question: What do you never buy here? }
  - extract: { objective: Prices, rows: { what: a thing, price: its price }, as: prices }
`;

let server: FakeProvider;
let unbroken: Project;
let whole: { readonly run: string; readonly result: unknown };
let needed = 0;

beforeAll(async () => {
  [server, unbroken] = await Promise.all([castServer(), tempProject()]);
  const ended = await play(unbroken);
  expect(ended.code, ended.stderr).toBe(0);
  needed = server.requests.length;
  whole = JSON.parse(ended.stdout);
});
afterAll(() => Promise.all([server, unbroken].map((each) => each[Symbol.asyncDispose]())));

/** The study lies elsewhere: only what a run writes is on the full disk. */
async function play(project: Project) {
  const study = await unbroken.write("market.yaml", market);
  return project.cli(["run", study, "--model", chatModel, "--json"], openaiAt(server.url)).ended;
}

const full = {
  code: "STORE_FAILED",
  message: expect.stringMatching(/is full.*What was saved stays saved/),
  hint: expect.stringMatching(/^Make room/),
  data: expect.any(Object),
};

function durableIn(project: Project): readonly string[] {
  if (!existsSync(project.store)) return [];
  const { calls = [] } = rowsOf(project.store);
  return calls.flatMap(({ value }) => String(value).match(/\b[0-9a-f]{12}\b/)?.[0] ?? []);
}

const kilobyte = 1024;

// Shows as skipped where no disk can be mounted; the store that may not grow, below, is tested everywhere.
describe.runIf(canMount())("a disk that is full (a tmpfs, which takes root to mount)", () => {
  it("at the start and in the middle: typed, nothing lost, and room is all that it takes", async () => {
    await using disk = await smallDisk();
    await using project = await tempProject(disk.folder);
    const kept: number[] = [];
    let durable: readonly string[] = [];
    for (const room of [0, 8, 160, 280, 280, 280]) {
      disk.leave(room * kilobyte);
      const asked = server.requests.length;
      const ended = await play(project);
      disk.leave(4_000 * kilobyte);
      const again = server.requests.slice(asked).map(markOf);
      expect(again.filter((mark) => durable.includes(mark))).toEqual([]);
      expect(durableIn(project)).toEqual(expect.arrayContaining([...durable]));
      durable = durableIn(project);
      kept.push(durable.length);
      if (ended.code === 0) break;
      // The last that does not fit may be the results, once all of the story is kept.
      const { error } = JSON.parse(ended.stdout);
      const isKept = durable.length === needed && error.code === "FILE_UNWRITABLE";
      expect([ended.code, error]).toEqual([1, isKept ? expect.objectContaining({ hint: full.hint }) : full]);
      expect(ended.stderr).toMatch(/(?:full|no space left).*→ Make room/s);
    }
    expect(kept[0]).toBe(0);
    expect(
      kept.some((count) => count > 0 && count < needed),
      `it was full in the middle: ${kept}`,
    ).toBe(true);
    const asked = server.requests.length;
    const ended = await play(project);
    expect(ended.code, ended.stderr).toBe(0);
    expect(server.requests.length - asked).toBe(needed - durable.length);
    expect(JSON.parse(ended.stdout)).toMatchObject({ run: whole.run, result: whole.result });
    // Where its study lies is told from the folder in which it is played.
    sameStory(project.store, unbroken.store, { interrupted: true, besides: ["details"] });
  }, 120_000);

  it("where results are written: typed, former ones stay as they were, and the second time costs nothing", async () => {
    await using disk = await smallDisk();
    await using project = await tempProject();
    await mkdir(dirname(project.store));
    await symlink(disk.folder, join(dirname(project.store), "runs"));
    const market = { folder: project.folder, url: server.url };
    const { files, result } = await playMarket(market);
    const before = await Promise.all(files.map((file) => readFile(file, "utf8")));
    const asked = server.requests.length;
    disk.leave(0);
    await expect(playMarket(market)).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
      message: expect.stringMatching(/no space left/),
      hint: expect.stringMatching(/make room/i),
    });
    expect(await Promise.all(files.map((file) => readFile(file, "utf8")))).toEqual(before);
    expect((await readdir(dirname(files[0] ?? ""))).length, "no drafts are left").toBe(files.length);
    disk.leave(1_000 * kilobyte);
    expect((await playMarket(market)).result).toEqual(result);
    expect(server.requests.length).toBe(asked);
  });

  it("one that became read-only: typed, and writable again it goes on", async () => {
    await using disk = await smallDisk();
    await using project = await tempProject(disk.folder);
    const market = { folder: project.folder, url: server.url };
    const { result } = await playMarket(market);
    disk.readOnly(true);
    const failure = { code: "STORE_FAILED", hint: expect.stringMatching(/may be written/) };
    await expect(playMarket(market)).rejects.toMatchObject(failure);
    disk.readOnly(false);
    expect((await playMarket(market)).result).toEqual(result);
  });
});

describe("a store that may not grow any more (max_page_count)", () => {
  it("in the middle of a run: typed, nothing lost, and room is all that it takes", async () => {
    await using alone = await tempProject();
    await using project = await tempProject();
    const { result } = await playMarket({ folder: alone.folder, url: server.url });
    let durable: readonly string[] = [];
    for (const room of [110, 130, 160, 200]) {
      const store = await openSqliteStore(project.store, { maxBytes: room * kilobyte });
      const asked = server.requests.length;
      await expect(playMarket({ folder: project.folder, url: server.url, store })).rejects.toMatchObject(full);
      await store.close();
      const again = server.requests.slice(asked).map(markOf);
      expect(again.filter((mark) => durable.includes(mark))).toEqual([]);
      durable = durableIn(project);
    }
    expect(durable.length).toBeGreaterThan(0);
    expect(durable.length).toBeLessThan(callsOfMarket);
    const asked = server.requests.length;
    expect((await playMarket({ folder: project.folder, url: server.url })).result).toEqual(result);
    expect(server.requests.length - asked).toBe(callsOfMarket - durable.length);
    sameStory(project.store, alone.store, { interrupted: true });
  });
});
