import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRandom } from "../../../src/kernel/values/random.ts";
import { commandHere } from "../../support/command-here.ts";
import { type Project, tempProject } from "../../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());
const written = (name: string, content: string) => writeFile(join(project.folder, name), content);
const description =
  "answers: 1\nid: who\nitems:\n  vote: {title: How likely would you buy bottled gazpacho?, scale: {kind: ordinal, options: [1, 2, 3, 4, 5]}}\n";

/** People p0 …, of whom the twins know half and are one step too high. */
async function tables(people: number, simulated: number): Promise<readonly number[]> {
  const random = createRandom("tables");
  const votes = Array.from({ length: simulated }, () => 1 + random.integer(4));
  const lines = (of: readonly number[]) => `who,vote\n${of.map((vote, place) => `p${place},${vote}`).join("\n")}\n`;
  await written("human.csv", lines(votes.slice(0, people)));
  await written("twins.csv", lines(votes.map((vote) => vote + 1)));
  await written("data.yaml", description);
  return votes;
}

it("tinytroupe validate held-out scores a hidden item, and finds it in the prompts of a run", async () => {
  const [first] = await tables(40, 40);
  await written(
    "tea.yaml",
    "survey: 1\nname: tea\nitems:\n  - {id: vote, kind: likert, text: How likely would you buy bottled gazpacho?, labels: [Never, Perhaps, Surely]}\n",
  );
  const told = `Asked how likely they would buy bottled gazpacho, P0 said ${first}.`;
  await written("p0.json", JSON.stringify({ name: "P0", notes: told }));
  await written("p1.json", JSON.stringify({ name: "P1", notes: "Likes soup." }));
  const run = ["survey", "run", "tea.yaml", "-p", "p0.json", "p1.json", "--model", "builtin", "--method", "direct"];
  const taken = await commandHere(project, [...run, "--json"]);
  expect(taken.code, taken.stderr).toBe(0);
  const { run: id } = JSON.parse(taken.stdout).provenance;

  const args = ["validate", "held-out", "human.csv", "twins.csv", "--describe", "data.yaml", "--item", "vote"];
  const scored = await commandHere(project, [...args, "--out", "found"]);
  expect(scored.code, scored.stderr).toBe(0);
  expect(scored.stdout).toMatch(/brier +twin +2\.000/);
  expect((await readdir(join(project.folder, "found"))).toSorted()).toEqual([
    "answers.csv",
    "figures.csv",
    "held-out.json",
    "report.html",
    "report.md",
    "scores.csv",
  ]);
  expect(await readFile(join(project.folder, "found/report.md"), "utf8")).toContain(
    "vote: twins are worse than who knows nobody",
  );
  const json = await commandHere(project, [...args, "--run", id, "--json"]);
  const { items, audit } = JSON.parse(json.stdout);
  expect(json.code).toBe(1);
  expect(items).toMatchObject([{ item: "vote", n: 40, unanswered: 0 }]);
  // The asking of both people is no leak; what the persona says of the first is.
  expect(audit.prompts).toBeGreaterThan(1);
  expect(audit.leaks.map((leak: { kind: string; person: string }) => [leak.kind, leak.person])).toEqual([
    ["answer", "p0"],
  ]);
});

it("tinytroupe validate correct learns from few people, estimates by both, and says how many more to ask", async () => {
  await tables(30, 400);
  const args = ["validate", "correct", "human.csv", "twins.csv", "--describe", "data.yaml", "--width", "0.4"];
  const shown = await commandHere(project, [...args, "--out", "corrected"]);
  expect(shown.code, shown.stderr).toBe(0);
  expect(shown.stdout).toMatch(/vote +30 +shift.* +shift -[01]\.\d\d/);
  const page = await readFile(join(project.folder, "corrected/report.html"), "utf8");
  expect(page).toContain("<svg");
  const { learned, estimates } = JSON.parse((await commandHere(project, [...args, "--json"])).stdout);
  expect(learned).toMatchObject([{ family: "vote", kind: expect.stringContaining("shift"), n: 30 }]);
  // The twins differ by one from everybody: few people and many twins know the mean as if all had been asked.
  expect(estimates[0]).toMatchObject({ of: "mean", asked: 30, others: 370, needed: { more: 0 } });
  const { found } = estimates[0];
  expect(found.interval.high - found.interval.low).toBeLessThan(
    (found.alone.interval.high - found.alone.interval.low) / 2,
  );
  expect((await commandHere(project, [...args.slice(0, -1), "-1"])).code).toBe(2);
});
