import { expect, it } from "vitest";
import { analyseExperiment } from "../../../../src/experiment/analysis/analyse.ts";
import { experimentReport, experimentReportHtml } from "../../../../src/experiment/analysis/report/report.ts";
import { analysisTables } from "../../../../src/experiment/analysis/report/rows.ts";
import type { Observation } from "../../../../src/experiment/results/observation.ts";
import { row } from "./made-rows.ts";

const hostile = '<script>alert(1)</script>|`x`\u202e"';
const rows: readonly Observation[] = ["1", "2", "3"].flatMap((seed) =>
  Array.from({ length: 8 }, (_, place) => `p${place}`).flatMap((person, place) => [
    row("control", person, place, { seed, metric: hostile }),
    row(hostile, person, place === 7 ? null : place + 1 + ((place * Number(seed)) % 5) / 5, { seed, metric: hostile }),
  ]),
);
const claim = { metric: hostile, contrast: [hostile, "control"] as [string, string], direction: "greater" as const };
const traced = await analyseExperiment(
  {
    ...{ name: hostile, factors: {}, correction: "holm", level: 0.95, digest: "the digest" },
    arms: [
      { name: "control", levels: {} },
      { name: hostile, levels: {} },
    ],
    ...{ metrics: { [hostile]: { scale: { kind: "number" } } }, claims: { [hostile]: claim } },
  },
  rows,
);

it("a report shows names of others as text alone, with plots and whose digest it is", async () => {
  const html = await experimentReportHtml(traced.analysis);
  expect(html).not.toContain("<script>alert");
  expect(html).not.toContain("\u202e");
  expect(html.match(/<figure>/g)?.length).toBe(3);
  expect(html).toContain("the digest");
  const text = experimentReport(traced.analysis);
  expect(text).not.toMatch(/<script>|\u202e/);
  expect(text).toContain("Simulated: no real people took part.");
});

it("every effect leads to its rows: the mean of what stands there is the figure", () => {
  const cells = (name: string): readonly (readonly string[])[] =>
    (analysisTables(traced)[name] ?? "")
      .trim()
      .split("\r\n")
      .map((line) => line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.map((cell) => cell.replace(/,$/, "")) ?? []);
  const table = (name: string) => {
    const [head = [], ...body] = cells(name);
    return body.map((line) => Object.fromEntries(head.map((column, place) => [column, line[place] ?? ""])));
  };
  const values = new Map(table("rows.csv").map((line) => [line["id"], Number(line["value"])]));
  const pairs = table("pairs.csv").filter((line) => line["figures"] === "e1");
  const kept = pairs.filter((line) => line["lost"] === "");
  const differences = kept.map(
    (line) => (values.get(line["treatment"]) as number) - (values.get(line["control"]) as number),
  );
  const mean = differences.reduce((total, value) => total + value, 0) / differences.length;
  const figure = table("figures.csv").find((line) => line["id"] === "e1");
  expect([pairs.length, kept.length]).toEqual([24, 21]);
  expect(mean).toBeCloseTo(Number(figure?.["value"]), 9);
  expect(pairs.find((line) => line["lost"] !== "")?.["lost"]).toContain("refused");
});
