import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Project, tempProject } from "../support/project.ts";
import { inTerminal } from "../support/pseudo-terminal.ts";

const study = `
name: kettles
seed: 7
people: [lisa, oscar]
world: { name: Room }
steps:
  - broadcast: What would make you pay for a kettle that can be repaired?
  - run: 2
`;

let project: Project;
beforeEach(async () => {
  project = await tempProject();
  await project.write("kettles.yaml", study);
});
afterEach(() => project[Symbol.asyncDispose]());

describe("tinytroupe step", () => {
  it("in a terminal waits before each step, looks into people, and makes a fork of words", async () => {
    const terminal = inTerminal(["step", "kettles.yaml", "-m", "builtin", "--as", "dearer"], {
      folder: project.folder,
    });
    await terminal.shows("Before room/1");
    terminal.type("look lisa\r");
    await terminal.shows("“What would make you pay");
    terminal.type("\r");
    await terminal.shows("Before room/2");
    terminal.type("prompt oscar\r");
    await terminal.shows("answer");
    terminal.type("tell Lisa: It costs 200 euros.\r");
    await terminal.shows("a fork");
    terminal.type("look lisa\r");
    await terminal.shows("“It costs 200 euros.”");
    terminal.type("end\r");
    await terminal.shows("The study has come to its end.");
    expect(await terminal.ended).toBe(0);
    const runs = await project.withStore((store) => store.listRuns());
    expect(runs.map(({ name, parent }) => [name, parent?.at]).toSorted()).toEqual([
      ["kettles / dearer", "room/2"],
      ["kettles", undefined],
    ]);
  }, 60_000);

  it("ends cleanly with Ctrl-C, and can be gone on with", async () => {
    const terminal = inTerminal(["step", "kettles.yaml", "-m", "builtin"], { folder: project.folder });
    await terminal.shows("Before room/1");
    terminal.type("\r");
    await terminal.shows("Before room/2");
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
    const [run] = await project.withStore((store) => store.listRuns());
    expect(run?.status).toBe("stopped");
    const ended = await project.cli(["run", "kettles.yaml", "-m", "builtin", "--json"]).ended;
    expect(JSON.parse(ended.stdout).run).toBe(run?.id);
  }, 60_000);

  it("goes through a run by its name, with commands through a pipe", async () => {
    const { stdout } = await project.cli(["run", "kettles.yaml", "-m", "builtin", "--json"]).ended;
    const { run } = JSON.parse(stdout);
    const piped = await project.cli(["step", run], {}, "people\nto room/2\nlook nobody\nquit\n").ended;
    expect(piped.code, piped.stderr).toBe(0);
    expect(piped.stdout).toContain(`Before room/1 · ${run}`);
    expect(piped.stdout).toContain("Lisa Brannigan: 1 new");
    expect(piped.stdout).toContain(`Before room/2 · ${run}`);
    expect(piped.stdout).toContain("Name one of: Lisa Brannigan, Oscar Ramsaran.");
  }, 60_000);
});
