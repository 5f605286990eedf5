import { afterEach, beforeEach, expect, it } from "vitest";
import {
  defineStudy,
  measureConvergence,
  measureLikeness,
  measureSycophancy,
  stanceLedger,
  transcriptOf,
} from "../../src/index.ts";
import { readStory } from "../../src/stores.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const kettles = defineStudy({
  name: "kettles",
  seed: 7,
  run: async (simulation) => {
    const people = await Promise.all(
      ["lisa", "oscar", "marcos"].map((name) => simulation.person(name, { stances: { feedback: true } })),
    );
    const table = simulation.world("Table", people).makeEveryoneAccessible();
    for (const question of ["What is a kettle worth that can be repaired?", "And a repair café in your street?"]) {
      await table.broadcast(question).run(3);
    }
    return Object.fromEntries(people.map((person) => [person.name, person.stances]));
  },
});

it("people on builtin take stances, which are the same from the journal and in a second play", async () => {
  const first = await project.play(kettles, { model: "builtin" });
  expect(first.error).toBeUndefined();
  const taken = first.story.filter((event) => event.type === "stance-taken");
  const declared = taken.filter((event) => event.grounds !== "persona");
  expect(declared.length).toBeGreaterThanOrEqual(3);
  expect(new Set(declared.map((event) => event.person)).size).toBe(3);
  for (const { topic, because, grounds } of declared) {
    expect([topic, because].every((text) => text.trim() !== "")).toBe(true);
    expect(["first", "kept"]).toContain(grounds);
  }
  const ledger = stanceLedger(first.story);
  expect([...ledger.values()]).toEqual(expect.arrayContaining(Object.values(first.result)));
  const again = await project.play(kettles, { model: "builtin" });
  expect(again.result).toEqual(first.result);
  expect(again.story).toEqual(first.story);
});

it("a run's talk is measured from its journal, and told as a table and as a document", async () => {
  const { run, story } = await project.play(kettles, { model: "builtin" });
  const events = await project.withStore((store) => Array.fromAsync(readStory(store, run)));
  expect(events).toHaveLength(story.length);
  const entries = transcriptOf(events);
  const ended = await commandHere(project, ["runs", "likeness", run, "--json"]);
  expect(ended.code, ended.stderr).toBe(0);
  const document = JSON.parse(ended.stdout);
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  expect(document).toMatchObject({ command: "runs likeness", simulated: true, run, heuristic: true });
  expect(document.likeness).toEqual(plain(measureLikeness(entries)));
  expect(document.sycophancy).toEqual(plain(measureSycophancy(entries, { events })));
  expect(document.convergence).toEqual(plain(await measureConvergence(entries, { events })));
  expect(document.likeness.speakers).toHaveLength(3);

  const shown = await commandHere(project, ["runs", "likeness"]);
  expect(shown.stdout).toContain("Rules wrote this talk");
  expect(shown.stdout).toMatch(/turn length +\d+ words +[─░●]{16} +(within|below|above) \(24 to 98\)/);
  expect(shown.stdout).toContain("Who goes along");
  const bars = shown.stdout.split("\n").filter((line) => /[░●]/.test(line));
  expect(bars.length).toBeGreaterThanOrEqual(6);
  for (const line of bars) expect(line.length).toBeLessThanOrEqual(80);
});
