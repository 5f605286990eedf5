import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { pngOf } from "../support/pages/png.ts";
import { type Project, tempProject } from "../support/project.ts";
import { inTerminal } from "../support/pseudo-terminal.ts";

const png = pngOf(2, 2, [200, 30, 30]);
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
    terminal.type("look oscar\r");
    await terminal.shows("tokens, $0");
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
    const ended = await commandHere(project, ["run", "kettles.yaml", "-m", "builtin", "--json"]);
    expect(JSON.parse(ended.stdout).run).toBe(run?.id);
  }, 60_000);

  it("goes through a run by its name, with commands through a pipe", async () => {
    const { stdout } = await commandHere(project, ["run", "kettles.yaml", "-m", "builtin", "--json"]);
    const { run } = JSON.parse(stdout);
    const piped = await project.cli(["step", run], {}, "people\nto room/2\ntell Zoe: Well?\nquit\n").ended;
    expect(piped.code, piped.stderr).toBe(0);
    expect(piped.stdout).toContain(`Before room/1 · ${run}`);
    expect(piped.stdout).toContain("Lisa Brannigan: 1 new");
    expect(piped.stdout).toContain(`Before room/2 · ${run}`);
    expect(piped.stdout).toContain("There is no one 'Zoe' here. Name one of: Lisa Brannigan, Oscar Ramsaran.");
  }, 60_000);

  it("says what it does not know, where a study never came, and what a goal is in plain words", async () => {
    await project.write("goal.yaml", study.replace("  - run: 2", "  - broadcastGoal: I want a price.\n  - run: 2"));
    const lines = "lok lisa\nxyz\nto 2\nlook lisa\nto 99\n";
    const piped = await project.cli(["step", "goal.yaml", "-m", "builtin"], {}, lines).ended;
    expect(piped.code, piped.stderr).toBe(0);
    expect(piped.stdout).toContain("There is no command 'lok'.\nDid you mean look? All: help");
    expect(piped.stdout).toContain("There is no command 'xyz'.\nThere are: next, to, end,");
    expect(piped.stdout.split("\n").filter((line) => line.startsWith("There ") && line.length > 80)).toEqual([]);
    expect(piped.stdout).not.toContain("Before each step");
    expect(piped.stdout).toContain("Before room/2");
    expect(piped.stdout).toContain("It never came to room/99. It came to: room/1, room/2.");
    expect(piped.stdout).toContain("(from outside) [a goal] I want a price.");
    expect(piped.stdout).not.toContain("INTERNAL_GOAL");
    const helped = await project.cli(["step", "goal.yaml", "-m", "builtin"], {}, "help\nquit\n").ended;
    expect(helped.stdout).toContain("Before each step");
  }, 60_000);

  it("says when and where it is, goes back nowhere, and tells what a fork shares with its run once", async () => {
    const places = "world: { kind: workplace, name: Ward, places: [Desk, Lift], start: { Oscar: Lift } }";
    const startAt = "startAt: 2031-03-29T09:00[Europe/Lisbon]";
    await project.write(
      "ward.yaml",
      `name: ward\n${startAt}\npeople: [lisa, oscar]\n${places}\nsteps: [{ broadcast: It is late. }, { run: { steps: 2, every: { days: 1 } } }]`,
    );
    const lines = "to 2\nto ward/1\npeople\nsay It snows.\nprompt oscar\nquit\n";
    const piped = await project.cli(["step", "ward.yaml", "-m", "builtin"], {}, lines).ended;
    expect(piped.code, piped.stderr).toBe(0);
    expect(piped.stdout).toMatch(/^Before ward\/1 · 2031-03-29 09:00 · ward-\w+$/m);
    expect(piped.stdout).toMatch(/^Before ward\/2 · 2031-03-30 09:00 · ward-stepped-\w+ · a fork$/m);
    expect(piped.stdout).toContain("The run has come to ward/1 already, and only goes on.");
    expect(piped.stdout).toMatch(/^Oscar Ramsaran: \d new · Lift$/m);
    expect(piped.stdout.match(/^\(from outside\): .*$/gm)).toEqual([
      "(from outside): It is late.",
      "(from outside): It snows.",
    ]);
    expect(piped.stdout).toContain('\n  "actions": [\n');
  }, 60_000);

  it("in a terminal has somebody say twice that they want to go where nothing is known to be", async () => {
    const terminal = inTerminal(["step", "kettles.yaml", "-m", "builtin"], { folder: project.folder });
    await terminal.shows("Before room/1");
    terminal.type("to romm/2\r");
    await terminal.shows("There is room by now.");
    terminal.type("to 2\r");
    await terminal.shows("Before room/2");
    terminal.type("to noon\r");
    await terminal.shows("Once more 'to noon'");
    terminal.type("to noon\r");
    await terminal.shows("It never came to noon.");
    expect(await terminal.ended).toBe(0);
  }, 60_000);

  it("shows everybody a document and a picture, or one person, and gives each fork a name of its own", async () => {
    await project.write("offer.md", "The kettle costs 89 euros.");
    await writeFile(join(project.folder, "poster.png"), png);
    const lines = [
      ...["show none.png", "show Zoe: poster.png", "show Lisa: offer.md", "show offer.md The offer"],
      ...["show Lisa: poster.png A poster", "look lisa", "look oscar", "end"],
    ];
    const piped = await project.cli(["step", "kettles.yaml", "-m", "builtin"], {}, `${lines.join("\n")}\n`).ended;
    expect(piped.code, piped.stderr).toBe(0);
    expect(piped.stdout).toContain("There is no file");
    expect(piped.stdout).toContain("Name one of: Lisa Brannigan, Oscar Ramsaran.");
    expect(piped.stdout).toContain("A document is for everybody in a world; one person can be shown a picture.");
    expect(piped.stdout.split("The kettle costs 89 euros.").length).toBeGreaterThan(2);
    expect(piped.stdout.split("“A poster”")).toHaveLength(2);
    const again = await project.cli(["step", "kettles.yaml", "-m", "builtin"], {}, "say Hello.\nend\n").ended;
    expect(again.code, again.stderr).toBe(0);
    const runs = await project.withStore((store) => store.listRuns());
    expect(runs.map(({ name }) => name).toSorted()).toEqual(["kettles", "kettles / stepped", "kettles / stepped 2"]);
    const taken = await project.cli(["step", "kettles.yaml", "-m", "builtin", "--as", "stepped"], {}, "").ended;
    expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining("NAME_TAKEN")]);
    const replaced = ["step", "kettles.yaml", "-m", "builtin", "--as", "stepped", "--replace"];
    expect((await project.cli(replaced, {}, "say Good evening.\nend\n").ended).code).toBe(0);
  }, 60_000);
});
