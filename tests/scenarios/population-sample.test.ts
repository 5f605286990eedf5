import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";
import { town } from "../unit/population/sampling/town.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
  await project.write("town.json", JSON.stringify(town()));
});
afterEach(() => project[Symbol.asyncDispose]());

const sample = (...args: readonly string[]) => commandHere(project, ["population", "sample", "town.json", ...args]);

describe("population sample", () => {
  it("shows how people match what was asked, and writes them, never over another file", async () => {
    const { code, stdout } = await sample("--size", "200", "--out", "draws.csv");
    expect([code, stdout]).toEqual([0, expect.stringContaining("A town · 200 people · by quota · seed 0 · simulated")]);
    expect(stdout).toMatch(/region × urban \* +joint +0\.\d %.+yes/);
    expect(stdout).toContain("never age up to 20, education degree");
    const [head, ...rows] = (await project.read("draws.csv")).trim().split("\r\n");
    expect(head).toMatch(/^id,age,sex,.*,weight,simulated$/);
    expect(rows).toHaveLength(200);
    expect(new Set(rows.map((row) => row.split(",")[0])).size).toBe(200);
    const again = await sample("--size", "200", "--out", "draws.csv");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("it is there already")]);
  });

  it("draws archetypes who stand for all, and says what that costs", async () => {
    const { code, stdout } = await sample("--size", "60", "--archetypes", "3", "--out", "few.jsonl");
    expect([code, stdout]).toEqual([0, expect.stringContaining("What is lost where they stand for all")]);
    const few = (await project.read("few.jsonl"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { weight: number });
    expect(few).toHaveLength(3);
    expect(few.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(60, 6);
  });

  it("prints one document for programs, the same for the same seed", async () => {
    const [one, other] = await Promise.all([
      sample("--size", "50", "--seed", "s", "--json"),
      sample("--size", "50", "--seed", "s", "--json", "--out", "draws.jsonl"),
    ]);
    const first = JSON.parse(one.stdout);
    const { people, ...rest } = first;
    expect(JSON.parse(other.stdout)).toEqual(rest);
    const lines = (await project.read("draws.jsonl")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(people);
  });

  it("refuses what contradicts itself, with the parts that do", async () => {
    const constraints = [{ always: { age: { from: 30 } } }];
    await project.write("town.json", JSON.stringify(town({ constraints })));
    const { code, stderr } = await sample("--size", "50");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^SPECIFICATION_CONFLICT/)]);
    expect(stderr).toMatch(/constraints\.0 \(always age from 30\)[\s\S]*dimensions\.age/);
  });

  it.each([
    ["--out", "draws.xlsx"],
    ["--method", "guess"],
    ["--tolerance", "many"],
    ["--size", "0"],
  ])("refuses %s %s", async (flag, value) => {
    expect((await sample(flag, value)).code).toBe(2);
  });
});
