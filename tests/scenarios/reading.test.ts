import { afterEach, beforeEach, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";
import { inTerminal } from "../support/pseudo-terminal.ts";

const study = `
name: kettles
seed: 7
people: [lisa, oscar]
world: { name: Tea room }
interventions: [{ name: price, fromStep: 2, once: true, do: [{ broadcast: It costs 90 euros. }] }]
steps:
  - broadcast: Would you <b>pay</b> for a kettle that can be repaired?
  - run: 2
`;

let project: Project;
beforeEach(async () => {
  project = await tempProject();
  await project.write("kettles.yaml", study);
});
afterEach(() => project[Symbol.asyncDispose]());

async function output(...args: readonly string[]): Promise<string> {
  const ended = await commandHere(project, args);
  expect(ended.code, ended.stderr).toBe(0);
  return ended.stdout;
}

it("writes a run as a page, as Markdown, as lines of JSON and as text, filtered, and never over a file", async () => {
  await output("run", "kettles.yaml", "-m", "builtin", "--quiet");
  const plain = await output("runs", "transcript", "--plain");
  await output("runs", "transcript", "--out", "talk.html");
  const page = await project.read("talk.html");
  expect(page).toMatch(/^<!doctype html>[\s\S]*Content-Security-Policy[\s\S]*<\/html>\n$/);
  expect(page).toContain("Would you &#60;b&#62;pay");
  expect(page).not.toMatch(/<script|<b>pay/);
  const again = await commandHere(project, ["runs", "transcript", "--out", "talk.html"]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("FILE_UNWRITABLE") });
  const paper = await commandHere(project, ["runs", "transcript", "--out", "talk.pdf"]);
  expect(paper).toMatchObject({ code: 2, stderr: expect.stringMatching(/OPTION_INVALID[\s\S]*\.html or \.jsonl/) });
  await output("runs", "transcript", "--out", "talk.TXT");
  await output("runs", "transcript", "--out", "talk.log", "--format", "text");
  const odd = await commandHere(project, ["runs", "transcript", "--out", "talk.jsonl", "--format", "html"]);
  expect(odd.stderr).toContain("The ending of talk.jsonl says jsonl, and --format says html.");
  await output("runs", "transcript", "--out", "talk");
  const texts = await Promise.all(["talk.TXT", "talk.log", "talk"].map((file) => project.read(file)));
  expect(texts.map((text) => text.replace("\n\n", "\n"))).toEqual([plain, plain, plain]);
  expect(await output("runs", "transcript", "--format", "markdown")).toMatch(
    /^# kettles [\s\S]*\n## Tea room · step 1\n/,
  );
  const [head, ...lines] = (await output("runs", "transcript", "--format", "jsonl")).trimEnd().split("\n");
  expect(JSON.parse(head ?? "")).toMatchObject({ simulated: true, format: "tinytroupe-transcript" });
  expect(await output("runs", "transcript", "--format", "text")).toBe(plain);
  const { entries } = JSON.parse(
    await output(
      "runs",
      "transcript",
      "--json",
      "--world",
      "Tea room",
      "--person",
      "lisa",
      "--kind",
      "talk",
      "--from",
      "2",
    ),
  );
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.length).toBeLessThan(lines.length);
  for (const entry of entries) {
    expect(entry).toMatchObject({ world: "tea-room", type: "TALK", step: 2 });
    expect([entry.from, ...entry.to].join()).toContain("Lisa");
  }
  const backward = await commandHere(project, ["runs", "transcript", "--from", "2", "--to", "1"]);
  expect([backward.code, backward.stderr]).toEqual([2, expect.stringContaining("--from 2 is after --to 1.")]);
  for (const never of ["2031-02-29", "2031-13", "2031-01-01T24:00"]) {
    expect(await commandHere(project, ["runs", "transcript", "--from", never])).toMatchObject({
      ...{ code: 2, stderr: expect.stringContaining("No calendar has this day, or no clock this time.") },
    });
  }
  const empty = await commandHere(project, ["runs", "transcript", "--from", "2031-01-05", "--to", "2031-01"]);
  expect([empty.code, empty.stderr]).toEqual([0, expect.stringContaining("There is nothing of that in ")]);
  const wrong = await commandHere(project, ["runs", "transcript", "--person", "nobody"]);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/no person 'nobody'[\s\S]*Lisa Brannigan/) });
  expect(await output("runs", "cost", "--by", "world,person")).toMatch(/^Tea room +Lisa Brannigan /m);
  const { tables } = JSON.parse(await output("runs", "cost", "--by", "world,person", "--json"));
  expect(tables[0].rows).toContainEqual(
    expect.objectContaining({ world: "tea-room", person: "person:lisa-brannigan" }),
  );
});

it("finds people without their accents, and says whom a name may mean", async () => {
  const people = ["Zoë Braun", "Zoé Klein", "Noël Braun", "Lisa Braun"];
  const cast = people.map((name) => `{ persona: { name: ${name}, age: 40 } }`).join(", ");
  await project.write("names.yaml", study.replace("[lisa, oscar]", `[${cast}]`).replace("kettles", "names"));
  await output("run", "names.yaml", "-m", "builtin", "--quiet");
  const by = async (name: string) =>
    JSON.parse(await output("runs", "transcript", "names", "--json", "--kind", "think", "--person", name)).entries;
  const thought = async (name: string) => [...new Set((await by(name)).map(({ from }: { from: string }) => from))];
  expect(await thought("noel")).toEqual(["Noël Braun"]);
  expect(await thought("Zoe Klein")).toEqual(["Zoé Klein"]);
  expect(await thought("braun")).toHaveLength(3);
  const several = await commandHere(project, ["runs", "transcript", "names", "--person", "Zoe"]);
  expect([several.code, several.stderr]).toEqual([2, expect.stringMatching(/'Zoe' may be Zo. \w+ or Zo. \w+\./)]);
  const forked = await output(
    ...["fork", "names", "-m", "builtin", "--as", "told", "--at", "tea-room/2", "--say", "Psst!", "--to", "noel", "-q"],
  );
  expect(forked).toContain("Transcript:");
  expect(await output("runs", "transcript", "names-told", "--plain")).toContain("(from outside) to Noël Braun: Psst!");
  const judged = await commandHere(project, ["judge", "names", "They pay.", "--person", "zoe"]);
  expect([judged.code, judged.stderr]).toEqual([2, expect.stringContaining("'zoe' may be")]);
});

it("plays a run again: at once into a pipe, at its pace in a terminal, until Ctrl-C", async () => {
  await output("run", "kettles.yaml", "-m", "builtin", "--quiet");
  const piped = await output("replay", "--speed", "1");
  expect(piped).toMatch(/simulated[\s\S]*Tea room · step 2[\s\S]*Lisa Brannigan/);
  expect(piped).not.toContain("\u001b");
  const terminal = inTerminal(["replay", "--speed", "0.5"], { folder: project.folder });
  await terminal.shows("a replay of kettles");
  terminal.type("\u0003");
  expect(await terminal.ended).toBe(130);
  expect(terminal.text()).not.toMatch(/a replay of|step 2|Error/);
  const stepped = inTerminal(["replay", "--speed", "max", "--step"], { folder: project.folder });
  await stepped.shows("Return goes on to tea-room/1");
  expect(stepped.text()).not.toContain("Tea room · step 1");
  stepped.type("\r");
  await stepped.shows("Return goes on to tea-room/2");
  stepped.type("\u0004");
  expect(await stepped.ended).toBe(130);
});
