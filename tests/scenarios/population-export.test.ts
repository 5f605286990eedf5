import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generatePopulation, openSimulation, readMicrodata } from "../../src/index.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
  const options = { name: "porto", seed: 1, model: "builtin", store: createMemoryStore() };
  await using simulation = await openSimulation({ ...options, environment: project.environment() });
  const draws = [
    { id: "0001", values: { age: 44, sex: "female", name: "=1+1" }, weight: 1.5 },
    { id: "0002", values: { age: 61, sex: "male", name: "b" }, weight: 0.5 },
  ];
  await generatePopulation(simulation, draws, { folder: `${project.folder}/porto`, about: "Adults in Porto" });
});
afterEach(() => project[Symbol.asyncDispose]());

const exported = (...args: readonly string[]) => commandHere(project, ["population", "export", "porto", ...args]);

describe("population export", () => {
  it("writes people with draws and weights as a table, in which nothing is a formula and which says what it is", async () => {
    const { code, stdout } = await exported();
    expect(code).toBe(0);
    const rows = await readMicrodata(await project.write("porto.csv", stdout));
    expect(Object.keys(rows[0] ?? {}).slice(0, 2)).toEqual(["id", "name"]);
    expect(rows).toMatchObject([
      { id: "0001", age: "44", sex: "female", "draw.name": "'=1+1", weight: "1.5", edited: "false", simulated: "true" },
      { id: "0002", age: "61", sex: "male", "draw.name": "b", weight: "0.5" },
    ]);
  });

  it("writes whole personas as lines and as one document, and nothing over another file", async () => {
    const lines = (await exported("--to", "jsonl")).stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([{ simulated: true, id: "0001", weight: 1.5, persona: { age: 44 } }, { id: "0002" }]);
    expect((await exported("--to", "json", "--out", "porto.json")).code).toBe(0);
    const document = JSON.parse(await project.read("porto.json")) as { people: object[] };
    expect(document).toMatchObject({ simulated: true, name: "people", people: [{ values: { sex: "female" } }, {}] });
    const again = await exported("--to", "json", "--out", "porto.json");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("it is there already")]);
  });
});

it("population export writes Parquet and Excel into files, by their ending, and nothing of that to a terminal", async () => {
  expect((await exported("--out", "porto.parquet")).code).toBe(0);
  const rows = await readMicrodata(`${project.folder}/porto.parquet`);
  expect(rows).toMatchObject([
    { id: "0001", age: 44, sex: "female", weight: 1.5, edited: false, simulated: true },
    { id: "0002", age: 61, sex: "male", weight: 0.5 },
  ]);
  expect((await exported("--out", "porto.xlsx")).code).toBe(0);
  expect((await project.read("porto.xlsx")).slice(0, 2)).toBe("PK");
  const refused = await exported("--to", "parquet");
  expect([refused.code, refused.stdout, refused.stderr]).toEqual([
    2,
    "",
    expect.stringContaining("--out people.parquet"),
  ]);
});

describe("population delete", () => {
  it("takes somebody out after a yes alone", async () => {
    const asked = await commandHere(project, ["population", "delete", "porto", "0002"]);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining("--yes")]);
    const { code, stdout } = await commandHere(project, ["population", "delete", "porto", "0002", "--yes", "--json"]);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { id: "0002", file: expect.stringMatching(/^people\/0002-/) },
    ]);
    const left = (await exported("--to", "jsonl")).stdout.trim().split("\n");
    expect(left).toHaveLength(1);
    expect(left[0]).toContain('"0001"');
    const unknown = await commandHere(project, ["population", "delete", "porto", "0009", "--yes"]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("0009")]);
  });
});
