import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
const study = (name: string): string =>
  JSON.stringify({ name, people: ["minji"], steps: [{ ask: { question: "\u001b[31m무엇을 쓰나요?\u001b[0m" } }] });

/** Runs a command to its end; nothing of it may steer a terminal. */
async function tinytroupe(...args: readonly string[]) {
  const ended = await commandHere(project, args, { XDG_CACHE_HOME: project.folder });
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  return ended;
}

beforeAll(async () => {
  project = await tempProject();
  await project.write("설문.yaml", study("설문 조사"));
  await project.write("bad.yaml", "name: bad\npeople: [lisa]\nsteps: [{ shout: x }]\n");
  expect((await tinytroupe("run", "설문.yaml", "--model", "builtin", "--quiet")).code).toBe(0);
});
afterAll(() => project[Symbol.asyncDispose]());

describe("runs", () => {
  it("lists, with wide names aligned, and as JSON", async () => {
    const { stdout } = await tinytroupe("runs", "list");
    expect(stdout).toMatch(
      /^run +status +model +seed +played\n─+\n설문-조사-[0-9a-f]{6} +finished +builtin \(rehearsal\) +1 +\d{4}-\d\d-\d\d \d\d:\d\d\n$/,
    );
    const { ok, runs } = JSON.parse((await tinytroupe("runs", "list", "--json")).stdout);
    expect([ok, runs.length, runs[0].name]).toEqual([true, 1, "설문 조사"]);
  });
  it("shows one, by the beginning of its name or as the last", async () => {
    const { stdout } = await tinytroupe("runs", "show", "설문");
    expect(stdout).toMatch(/^name +설문 조사$/m);
    expect(stdout).toMatch(/^calls +1$/m);
    expect((await tinytroupe("runs", "show")).stdout).toBe(stdout);
    const told = JSON.parse((await tinytroupe("runs", "show", "--json")).stdout);
    expect(told).toMatchObject({ simulated: true, takes: 1, run: expect.stringContaining("설문-조사-") });
    const { runs } = JSON.parse((await tinytroupe("runs", "list", "--json")).stdout);
    const { ok, version, command, simulated, usage, events, effects, files, ...record } = told;
    expect([runs[0].run, runs[0]]).toEqual([told.run, record]);
    expect(Object.keys(record)).not.toContain("id");
  });
  it("tells the transcript and exports every event", async () => {
    const { stdout } = await tinytroupe("runs", "transcript");
    expect(stdout).toMatch(/You → 곽민지\n {2}무엇을 쓰나요\?\n곽민지 thinks\n/);
    expect((await tinytroupe("runs", "transcript", "--no-thoughts")).stdout).not.toContain("thinks");
    const plain = (await tinytroupe("runs", "transcript", "--plain", "--no-thoughts")).stdout;
    expect(plain).toMatch(/\n\(from outside\) to 곽민지: 무엇을 쓰나요\?\n곽민지.*: /);
    expect(plain).not.toContain("thinks");
    const lines = (await project.cli(["runs", "export"]).ended).stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ simulated: true, run: { name: "설문 조사" } });
    expect(lines.slice(1).map(({ type }) => type)).toEqual(["person-created", "stimulus", "turn"]);
  });
  it("says where nothing was played, and what was meant", async () => {
    const none = await tinytroupe("runs", "list", "--store", "none.db");
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("nothing was played here yet")]);
    expect((await tinytroupe("runs", "show", "조사")).stderr).toMatch(/Did you mean 설문-조사-/);
  });
});

describe("persona", () => {
  it("lists and shows", async () => {
    const { personas } = JSON.parse((await tinytroupe("persona", "list", "--json")).stdout);
    const { stdout } = await tinytroupe("persona", "list");
    for (const { name } of personas) expect(stdout).toMatch(new RegExp(`^${name} +\\S`, "m"));
    expect((await tinytroupe("persona", "show", "minji")).stdout).toContain("name: 곽민지");
    const wrong = await tinytroupe("persona", "show", "mingi");
    expect(wrong.stderr).toMatch(/Did you mean minji\? There are: doreen, /);
  });
  it("makes one, over no other file, that can be talked with by its bare name", async () => {
    const first = await tinytroupe("persona", "new", "Rui, a retired tram driver in Porto", "--model", "builtin");
    const [, file = ""] = /Written to (\S+)\./.exec(first.stdout) ?? [];
    expect(JSON.parse(await project.read(file))).toMatchObject({ type: "TinyPerson" });
    const again = await tinytroupe("persona", "new", "Rui, a retired tram driver in Porto", "--model", "builtin");
    expect(again.stdout).toContain(`Written to ${file.replace(".json", "-2.json")}.`);
    expect((await tinytroupe("persona", "show", file.replace(".json", ""))).code).toBe(0);
    const nobody = await tinytroupe("persona", "new", " ", "--model", "builtin");
    expect([nobody.code, nobody.stderr]).toEqual([
      expect.not.stringMatching("0"),
      expect.stringContaining("Say who it is"),
    ]);
  });
});

describe("models", () => {
  it("lists, finds and removes; names with and without local/", async () => {
    const { folder, models } = JSON.parse((await tinytroupe("models", "list", "--json")).stdout);
    const [small] = models;
    expect((await tinytroupe("models", "path", small.name)).stderr).toContain(`tinytroupe models pull ${small.name}`);
    await mkdir(folder, { recursive: true });
    const file = await open(join(folder, small.file), "w");
    await file.truncate(small.bytes);
    await file.close();
    expect((await tinytroupe("models", "path", `local/${small.name}`)).stdout).toBe(`${join(folder, small.file)}\n`);
    expect((await tinytroupe("models", "list")).stdout).toMatch(new RegExp(`^local/${small.name} .* yes$`, "m"));
    expect((await tinytroupe("models", "remove", small.name)).stdout).toBe(`Removed ${small.name}.\n`);
    expect((await tinytroupe("models", "remove", small.name)).stdout).toBe(`${small.name} was not here.\n`);
    expect((await tinytroupe("models", "pull", "tiny")).stderr).toContain(small.name);
  });
});

describe("wrong use", () => {
  it.each([
    [["rnu"], "Did you mean run?"],
    [["run", "x.yaml", "--modle", "y"], "Did you mean --model?"],
    [["runs", "shwo"], "Did you mean show?"],
    [["run", "설문.yaml", "--concurrency", "x"], "whole number from 1 up"],
    [["run", "설문.yaml", "--budget", "lots"], '--budget "200 calls, 1.5M tokens, 2 usd"'],
    [["run"], "tinytroupe run study.yaml"],
    [["run", "bad.yaml"], "steps.0"],
    [["chat", "minji", "--model", "builtin", "--as"], "argument missing"],
  ])("%o: exit code 2, and what to do", async (args, hint) => {
    const { code, stderr, stdout } = await tinytroupe(...args);
    expect(stderr).toContain(hint);
    expect([code, stdout]).toEqual([2, ""]);
  });
  it("--resume without a run, nothing unfinished: a hint", async () => {
    const { code, stderr } = await tinytroupe("run", "--resume", "설문.yaml", "--model", "builtin");
    expect([code, stderr]).toEqual([2, expect.stringContaining("nothing to go on with")]);
  });
});

describe("help", () => {
  it("teaches by examples at every command", async () => {
    const words = ["run", "chat", "runs", "runs transcript", "persona new", "models pull"];
    for (const command of words) {
      const { stdout, code } = await tinytroupe(...command.split(" "), "--help");
      expect(stdout).toContain(`Examples:\n  tinytroupe ${command.split(" ")[0]}`);
      expect(code).toBe(0);
    }
    expect((await tinytroupe("--help")).stdout).toContain("Exit codes: 0 done");
  });
});

describe("a talk through a pipe", () => {
  it("puts the person's words on standard output, and goes on for free", async () => {
    const { name } = JSON.parse(await readFile(join(import.meta.dirname, "../../personas/lisa.json"), "utf8")).persona;
    const first = await project.cli(["chat", "lisa", "--model", "builtin"]).ended;
    expect([first.code, first.stdout]).toEqual([0, ""]);
    const talk = project.cli(["chat", "lisa", "--model", "builtin"], {}, "Hello.\nWhat annoys you?\n");
    const { stdout, stderr, code } = await talk.ended;
    expect([code, stdout.split(`${name} → `).length]).toEqual([0, 3]);
    const run = /--resume (\S+)/.exec(stderr)?.[1] ?? "";
    const more = await project.cli(["chat", "lisa", "--resume", run], {}, "And then?\n").ended;
    expect(more.stdout).toContain("Hello.");
    expect(more.stdout.split(`${name} → `).length).toBe(4);
    const shown = JSON.parse((await tinytroupe("runs", "show", run, "--json")).stdout);
    expect([shown.usage.calls, shown.takes]).toEqual([3, 2]);
  });
  it("keeps the person in a file", async () => {
    const kept = project.cli(["chat", "minji", "--model", "builtin", "--save", "people/mj.json"], {}, "뭐 하세요?\n");
    const { code, stderr } = await kept.ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining("chat people/mj.json")]);
    const saved = JSON.parse(await project.read("people/mj.json"));
    expect(saved).toMatchObject({ type: "TinyPerson", simulated: true, persona: { name: "곽민지" } });
    expect(JSON.stringify(saved.life.episodes)).toContain("뭐 하세요?");
  });
  it("is one document for programs", async () => {
    const talk = project.cli(["chat", "minji", "--model", "builtin", "--json"], {}, "안녕하세요?\n");
    const { stdout, stderr } = await talk.ended;
    const { ok, command, simulated, heuristic, run, entries } = JSON.parse(stdout);
    expect([ok, command, simulated, heuristic]).toEqual([true, "chat", true, true]);
    expect(entries[0]).toMatchObject({ from: "a visitor", text: "안녕하세요?" });
    expect(entries.some(({ type }: { type: string }) => type === "TALK")).toBe(true);
    expect(stderr).toContain(run);
    const failed = await commandHere(project, ["chat", "mingi", "--json"]);
    expect(JSON.parse(failed.stdout)).toMatchObject({ ok: false, command: "chat", error: { code: "TARGET_UNKNOWN" } });
  });
});
