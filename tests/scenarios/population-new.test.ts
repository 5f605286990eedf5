import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { specificationTemplate } from "../../src/cli/commands/population/template.ts";
import { loadSpecification } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const tinytroupe = (...args: readonly string[]) => commandHere(project, args);
const made = (file: string) => loadSpecification(`${project.folder}/${file}`);

describe("population new", () => {
  it("writes a specification to begin with, which runs, and nothing over it", async () => {
    const { code, stdout } = await tinytroupe("population", "new", "my buyers.yaml");
    expect([code, stdout]).toEqual([0, expect.stringContaining("tinytroupe population sample 'my buyers.yaml'")]);
    expect(await project.read("my buyers.yaml")).toBe(specificationTemplate("my buyers"));
    const { dimensions, name } = await made("my buyers.yaml");
    expect([name, Object.keys(dimensions)]).toEqual(["my buyers", ["age", "sex", "work", "reason"]]);
    const again = await tinytroupe("population", "new", "my buyers.yaml");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("it is there already")]);
    expect((await tinytroupe("population", "sample", "my buyers.yaml", "--size", "20")).code).toBe(0);
  });

  it("has a model propose one from words, which says what nobody checked", async () => {
    const words = "Riders of night buses: 40% women and 60% men.";
    const { code, stdout, stderr } = await tinytroupe(
      "population",
      "new",
      "riders.yaml",
      "--from",
      words,
      "--model",
      "builtin",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sex\.\nUnverified: sex\./);
    expect(stderr).toMatch(/Rules read the source, no language model/);
    expect((await made("riders.yaml")).dimensions["sex"]).toMatchObject({
      shares: { women: 40, men: 60 },
      source: "given",
    });
  });

  it("counts rows of people without a model, and tells rows from a table of shares", async () => {
    await project.write("survey.csv", "age,sex,w\n21,f,1\n34,m,2\n34,f,1\n");
    const args = ["--from", "survey.csv", "--weight", "w", "--joint", "age,sex", "--json"];
    const { code, stdout, stderr } = await tinytroupe("population", "new", "voters.json", ...args);
    expect([code, stderr]).toEqual([0, ""]);
    const { specification, unverified } = JSON.parse(stdout) as {
      specification: { joints: unknown[] };
      unverified: unknown;
    };
    expect([specification.joints.length, unverified]).toEqual([1, []]);
    expect((await made("voters.json")).sources?.["rows"]).toMatchObject({
      title: "survey.csv",
      note: "3 rows, weighted by w.",
    });

    await project.write("long.csv", `age,sex\n${"21,f\n".repeat(300)}`);
    const long = await tinytroupe("population", "new", "long.yaml", "--from", "long.csv", "--model", "builtin");
    expect([long.code, long.stderr]).toEqual([2, expect.stringMatching(/no table of shares[\s\S]*add --rows/)]);
  });

  it.each([
    [["buyers.txt"], /ends in none of \.yaml, \.yml and \.json/],
    [["b.yaml", "--from", "none.csv"], /Cannot read none\.csv: there is no such file/],
    [["b.yaml", "--from", "survey.dta", "--rows"], /none of \.csv[\s\S]*read_stata/],
    [["b.yaml", "--from", "", "--model", "builtin"], /nothing to propose a specification from/],
  ])("is refused as %j, before anything is written", async (args, message) => {
    const { code, stderr } = await tinytroupe("population", "new", ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    await expect(made("b.yaml")).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
});
