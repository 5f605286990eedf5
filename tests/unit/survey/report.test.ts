import { beforeAll, describe, expect, it } from "vitest";
import { itemsOf } from "../../../src/survey/instrument/document.ts";
import { itemCharts } from "../../../src/survey/report/charts.ts";
import type { SurveyFindings } from "../../../src/survey/report/findings.ts";
import { surveyReport, surveyReportHtml } from "../../../src/survey/report/report.ts";
import { itemSection } from "../../../src/survey/report/sections.ts";
import { findingsWith } from "./findings.ts";

const chartsOf = (found: SurveyFindings): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    itemsOf(found.instrument).map((item) => [item.id, itemCharts(item, found).map(({ kind }) => kind)]),
  );
const numbersIn = (rows: readonly object[]): readonly number[] =>
  rows.flatMap((row) => Object.entries(row)).flatMap(([name, cell]) => (name === "n" ? [] : figuresIn(cell)));
const figuresIn = (cell: unknown): readonly number[] =>
  typeof cell === "number" ? [cell] : [...String(cell).matchAll(/(?<![\w.])-?\d+(?:\.\d+)?/g)].map(Number);

describe("a report of a survey", () => {
  let found: SurveyFindings;
  let apart: SurveyFindings;
  beforeAll(async () => {
    [found, apart] = [await findingsWith("herbal"), await findingsWith("herbal", true)];
  });

  it("has the picture that suits each item", () => {
    expect(chartsOf(found)).toEqual({
      ...{
        drinks: ["intervals"],
        likes: ["likert"],
        feels: ["likert"],
        cups: ["histogram"],
        order: ["ranking", "intervals"],
      },
      ...{ spent: ["intervals"], recommend: ["intervals"], why: [] },
    });
    expect(chartsOf(apart)).toMatchObject({ feels: ["likert", "likert"], likes: ["likert"], drinks: ["intervals"] });
  });

  it("draws the figures of the summary", () => {
    const [item] = itemsOf(found.instrument);
    if (item === undefined) throw new Error("There is an item.");
    const [chart] = itemCharts(item, found);
    const rows = found.summary.filter((row) => row.item === "drinks");
    expect(chart).toMatchObject({
      estimates: rows.map(({ value, low, high }, place) => ({
        label: ["black", "herbal"][place],
        ...{ value: 100 * (value ?? 9), low: 100 * (low ?? 9), high: 100 * (high ?? 9) },
      })),
    });
    const cups = itemsOf(found.instrument).find(({ id }) => id === "cups");
    const [bars] = cups === undefined ? [] : itemCharts(cups, found);
    expect(bars?.kind === "histogram" && bars.bins.reduce((all, { count }) => all + count, 0)).toBe(12);
  });

  it("counts people by their weights in pictures of answers", () => {
    const weights = new Map(found.run.respondents.map(({ respondent }, place) => [respondent, place === 0 ? 5 : 0]));
    const order = itemsOf(found.instrument).find(({ id }) => id === "order");
    const weighing = { weights, raking: {}, left: [] } as unknown as NonNullable<SurveyFindings["weighing"]>;
    const [chart] = order === undefined ? [] : itemCharts(order, { ...found, weighing });
    const counts = chart?.kind === "ranking" ? chart.items.flatMap((item) => item.counts) : [];
    expect(counts.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 5, 5, 5]);
  });

  it.each(["all together", "apart"])("has no number that is not a row's: %s", (which) => {
    const of = which === "apart" ? apart : found;
    const known = [...of.summary, ...(of.tasks ?? [])].flatMap(({ value, low, high, n }) =>
      [value, low, high]
        .flatMap((one) => (one === null ? [] : [one.toFixed(2), (100 * one).toFixed(1)]))
        .concat(`${n}`),
    );
    const all = new Set(known.map(Number));
    const shown = itemsOf(of.instrument).flatMap((item) => numbersIn(itemSection(item, of).rows ?? []));
    expect(shown.length).toBeGreaterThan(50);
    expect(shown.filter((one) => !all.has(one))).toEqual([]);
  });

  it("says who was asked, what is missing, what another order did, and that it is simulated", () => {
    const text = surveyReport(found);
    expect(text).toMatch(/12 people were asked \\?\(direct\\?\); answers that are none: \d+ skipped/);
    expect(text).toContain("12 complete");
    expect(text).toMatch(/Asked otherwise, \d+ of \d+ figures moved/);
    expect(text).toMatch(/Simulated: no real people took part.*\n\n.*A rehearsal/);
  });

  it("shows words of strangers as text alone", async () => {
    const hostile = await findingsWith("<script>alert(1)</script> | ![x](https://evil.example/x.png)");
    const page = await surveyReportHtml(hostile);
    expect(page).not.toMatch(/<script|<img/);
    expect(surveyReport(hostile)).not.toMatch(/<script|!\[x\]\(/);
  });
});
