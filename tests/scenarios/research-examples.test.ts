import { expect, it } from "vitest";
import type { Study } from "../../src/index.ts";
import { exampleFile, study, tempProject } from "../support/project.ts";

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
  expect(result["beside"]?.length).toBeGreaterThanOrEqual(4);
});
