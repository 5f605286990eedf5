import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import type { Study } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { exampleFile, study, tempProject } from "../support/project.ts";

const experiment = resolve(import.meta.dirname, "../../examples/20-experiment/kettle-prices.yaml");

type Rows = readonly Readonly<Record<string, unknown>>[];
type Tables = Readonly<Record<string, Rows>>;

it.each([
  ["18-market-research", 60, ["propensity/mean", "propensity/dispersion-ratio", "propensity/earth-movers"]],
  ["19-ranking-study", 40, ["order/first-choice:A", "order/order", "order/energy-distance"]],
])("example %s asks its panel and holds it against the people's file", async (name, size, claimed) => {
  await using project = await tempProject();
  const { error, result } = await project.play((await study(exampleFile(name, "main.ts"))) as Study<Tables>, {
    model: "builtin",
  });
  expect(error).toBeUndefined();
  const answers = result["answers"] ?? [];
  expect([answers.length, new Set(answers.map(({ respondent }) => respondent)).size]).toEqual([size, size]);
  expect(result["claims"]?.map(({ figure }) => figure)).toEqual(claimed);
  expect(result["claims"]?.every(({ status }) => status === "passed" || status === "failed")).toBe(true);
  if (name.startsWith("18")) {
    // What its README says of the rehearsal.
    const readme = await readFile(exampleFile(name, "README.md"), "utf8");
    const told = readme.match(/`(\w+)` and `(\w+)` fail[^`]*`(\w+)` passes/)?.slice(1);
    const claims = Object.groupBy(result["claims"] ?? [], ({ status }) => String(status));
    expect([...(claims["failed"] ?? []), ...(claims["passed"] ?? [])].map(({ claim }) => claim)).toEqual(told);
    expect(claims["passed"]).toHaveLength(1);
  }
  expect(result["beside"]?.length).toBeGreaterThanOrEqual(4);
});

it("example 20 is declared, run and analysed from the command line", async () => {
  await using project = await tempProject();
  const file = await project.write("prices.yaml", await readFile(experiment, "utf8"));
  const ran = await commandHere(project, ["experiment", "run", file, "--model", "builtin", "--json"]);
  expect(ran.code, ran.stderr).toBe(0);
  const analysed = await commandHere(project, ["experiment", "analyse", file]);
  expect(analysed.code, analysed.stderr).toBe(1); // a claim that does not pass
  expect(analysed.stdout).toMatch(/dearer puts off[\s\S]*failed[\s\S]*Exploratory/);
});
