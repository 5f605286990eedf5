import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readObservations } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const experiment = `
experiment: 1
name: kettle prices
question: Does a higher price take people's interest?
study:
  people: [lisa, oscar]
  world: { name: Room }
  steps:
    - broadcast: A kettle for 40 euros. What do you say?
    - run: 2
arms:
  control: {}
  dearer: { reword: { 40 euros: 200 euros } }
seeds: [1, 2]
metrics:
  talk: { from: { count: TALK } }
claims:
  less talk: { metric: talk, contrast: [dearer, control], direction: less }
`;
const rows = 2 * 2 * 2;

describe("tinytroupe experiment", () => {
  let project: Project;
  beforeAll(async () => {
    project = await tempProject();
    await project.write("experiment.yaml", experiment);
  });
  afterAll(() => project[Symbol.asyncDispose]());
  const here = (...args: readonly string[]) => commandHere(project, ["experiment", ...args]);

  it("shows what is declared before it is run", async () => {
    const { stdout, code } = await here("show", "experiment.yaml");
    expect(code).toBe(0);
    expect(stdout).toContain("2, each with 2 runs");
    expect(stdout).toContain("talk is less in dearer than in control");
    expect(stdout).toContain("It was not run here yet.");
  });

  it("says beforehand what all of it would cost, and whether the budget is enough", async () => {
    const dry = (budget: string) =>
      here("run", "experiment.yaml", "--dry-run", "--json", "--model", "openai/gpt-5-mini", "--budget", budget);
    const enough = await dry("5 usd");
    const found = JSON.parse(enough.stdout);
    expect(found).toMatchObject({ dryRun: true, cells: 2, runs: 4, rehearsed: 2, budget: { verdict: "holds" } });
    // Two arms of two people in two steps, by two seeds: all hear another price.
    expect(found.high.calls).toBe(16);
    expect(found.high.usd).toBeGreaterThan(found.low.usd);
    expect((await dry("3 calls")).code).toBe(3);
  });

  it("keeps rows with where they come from, and calls nothing twice", async () => {
    const args = ["run", "experiment.yaml", "--model", "builtin", "--json", "--format", "csv", "parquet"];
    const { stdout, code } = await here(...args);
    expect(code).toBe(0);
    const { observations, files, digest, progress } = JSON.parse(stdout);
    expect(progress).toMatchObject({ cells: { done: 2, of: 2 }, arms: { done: 4, of: 4, failed: 0 } });
    expect(observations).toHaveLength(rows);
    for (const file of files.slice(0, 2)) expect(await readObservations(file)).toEqual(observations);
    const metadata = await readFile(
      join(project.folder, "experiment-results", "observations.csv-metadata.json"),
      "utf8",
    );
    expect(JSON.parse(metadata).notes[0]).toMatchObject({ simulated: true, heuristic: true, seed: "1, 2" });
    const record = JSON.parse(await readFile(files.at(-1), "utf8"));
    expect(record).toMatchObject({ digest, complete: true, declared: [{ digest }] });
    const again = JSON.parse((await here(...args)).stdout);
    expect(again.progress.calls).toBe(0);
    expect(again.observations).toEqual(observations);
    expect((await here("show", "experiment.yaml")).stdout).toMatch(
      /before its first run\.\s+4 runs ended; it is\s+whole/,
    );
  });

  it("says when it was declared otherwise after it was run", async () => {
    await project.write("experiment.yaml", experiment.replace("direction: less", "direction: greater"));
    expect((await here("show", "experiment.yaml")).stdout).toContain("run otherwise than it is declared by now");
    await here("run", "experiment.yaml", "--model", "builtin");
    expect((await here("show", "experiment.yaml")).stdout).toMatch(/after\s+its\s+answers\s+were\s+there/);
  });

  it("refuses what is no format, and names what is wrong in the file", async () => {
    expect(await here("run", "experiment.yaml", "--format", "sav")).toMatchObject({ code: 2 });
    await project.write("wrong.yaml", experiment.replace("contrast: [dearer", "contrast: [deerer"));
    const { code, stderr } = await here("show", "wrong.yaml");
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.yaml:\d+:\d+ claims\.less talk\.contrast\.0: There is no arm 'deerer'/);
  });
});

describe("an experiment that is killed", () => {
  it("goes on to the same rows, and nothing durable is asked again", async () => {
    await using server = await castServer();
    await using whole = await tempProject();
    const unbroken = JSON.parse((await play(whole, server)).stdout);
    const needed = server.requests.length;
    await using project = await tempProject();
    const ended = await play(project, server, 6);
    expect(ended.signal).toBe("SIGKILL");
    const kept = await durable(project);
    const asked = server.requests.length;
    const finished = await play(project, server);
    expect(finished.code, finished.stderr).toBe(0);
    const marks = server.requests.slice(asked).map(markOf);
    expect(marks.filter((mark) => kept.has(mark))).toEqual([]);
    expect(marks.length).toBe(needed - kept.size);
    expect(kept.size).toBeGreaterThan(0);
    expect(JSON.parse(finished.stdout).observations).toEqual(unbroken.observations);
  }, 60_000);
});

/** Plays the experiment as a process of its own; kills it when the server got so many requests. */
async function play(project: Project, server: FakeProvider, requests?: number) {
  // Two seeds would read the same words at first: who takes part tells their requests apart.
  const cells = "populations: { first: [lisa, oscar], second: [marcos, minji] }";
  await project.write("experiment.yaml", experiment.replace("seeds: [1, 2]", cells));
  const { reached, director } = untilRequest(requests ?? Number.POSITIVE_INFINITY, () => ({ afterMs: 10 }));
  server.direct(director);
  const args = ["experiment", "run", "experiment.yaml", "--model", chatModel, "--json", "--concurrency", "2"];
  const line = project.cli(args, openaiAt(server.url));
  if (requests !== undefined) {
    await Promise.race([reached, line.ended]);
    line.process.kill("SIGKILL");
  }
  return line.ended;
}

/** The marks in the answers that are durable in the journal. */
async function durable(project: Project): Promise<ReadonlySet<string>> {
  return project.withStore(async (store) => {
    const calls = [];
    for (const { id } of await store.listRuns()) calls.push(...(await Array.fromAsync(store.listCalls(id))));
    return new Set(calls.map((call) => /[0-9a-f]{12}/.exec(JSON.stringify(call.value))?.[0] ?? "no answer"));
  });
}
