import { expect, it } from "vitest";
import { besidePeopleCharts } from "../../../src/evaluation/report/charts.ts";
import type { BarChart } from "../../../src/plot/chart.ts";
import { chartSvg } from "../../../src/plot/svg.ts";
import { answersOf, counts, likert } from "./comparison/made.ts";

it("draws each option's share of both sides, with where that of the people lies", async () => {
  const items = { vote: { scale: likert, title: "Would you?" } };
  const human = answersOf(items, counts([10, 20, 30, 40, 0]));
  const simulated = answersOf(items, counts([0, 0, 30, 10, 0]));
  const { charts, drawn } = await besidePeopleCharts({ human, simulated });
  expect(drawn).toEqual(["vote"]);
  const [chart] = charts as [BarChart];
  expect([chart.title, chart.note]).toEqual([
    "Would you?",
    "100 people, 40 simulated · lines: 95 % intervals of the people",
  ]);
  const [first, beside] = chart.bars;
  expect(chart.bars.map(({ value }) => value)).toEqual([10, 0, 20, 0, 30, 75, 40, 25, 0, 0]);
  expect(first).toMatchObject({ label: "1", group: "people" });
  // About 10 ± 1.96 √(0.1 × 0.9 / 100), in per cent.
  expect(Math.abs((first?.interval?.low ?? 0) - 4.1)).toBeLessThan(1.5);
  expect(Math.abs((first?.interval?.high ?? 0) - 15.9)).toBeLessThan(1.5);
  expect(beside).toEqual({ label: "1", value: 0, group: "simulated" });
  // Nobody chose 5: that says nothing of how many would.
  expect(chart.bars.at(-2)).toEqual({ label: "5", value: 0, group: "people" });
  const [, lines = ""] = (await chartSvg(chart)).split('aria-roledescription="rule mark container"');
  expect(lines.split("</g>")[0]?.match(/<line/g)).toHaveLength(4);
});

it("draws numbers by ranges that both sides share, each person by their weight, and names their columns", async () => {
  const items = { price: { scale: { kind: "number" }, column: "Price" } };
  const priced = (prices: readonly number[]) => prices.map((price) => ({ answers: { price } }));
  const human = answersOf(items, [{ weight: 3, answers: { price: 5 } }, { answers: { price: 25 } }]);
  const { charts, drawn } = await besidePeopleCharts({ human, simulated: answersOf(items, priced([15, 15])) });
  expect(drawn).toEqual(["Price"]);
  const { bars } = charts[0] as BarChart;
  const shareOf = (side: string, from: (label: string) => boolean): number =>
    bars.filter(({ group, label }) => group === side && from(label)).reduce((sum, { value }) => sum + value, 0);
  expect(shareOf("people", (label) => Number.parseInt(label, 10) < 15)).toBe(75);
  expect(shareOf("people", () => true)).toBe(100);
  expect(shareOf("simulated", (label) => label.startsWith("14") || label.startsWith("15"))).toBe(100);
});
