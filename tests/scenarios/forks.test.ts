import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { untilRequest } from "../support/counted.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const study = `
name: kettles
seed: 7
people: [lisa, oscar, marcos]
world: { name: Room }
steps:
  - broadcast: What would make you pay for a kettle that can be repaired?
  - run: 3
`;

let project: Project;
beforeEach(async () => {
  project = await tempProject();
  await project.write("kettles.yaml", study);
});
afterEach(() => project[Symbol.asyncDispose]());

async function json(...args: readonly string[]) {
  const ended = await project.cli([...args, "--json"]).ended;
  expect(ended.code, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}

const dearer = ["--as", "dearer", "--at", "room/3", "--say", "The shop asks 200 euros."];

describe("tinytroupe fork", () => {
  it("goes another way from a step on, is listed as what it is, and can itself be forked by its name", async () => {
    const { run } = await json("run", "kettles.yaml", "-m", "builtin");
    const fork = await json("fork", "kettles.yaml", "-m", "builtin", ...dearer);
    expect(fork).toMatchObject({ ok: true, command: "fork", reused: { calls: expect.any(Number) } });
    expect(fork.reused.calls).toBeGreaterThanOrEqual(3);
    const { runs } = await json("runs", "list");
    expect(runs.map((one: { parent?: unknown }) => one.parent)).toEqual([{ run, at: "room/3" }, undefined]);
    const words = async (id: string) =>
      (await json("runs", "transcript", id)).entries.map((entry: { text: string }) => entry.text);
    const [before, after] = [await words(run), await words(fork.run)];
    const shared = after.indexOf("The shop asks 200 euros.");
    expect(shared).toBeGreaterThan(3);
    expect(after.slice(0, shared)).toEqual(before.slice(0, shared));
    const gone = await json("fork", fork.run, "--as", "gone", "--at", "room/3", "--away", "Oscar Ramsaran");
    expect((await words(gone.run)).slice(0, shared + 2)).toEqual([
      ...after.slice(0, shared + 1),
      "Oscar Ramsaran leaves.",
    ]);
    const shown = (await project.cli(["runs", "show", fork.run]).ended).stdout;
    expect(shown).toContain(`${run}, from room/3 on`);
    expect(shown).toContain(`${fork.reused.calls} answers of the run that it comes from`);
    const lines = (await project.cli(["runs", "export", fork.run]).ended).stdout.trim().split("\n");
    expect(JSON.parse(lines[0] ?? "").run.parent).toMatchObject({ run, at: "room/3" });
    expect(lines.length).toBeGreaterThan(after.length);
  });

  it("keeps the run that forks come from until they go too", async () => {
    const { run } = await json("run", "kettles.yaml", "-m", "builtin");
    const fork = await json("fork", "kettles.yaml", "-m", "builtin", ...dearer);
    const refused = await project.cli(["runs", "delete", run, "--yes"]).ended;
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--with-forks")]);
    expect(await project.read(`.tinytroupe/runs/${run}/transcript.txt`)).toContain("kettle");
    const { deleted } = await json("runs", "delete", run, "--with-forks", "--yes");
    expect(deleted.toSorted()).toEqual([run, fork.run].toSorted());
    expect((await json("runs", "list")).total).toBe(0);
  });

  it("says which places there are, and what is missing", async () => {
    await json("run", "kettles.yaml", "-m", "builtin");
    const far = await project.cli(["fork", "kettles.yaml", "-m", "builtin", "--as", "far", "--at", "room/9"]).ended;
    expect([far.code, far.stderr]).toEqual([1, expect.stringContaining("room/1, room/2, room/3")]);
    const nowhere = await project.cli(["fork", "kettles.yaml", "--as", "x", "--say", "Hello."]).ended;
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining("--at")]);
  });

  it("that is killed goes on, and asks for nothing twice", async () => {
    await using server = await castServer();
    const at = openaiAt(server.url);
    await project.cli(["run", "kettles.yaml", "-m", chatModel, "-q"], at).ended;
    const whole = server.requests.length;
    const { reached, director } = untilRequest(3, () => ({ afterMs: 100 }));
    server.direct(director);
    const args = ["fork", "kettles.yaml", "-m", chatModel, ...dearer, "--json", "--concurrency", "1"];
    const killed = project.cli(args, at);
    await Promise.race([reached, killed.ended]);
    killed.process.kill("SIGKILL");
    expect((await killed.ended).signal).toBe("SIGKILL");
    const kept = await project.withStore(async (store) => {
      const fork = (await store.listRuns()).find(({ parent }) => parent !== undefined);
      return Array.fromAsync(store.listCalls(fork?.id ?? ""));
    });
    expect(kept.length).toBeGreaterThan(0);
    const asked = server.requests.length;
    const ended = await project.cli(args, at).ended;
    expect(ended.code, ended.stderr).toBe(0);
    const { run, reused } = JSON.parse(ended.stdout);
    const calls = await project.withStore((store) => Array.fromAsync(store.listCalls(run)));
    expect(calls.map((call) => call.scope).toSorted()).toEqual(
      ["person:lisa-brannigan", "person:marcos-benítez-ovelar", "person:oscar-ramsaran"].toSorted(),
    );
    expect(server.requests.length - asked).toBe(3 - kept.length);
    expect(reused.calls).toBe(whole - 3);
  }, 60_000);
});
