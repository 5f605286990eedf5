import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Persona } from "../../src/index.ts";
import { commandHere, jsonHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import { type Project, tempProject } from "../support/project.ts";
import { inTerminal } from "../support/pseudo-terminal.ts";
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

const json = (...args: readonly string[]) => jsonHere(project, ...args);

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
    const shown = (await commandHere(project, ["runs", "show", fork.run])).stdout;
    expect(shown).toContain(`${run}, from room/3 on`);
    expect(shown).toContain(`${fork.reused.calls} answers of the run that it comes from`);
    const lines = (await project.cli(["runs", "export", fork.run]).ended).stdout.trim().split("\n");
    expect(JSON.parse(lines[0] ?? "").run.parent).toMatchObject({ run, at: "room/3" });
    expect(lines.length).toBeGreaterThan(after.length);
  }, 120_000); // a process for each command

  it("keeps the run that forks come from until they go too", async () => {
    const { run } = await json("run", "kettles.yaml", "-m", "builtin");
    const fork = await json("fork", "kettles.yaml", "-m", "builtin", ...dearer);
    const refused = await commandHere(project, ["runs", "delete", run, "--yes"]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--with-forks")]);
    expect(await project.read(`.tinytroupe/runs/${run}/transcript.txt`)).toContain("kettle");
    const { deleted } = await json("runs", "delete", run, "--with-forks", "--yes");
    expect(deleted.toSorted()).toEqual([run, fork.run].toSorted());
    expect((await json("runs", "list")).total).toBe(0);
  });

  it("says which places there are, and what is missing", async () => {
    await json("run", "kettles.yaml", "-m", "builtin");
    const far = await commandHere(project, ["fork", "kettles.yaml", "-m", "builtin", "--as", "far", "--at", "room/9"]);
    expect([far.code, far.stderr]).toEqual([2, expect.stringContaining("room/1, room/2, room/3")]);
    const nowhere = await commandHere(project, ["fork", "kettles.yaml", "--as", "x", "--say", "Hello."]);
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining("--at")]);
  });

  it("has a name of its own: another change under it is refused, unless it is to take the place of the first", async () => {
    await json("run", "kettles.yaml", "-m", "builtin");
    const first = await json("fork", "kettles.yaml", "-m", "builtin", ...dearer);
    const other = ["fork", "kettles.yaml", "-m", "builtin", "--as", "dearer", "--at", "room/3", "--say", "It is free."];
    const refused = await commandHere(project, other);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("NAME_TAKEN")]);
    expect(refused.stderr).toContain(`${first.run}, which parts at room/3`);
    expect(refused.stderr).toContain("--replace");
    expect((await json("fork", "kettles.yaml", "-m", "builtin", ...dearer)).run).toBe(first.run);
    const { run } = await json(...other.slice(0, 4), ...other.slice(4), "--replace");
    const { entries } = await json("runs", "transcript", run);
    expect(entries.map(({ text }: { text: string }) => text)).toContain("It is free.");
  }, 120_000);

  it("that could not be made says how to go on right, and gives its name free", async () => {
    await json("run", "kettles.yaml", "-m", "builtin");
    const far = ["fork", "kettles.yaml", "-m", "builtin", "--as", "far", "--at"];
    const failed = await commandHere(project, [...far, "room/9"]);
    expect([failed.code, failed.stderr]).toEqual([2, expect.stringContaining("It came to: room/1, room/2, room/3.")]);
    expect(failed.stderr).not.toContain("To go on");
    expect((await json(...far, "room/2")).ok).toBe(true);
  }, 120_000);

  it("edits people and what they are told, from the beginning on, and is itself forked with its edits", async () => {
    await json("run", "kettles.yaml", "-m", "builtin");
    const created = async (run: string) =>
      (await project.story(run)).flatMap((event) =>
        event.type === "person-created" ? [event.persona as Persona] : [],
      );
    const edits = ["--persona", "Oscar Ramsaran: age=80", "--persona", "Oscar Ramsaran: occupation.title=nurse"];
    const words = ["--reword", "a kettle=a toaster"];
    const fork = await json("fork", "kettles.yaml", "-m", "builtin", "--as", "older", ...edits, ...words);
    const oscar = (await created(fork.run)).find(({ name }) => name === "Oscar Ramsaran");
    expect(oscar).toMatchObject({ age: 80, occupation: { title: "nurse" } });
    expect((await created(fork.run)).find(({ name }) => name === "Lisa Brannigan")?.age).not.toBe(80);
    const { entries } = await json("runs", "transcript", fork.run);
    expect(entries[0].text).toBe("What would make you pay for a toaster that can be repaired?");
    const grand = await json("fork", fork.run, "--as", "again", "--at", "room/3", "--say", "Well?");
    expect((await created(grand.run)).find(({ name }) => name === "Oscar Ramsaran")?.age).toBe(80);
    await project.write("calm.json", '{ "type": "Fragment", "persona": { "beliefs": ["Tea helps."] } }');
    const calm = ["fork", "kettles.yaml", "-m", "builtin", "--as", "calm", "--persona", "Lisa Brannigan: calm.json"];
    expect((await created((await json(...calm)).run))[0]?.beliefs).toContain("Tea helps.");
    const missed = ["fork", "kettles.yaml", "-m", "builtin", "--as", "missed", "--reword", "a fridge=a bike"];
    expect(await commandHere(project, missed)).toMatchObject({
      ...{
        code: 2,
        stderr: expect.stringContaining("TARGET_UNKNOWN The edit of what people are told changed none of it."),
      },
    });
    const half = await commandHere(project, [...missed, "--replace", "--reword", "a kettle=a toaster"]);
    expect(half).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("Nobody was told 'a fridge': see --reword."),
    });
    const edit = ["--said", "Lisa Brannigan@room/1=No.", "--prompt", "Talk as=Speak as"];
    const short = await commandHere(project, [
      "fork",
      "kettles.yaml",
      "-m",
      "builtin",
      "--as",
      "short",
      ...edit,
      "-b",
      "1 call",
    ]);
    expect(short.stderr).toContain("--as short --said 'Lisa Brannigan@room/1=No.' --prompt 'Talk as=Speak as'");
    for (const [flag, value] of [
      ["--persona", "Lisa"],
      ["--reword", "a kettle"],
    ] as const) {
      const wrong = await commandHere(project, ["fork", "kettles.yaml", "-m", "builtin", "--as", "x", flag, value]);
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(`as in ${flag} "`)]);
    }
  }, 180_000);

  it("is listed with whole names, to be copied, however narrow the terminal", async () => {
    const name = "what people would pay for a kettle that can be repaired at home by themselves";
    await project.write("kettles.yaml", study.replace("name: kettles", `name: ${name}`).replace("run: 3", "run: 1"));
    const { run } = await json("run", "kettles.yaml", "-m", "builtin");
    const fork = await json("fork", "kettles.yaml", "-m", "builtin", "--as", "same");
    await json("run", "kettles.yaml", "-m", "builtin", "--seed", "8");
    const { stdout } = await commandHere(project, ["runs", "list"]);
    expect(stdout.trim().split("\n"), "a name, what it is a fork of, and the rest in one line").toHaveLength(2 + 3 + 2);
    expect(stdout.trim().split("\n").at(-1)).toMatch(/^ {2}20\d\d-.* · finished · builtin \(rehearsal\) · seed 7$/);
    for (const command of [["list"], ["show", fork.run]]) {
      const terminal = inTerminal(["runs", ...command], { folder: project.folder, columns: 60 });
      expect(await terminal.ended).toBe(0);
      const lines = terminal.written().split(/\r?\n/);
      expect(lines.filter((line) => line.includes("fork of") && line.includes(run))).toHaveLength(1);
      expect(lines.some((line) => line.includes(fork.run))).toBe(true);
    }
    const missed = await commandHere(project, ["kettles.yaml"]);
    expect([missed.code, missed.stderr]).toEqual([2, expect.stringContaining("run kettles.yaml")]);
    expect(missed.stderr.split("\n").length).toBeLessThan(5);
  }, 120_000);

  it("that is killed goes on, and asks for nothing twice", async () => {
    await using server = await castServer();
    const at = openaiAt(server.url);
    await commandHere(project, ["run", "kettles.yaml", "-m", chatModel, "-q"], at);
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
    const ended = await commandHere(project, args, at);
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

describe("tinytroupe twins", () => {
  it("leaves what each arm came to, as run and fork do, and says where", async () => {
    const arms = "arms:\n  dearer: { at: room/2, do: [{ broadcast: It costs 200 euros. }] }\nsteps:";
    const extract =
      "  - extract: { objective: What each would pay., from: each, rows: { price: what they name }, as: wishes }\n";
    await project.write("kettles.yaml", study.replace("steps:", arms) + extract);
    const { stdout } = await commandHere(project, ["twins", "kettles.yaml", "-m", "builtin"]);
    const { runs } = await json("twins", "kettles.yaml", "-m", "builtin");
    for (const { arm, seed, run, result, files } of runs) {
      expect(result.wishes).toHaveLength(3);
      const head = arm === "control" ? "" : " · reused \\d+ answers: [\\d,]+ tokens, \\$\\d\\S* saved";
      const left = `^  ${arm}, seed ${seed}${head}\\n    /.*/\\.tinytroupe/runs/${run}$`;
      expect(stdout).toMatch(new RegExp(left, "m"));
      expect(files).toContainEqual(expect.stringMatching(new RegExp(`/runs/${run}/wishes\\.csv$`)));
    }
    const written = () => Promise.all((runs[1].files as string[]).map((file) => readFile(file, "utf8")));
    const before = await written();
    await json("fork", "kettles.yaml", "-m", "builtin", "--as", "dearer");
    expect(await written()).toEqual(before);
  });

  it("compares arms that differ in words at a place, in a person, and in what people are told", async () => {
    const arms = [
      ...["--at", "room/2", "--arm", "dearer=The shop asks 200 euros.", "--persona", "older: Oscar Ramsaran: age=80"],
      ...["--reword", "toaster: a kettle=a toaster"],
    ];
    const { runs, rows } = await json("twins", "kettles.yaml", "-m", "builtin", ...arms);
    expect(runs.map(({ arm }: { arm: string }) => arm)).toEqual(["control", "dearer", "older", "toaster"]);
    const first = (arm: string) =>
      rows.filter((row: { arm: string; step: string }) => row.arm === arm && row.step === "room/1");
    expect(first("dearer").every((row: { reused: boolean }) => row.reused)).toBe(true);
    for (const arm of ["older", "toaster"]) expect(first(arm).some((row: { same: boolean }) => !row.same)).toBe(true);
    const same = ["fork", "kettles.yaml", "-m", "builtin", "--as", "dearer", "--at", "room/2", "--say"];
    expect((await json(...same, "The shop asks 200 euros.")).run).toBe(runs[1].run);
    const other = ["twins", "kettles.yaml", "-m", "builtin", "--at", "room/2", "--arm", "dearer=It is free."];
    const refused = await commandHere(project, other);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("NAME_TAKEN")]);
    expect((await json(...other, "--replace")).runs).toHaveLength(2);
    const none = await commandHere(project, ["twins", "kettles.yaml", "-m", "builtin"]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("no arm is given")]);
  }, 180_000);

  it("plays the arms of the study's file, each of which can be forked by its name", async () => {
    const arms = "arms:\n  dearer: { at: room/2, do: [{ broadcast: It costs 200 euros. }] }\nsteps:";
    await project.write("kettles.yaml", study.replace("steps:", arms));
    const { runs } = await json("twins", "kettles.yaml", "-m", "builtin");
    expect(runs.map(({ arm }: { arm: string }) => arm)).toEqual(["control", "dearer"]);
    expect((await json("fork", "kettles.yaml", "-m", "builtin", "--as", "dearer")).run).toBe(runs[1].run);
    expect((await json("twins", "kettles.yaml", "-m", "builtin")).runs[1].run).toBe(runs[1].run);
    const onward = await json("fork", runs[1].run, "--as", "free", "--at", "room/3", "--say", "It is free.");
    const none = await commandHere(project, ["fork", "kettles.yaml", "-m", "builtin", "--as", "deerer"]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("Did you mean 'dearer'? There are: dearer.")]);
    expect((await json("runs", "list")).total).toBe(3);
    await json("run", "kettles.yaml", "-m", "builtin", "--seed", "8");
    const fork = await json("fork", "kettles.yaml", "-m", "builtin", "--seed", "8", "--as", "dearer");
    const words = async (run: string) =>
      (await json("runs", "transcript", run)).entries.map(({ text }: { text: string }) => text);
    expect(await words(fork.run)).toContain("It costs 200 euros.");
    expect(await words(onward.run)).toEqual(expect.arrayContaining(["It costs 200 euros.", "It is free."]));
    const grand = await json("fork", fork.run, "--as", "gone", "--at", "room/3", "--away", "Oscar Ramsaran");
    expect(await words(grand.run)).toEqual(expect.arrayContaining(["It costs 200 euros.", "Oscar Ramsaran leaves."]));
  }, 120_000);

  it("has an arm played by its own model, by either command and whatever is said of all", async () => {
    await using server = await castServer();
    const arms = "arms:\n  rules: { model: builtin }\nsteps:";
    await project.write("kettles.yaml", study.replace("steps:", arms));
    const online = async (...args: readonly string[]) =>
      JSON.parse((await commandHere(project, [...args, "-m", chatModel, "--json"], openaiAt(server.url))).stdout);
    const { runs } = await online("twins", "kettles.yaml");
    const asked = server.requests.length;
    const fork = await online("fork", "kettles.yaml", "--as", "rules");
    expect([fork.model, fork.run]).toEqual(["builtin", runs[1].run]);
    expect([asked > 0, server.requests.length]).toEqual([true, asked]);
  });
});
