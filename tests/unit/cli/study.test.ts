import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRun, inStore, readStudy, runToResume } from "../../../src/cli/commands/study.ts";
import { openSqliteStore, type RunRecord } from "../../../src/stores.ts";

let folder: string;
let store: string;
const run = (id: string, name: string, more: Partial<RunRecord> = {}): RunRecord => ({
  ...{ id, name, seed: "1", model: "builtin", status: "finished", takes: 1 },
  ...{ createdAt: "2030-01-01T00:00:00.000Z", updatedAt: "2030-01-01T00:00:00.000Z" },
  ...more,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-study-"));
  store = join(folder, "troupe.db");
  const opened = await openSqliteStore(store);
  await opened.putRun(run("talk-aaa", "talk", { status: "failed", updatedAt: "2030-01-02T00:00:00.000Z" }));
  await opened.putRun(run("talk-bbb", "talk", { status: "stopped", seed: "2", updatedAt: "2030-01-03T00:00:00.000Z" }));
  await opened.putRun(run("talk-ccc", "talk", { updatedAt: "2030-01-04T00:00:00.000Z" }));
  await opened.putRun(run("interview-ddd", "interview", { updatedAt: "2030-01-05T00:00:00.000Z" }));
  await opened.close();
});
afterAll(() => rm(folder, { recursive: true }));

const find = (id?: string) => inStore(store, (opened) => findRun(opened, id));

describe("a run by name", () => {
  it("is found by its id, by what only it begins with, or as the newest", async () => {
    expect((await find("talk-aaa"))?.id).toBe("talk-aaa");
    expect((await find("int"))?.id).toBe("interview-ddd");
    expect((await find())?.id).toBe("interview-ddd");
  });
  it("is asked for again where several begin so, or none does", async () => {
    await expect(find("talk")).rejects.toMatchObject({
      ...{ code: "RUN_UNKNOWN", message: "'talk' is ambiguous: the names of 3 runs begin so." },
      hint: expect.stringMatching(
        /^Say more of the name of one: talk-ccc \(2030-01-0\d \d\d:\d\d\), talk-bbb \(.*\), talk-aaa \(.*\)\.$/,
      ),
    });
    await expect(find("view")).rejects.toMatchObject({ hint: "Did you mean interview-ddd?" });
    await expect(find("x")).rejects.toMatchObject({ code: "RUN_UNKNOWN", hint: /runs list/ });
  });
  it("is not looked for where there is no journal, and none is made", async () => {
    expect(await inStore(join(folder, "none.db"), async () => 1)).toBeUndefined();
  });
});

it("names the last played of many that begin so, and says how many there are", async () => {
  const many = join(folder, "many.db");
  const opened = await openSqliteStore(many);
  for (const day of [1, 2, 3, 4, 5, 6, 7]) {
    await opened.putRun(run(`talk-${day}`, "talk", { updatedAt: `2030-01-0${day}T00:00:00.000Z` }));
  }
  await expect(findRun(opened, "talk")).rejects.toMatchObject({
    message: expect.stringContaining("7 runs"),
    hint: expect.stringMatching(/: talk-7 \(.*, talk-6 \(.*, talk-5 \(.*, talk-4 \(.*, talk-3 \([^,]*, and 2 more\.$/),
  });
  await opened.close();
});

it("is the run itself, of one and its forks; of several runs and forks, runs are named first", async () => {
  const opened = await openSqliteStore(join(folder, "forked.db"));
  const forkOf = (parent: string, upTo = 0) => ({
    parent: { run: parent, upTo },
    updatedAt: "2030-01-09T00:00:00.000Z",
  });
  await opened.putRun(run("tea-aaa", "tea"));
  for (const arm of ["dear", "free"]) await opened.putRun(run(`tea-${arm}-1`, `tea / ${arm}`, forkOf("tea-aaa")));
  expect((await findRun(opened, "tea")).id).toBe("tea-aaa");
  await opened.putRun(run("tea-dear-2", "tea / dear", forkOf("tea-aaa")));
  await expect(findRun(opened, "tea-dear")).rejects.toThrow("the names of 2 runs");
  await opened.putRun(run("tea-free2-1", "tea / free2", forkOf("tea-aaa")));
  expect((await findRun(opened, "tea-free")).id).toBe("tea-free-1");
  await opened.putRun(run("tea-bbb", "tea"));
  await expect(findRun(opened, "tea")).rejects.toMatchObject({
    hint: expect.stringMatching(/: tea-(aaa|bbb) \(.*, tea-(aaa|bbb) \(.*, tea-dear-/),
  });
  await opened.close();
});

describe("--resume", () => {
  const resume = (wish: Partial<Parameters<typeof runToResume>[1]>) =>
    runToResume(store, { resume: true, study: "talk", ...wish });
  it("alone takes the newest unfinished run of the study, of that seed and model where they are given", async () => {
    expect((await resume({})).id).toBe("talk-bbb");
    expect((await resume({ seed: "1" })).id).toBe("talk-aaa");
    await expect(resume({ model: "openai/x" })).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
  });
  it("says why there is nothing to go on with", async () => {
    await expect(resume({ study: "interview" })).rejects.toThrow("all of its runs here are finished (1)");
    await expect(resume({ study: "other" })).rejects.toThrow("it was not played here");
    await expect(runToResume(join(folder, "none.db"), { resume: true, study: "talk" })).rejects.toThrow("no journal");
  });
  it("with a run takes that one, and none of another study, seed or model", async () => {
    expect((await resume({ resume: "talk-ccc", seed: "1" })).id).toBe("talk-ccc");
    await expect(resume({ resume: "interview-ddd" })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(resume({ resume: "talk-aaa", seed: "9" })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(resume({ resume: "talk-aaa", model: "openai/x" })).rejects.toThrow("is played by builtin");
  });
});

describe("a study that cannot be read", () => {
  it("is missing", async () => {
    await expect(readStudy(join(folder, "gone.ts"))).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
});
