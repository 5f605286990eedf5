import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { openSync, statSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRandom, isTinyTroupeError } from "../../src/index.ts";
import { openSqliteStore, readStory } from "../../src/stores.ts";
import { commandHere } from "../support/command-here.ts";
import { bin } from "../support/compiled.ts";
import { untilRequest } from "../support/counted.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { callsOfMarket, playMarket } from "../support/faults/market.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { exampleFile, type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

// Several command lines at once, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

let server: FakeProvider;
let played: Project;
let whole: Awaited<ReturnType<typeof playMarket>>;

beforeAll(async () => {
  [server, played] = await Promise.all([castServer(), tempProject()]);
  whole = await playMarket({ folder: played.folder, url: server.url });
  expect(server.requests.length).toBe(callsOfMarket);
});
afterAll(() => Promise.all([server, played].map((each) => each[Symbol.asyncDispose]())));

const ads = exampleFile("02-tv-ad", "study.yaml");
const start = (project: Project, ...flags: readonly string[]) =>
  project.cli(["run", ads, "--model", chatModel, ...flags], openaiAt(server.url));

async function copyOfPlayed(): Promise<Project> {
  const copy = await tempProject();
  await cp(dirname(played.store), dirname(copy.store), { recursive: true });
  return copy;
}

function change({ store }: Project, sql: string): void {
  using database = new DatabaseSync(store);
  database.exec(sql);
}

async function readAll(copy: Project): Promise<void> {
  const store = await openSqliteStore(copy.store);
  try {
    for (const run of await store.listRuns()) {
      await Array.fromAsync(readStory(store, run.id));
      await Array.fromAsync(store.listCalls(run.id));
    }
  } finally {
    await store.close();
  }
}

describe("several programs on one store", () => {
  it("who starts a run that is being played is told so; reading commands read meanwhile; the run is not disturbed", async () => {
    await using project = await tempProject();
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const { director, reached } = untilRequest(3, (_request, count) => (count % 2 === 0 ? { until } : undefined));
    server.direct(director);
    const first = start(project);
    await Promise.race([reached, first.ended]);
    const commands = [["list"], ["show"], ["transcript"], ["export"]].map(
      (words) => project.cli(["runs", ...words]).ended,
    );
    const [second, ...reading] = await Promise.all([start(project).ended, ...commands]);
    expect([second.code, second.stderr]).toEqual([
      1,
      expect.stringMatching(/RUN_BUSY .*being\s+played by another program.*→ Wait until it has ended/s),
    ]);
    for (const { code, stderr } of reading) expect([code, stderr]).toEqual([0, ""]);
    release();
    const ended = await first.ended;
    expect(ended.code, ended.stderr).toBe(0);
    server.direct(() => undefined);
  });

  it("two runs that write at once both come to their end, as if each had been alone", async () => {
    server.direct(() => undefined);
    await using both = await tempProject();
    await using alone = await tempProject();
    const ended = await Promise.all([start(both, "--seed", "1").ended, start(both, "--seed", "2").ended]);
    for (const { code, stderr } of ended) expect(code, stderr).toBe(0);
    for (const seed of ["1", "2"]) expect((await start(alone, "--seed", seed).ended).code).toBe(0);
    sameStory(both.store, alone.store);
  });

  it("one that another program keeps locked is told so after patience, and goes on when it is free", async () => {
    await using copy = await copyOfPlayed();
    const holding = `const database = new (require("node:sqlite").DatabaseSync)(process.argv[1]);
      database.exec("begin exclusive"); console.log("held"); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ["-e", holding, copy.store], { stdio: ["ignore", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    const store = await openSqliteStore(copy.store, { patienceMs: 50 });
    const market = { folder: copy.folder, url: server.url };
    await expect(playMarket({ ...market, store })).rejects.toMatchObject({
      code: "STORE_LOCKED",
      data: { location: copy.store },
    });
    expect((await store.listRuns()).length, "it can be read meanwhile").toBe(1);
    await store.close();
    holder.kill();
    await once(holder, "close");
    expect((await playMarket(market)).result).toEqual(whole.result);
  });
});

/** Somebody who may not write what others own: permissions bind everybody but root. */
const stranger = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const root = resolve(import.meta.dirname, "../..");
const reachable = spawnSync(process.execPath, ["-e", `fs.accessSync(${JSON.stringify(root)})`], stranger).status === 0;

const needed = reachable ? "" : ` (run as root, this needs a checkout that user ${stranger.uid} can read)`;

describe.skipIf(!reachable)(`a store that must not be written to${needed}`, () => {
  const asStranger = ({ folder }: Project, ...args: readonly string[]) => {
    const options = { ...stranger, cwd: folder, env: { HOME: folder }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], options);
    return { status, stdout, stderr };
  };
  it("is listed, shown, read and counted all the same, and nothing of it is deleted", async () => {
    await using copy = await copyOfPlayed();
    const [run] = await copy.withStore((store) => store.listRuns());
    await chmod(copy.store, 0o444);
    for (const folder of [dirname(copy.store), copy.folder]) await chmod(folder, 0o555);
    for (const command of ["list", "show", "transcript", "cost", "export"]) {
      const { status, stdout, stderr } = asStranger(copy, "runs", command, ...(command === "export" ? [] : ["--json"]));
      expect([status, stderr], command).toEqual([0, expect.not.stringContaining("STORE_FAILED")]);
      expect(stdout, command).toContain(run?.id);
    }
    const { status, stderr } = asStranger(copy, "runs", "delete", run?.id ?? "", "--yes");
    expect([status, stderr]).toEqual([1, expect.stringContaining("STORE_FAILED")]);
    for (const folder of [copy.folder, dirname(copy.store)]) await chmod(folder, 0o755);
    expect(await readdir(dirname(copy.store))).not.toContain("troupe.db-wal");
  });
  it("is told of when its log cannot be read: what only the log holds is not left out in silence", async () => {
    await using torn = await tempProject();
    const folder = dirname(torn.store);
    await mkdir(folder);
    await played.withStore(async (store) => {
      const [run] = await store.listRuns();
      if (run) await store.putRun(run);
      for (const file of ["troupe.db", "troupe.db-wal"])
        await cp(join(dirname(played.store), file), join(folder, file));
    });
    for (const place of [folder, torn.folder]) await chmod(place, 0o555);
    const { status, stderr } = asStranger(torn, "runs", "list");
    expect([status, stderr]).toEqual([1, expect.stringContaining("STORE_FAILED")]);
    for (const place of [torn.folder, folder]) await chmod(place, 0o755);
  });
});

describe("a store that is not as it should be", () => {
  it("of a later version is left alone, byte by byte, and the command line says what to do", async () => {
    await using copy = await copyOfPlayed();
    change(copy, "pragma user_version = 99");
    const before = await readFile(copy.store);
    const market = { folder: copy.folder, url: server.url };
    await expect(playMarket(market)).rejects.toMatchObject({ code: "STORE_NEWER", data: { version: 99 } });
    const ended = await commandHere(copy, ["runs", "transcript"]);
    const says = /STORE_NEWER.*has\s+version\s+99.*→ Update tinytroupe/s;
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(says)]);
    expect(await readFile(copy.store)).toEqual(before);
  });

  it.each([
    ["of another program", async (copy: Project) => change(copy, "pragma application_id = 7"), /not tinytroupe's/],
    ["that is a folder", (copy: Project) => rm(copy.store).then(() => mkdir(copy.store)), /cannot be opened/],
    ["that is a letter", (copy: Project) => writeFile(copy.store, "My dear aunt, ".repeat(500)), /no database/],
    ["that is half of itself", (copy: Project) => truncate(copy.store, statSync(copy.store).size / 2), /damaged/],
    ["with an event that is no JSON", async (copy: Project) => change(copy, "update events set body = '{'"), /damaged/],
    [
      "with an answer that is no JSON",
      async (copy: Project) => change(copy, "update calls set value = '{'"),
      /damaged/,
    ],
  ] as const)("%s is told, typed", async (_what, spoil, says) => {
    await using copy = await copyOfPlayed();
    await spoil(copy);
    await expect(readAll(copy)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringMatching(says),
      hint: expect.stringMatching(/another file/),
      data: { location: copy.store },
    });
  });

  it("with other bytes in some place is read as it was, or told to be damaged", async () => {
    const dice = createRandom("other bytes");
    const outcomes = new Set<string>();
    for (let round = 0; round < 60; round++) {
      await using copy = await copyOfPlayed();
      const bytes = await readFile(copy.store);
      const at = 100 + dice.integer(bytes.length - 120);
      for (let place = at; place < at + 16; place++) bytes[place] = dice.integer(256);
      await writeFile(copy.store, bytes);
      try {
        await readAll(copy);
        outcomes.add("read");
      } catch (error) {
        if (!isTinyTroupeError(error, "STORE_FAILED", "STORE_NEWER")) throw new Error(`at ${at}`, { cause: error });
        outcomes.add(error.code);
      }
    }
    expect([...outcomes].sort()).toEqual(expect.arrayContaining(["STORE_FAILED", "read"]));
  });
});

describe("what is written for people", () => {
  it("where results cannot be written, that is told, and the second time costs nothing", async () => {
    await using copy = await copyOfPlayed();
    const runs = join(dirname(copy.store), "runs");
    await rm(runs, { recursive: true });
    await writeFile(runs, "in the way");
    const before = server.requests.length;
    const market = { folder: copy.folder, url: server.url };
    await expect(playMarket(market)).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
      hint: expect.stringMatching(/start the same study again: it costs nothing/),
    });
    await rm(runs);
    const { result, files } = await playMarket(market);
    expect(result).toEqual(whole.result);
    expect(await readFile(files[0] ?? "", "utf8")).toBe(await readFile(whole.files[0] ?? "", "utf8"));
    expect(server.requests.length).toBe(before);
  });

  it.runIf(process.platform === "linux")("standard output that takes nothing more is told in words", async () => {
    const full = openSync("/dev/full", "w");
    for (const words of [["export"], ["list", "--json"]]) {
      const { status, stderr } = spawnSync(process.execPath, [bin, "runs", ...words], {
        cwd: played.folder,
        stdio: ["ignore", full, "pipe"],
      });
      expect([status, String(stderr)]).toEqual([
        1,
        expect.stringMatching(/^FILE_UNWRITABLE .*no space left.*→ Make room/s),
      ]);
    }
  });
});
