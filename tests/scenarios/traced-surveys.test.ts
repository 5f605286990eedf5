import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Instrument,
  itemsOf,
  parseInstrument,
  type SurveyAnswer,
  summariseSurvey,
  summariseTasks,
  variantEffects,
} from "../../src/index.ts";
import type { Item } from "../../src/survey/instrument/items.ts";
import { partsOf } from "../../src/survey/instrument/items.ts";
import { itemCharts } from "../../src/survey/report/charts.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";
import { type Line, linesIn, numbersIn, tableLinesOf, textOfPage } from "../support/traced.ts";

const buyers = {
  ...{ specification: 1, name: "buyers" },
  dimensions: { sex: { kind: "categorical", shares: { female: 75, male: 25 } } },
};
const trade = {
  ...{ survey: 1, name: "trade" },
  items: [
    { id: "likes", kind: "likert", text: "I like tea.", labels: ["Disagree", "Neither", "Agree"] },
    { id: "where", kind: "checkbox", text: "Where do you drink it?", options: ["home", "work", "café"] },
    { id: "cups", kind: "number", text: "How many cups?", low: 0, high: 9, whole: true },
    { id: "nps", kind: "net-promoter", text: "Would you recommend tea?" },
    { id: "duel", kind: "pairwise", text: "Which is it?", options: ["tea", "coffee", "milk"] },
    { id: "matters", kind: "best-worst", text: "What matters?", options: ["price", "taste", "tin"], size: 3 },
    {
      ...{ id: "tin", kind: "conjoint", text: "Which tin?", count: 3 },
      attributes: [
        { id: "cost", label: "Cost", levels: ["3", "5", "9"] },
        { id: "origin", label: "Origin", levels: ["Assam", "Java"] },
      ],
    },
    { id: "order", kind: "rank", text: "Put them in order.", options: ["milk", "lemon", "sugar"] },
    { id: "worth", kind: "van-westendorp", text: "At what price?", high: 50 },
  ],
};
const instrument: Instrument = parseInstrument(trade);
const items: readonly Item[] = itemsOf(instrument);

let project: Project;
let tables: Readonly<Record<"answers" | "respondents" | "summary" | "tasks" | "effects", readonly Line[]>>;
let page: string;

beforeAll(async () => {
  project = await tempProject();
  await project.write("trade.json", JSON.stringify(trade));
  await project.write("buyers.json", JSON.stringify(buyers));
  const people = ["population", "generate", "buyers.json", "--size", "13", "--out", "buyers", "--model", "builtin"];
  expect((await commandHere(project, people)).code).toBe(0);
  const asking = ["survey", "run", "trade.json", "-p", "./buyers", "--by", "sex", "--weigh", "sex", "--reversed"];
  const kept = [...asking, "--model", "builtin", "--out", "found", "--html", "page.html"];
  const ended = await commandHere(project, kept);
  expect(ended.code, ended.stderr).toBe(0);
  page = await readFile(join(project.folder, "page.html"), "utf8");
  const names = ["answers", "respondents", "summary", "tasks", "effects"] as const;
  const read = names.map(async (name) => [name, await linesIn(project.folder, "found", `${name}.csv`)] as const);
  tables = Object.fromEntries(await Promise.all(read)) as typeof tables;
}, 60_000);
afterAll(() => project[Symbol.asyncDispose]());

/** Everything that the files say of the answers, as the figures were made of it. */
function again() {
  const answers = tables.answers.map((row) => {
    const { value = "", missing, sample, ...rest } = row;
    const said = value === "" ? { value: null, missing } : { value: JSON.parse(value) };
    return { ...rest, ...said, sample: Number(sample) } as unknown as SurveyAnswer;
  });
  const respondents = tables.respondents.map((row) => ({ ...row, sample: Number(row["sample"]), failedChecks: [] }));
  const of = <T>(cell: (row: Line) => T) =>
    new Map(tables.respondents.map((row) => [row["respondent"] as string, cell(row)]));
  const options = {
    respondents: respondents as never,
    weights: of(({ weight }) => Number(weight)),
    segments: of(({ sex = "" }) => sex),
  };
  return { answers, respondents, options };
}

/** That rows say the same as a table, numbers to what arithmetic leaves over. */
function same(rows: readonly object[], table: readonly Line[]): void {
  expect(rows.length).toBe(table.length);
  for (const [place, row] of rows.entries())
    for (const [name, value] of Object.entries(row)) {
      const cell = table[place]?.[name];
      if (typeof value === "number")
        expect(Math.abs(Number(cell) - value), `${name} of row ${place}`).toBeLessThan(1e-9);
      else expect(cell).toBe(value === null ? "" : String(value));
    }
}

/** A figure as the page writes it. */
const written = (value = "", times = 1): string => {
  const places = times === 100 ? 1 : 2;
  return value === "" ? "" : String(Number((times * Number(value)).toFixed(places)));
};
const withInterval = ({ value = "", low = "", high = "", is }: Line): string => {
  const [one, from, to] = [value, low, high].map((end) => written(end, is === "share" ? 100 : 1));
  return low === "" ? (one as string) : `${one} (${from} to ${to})`;
};

const plain = (figure = ""): string => figure.toLowerCase().replaceAll(" ", "");

describe("every number of a survey's page", () => {
  it("in a table of an item stands in summary.csv or tasks.csv, by item, figure and group", () => {
    let counted = 0;
    for (const { heading, head, rows } of tableLinesOf(page)) {
      const item = items.find(({ text }) => text === heading);
      if (item === undefined) continue;
      const ids = partsOf(item).map(({ id }) => id);
      for (const cells of rows) {
        const line = Object.fromEntries(head.map((name, place) => [name, cells[place] ?? ""]));
        counted += cells.filter((cell) => /\d/.test(cell)).length;
        if ("result" in line) {
          const own = tables.tasks.filter(
            (row) =>
              [row["item"], row["segment"], row["result"]].join() === [item.id, line["of"], line["result"]].join() &&
              // Prices are called in words: `marginalCheapness`.
              plain(row["figure"]) === plain(line["figure"]),
          );
          const { n, value, from, to } = line;
          const found = own.map((row) => [row["n"], written(row["value"]), written(row["low"]), written(row["high"])]);
          expect(found).toContainEqual([n, value, from, to]);
          continue;
        }
        const figure = line["figure"]?.replace(/, %$| first, %$/, "");
        for (const segment of ["all", "female", "male"]) {
          const own = tables.summary.filter((row) => ids.includes(row["item"] as string) && row["segment"] === segment);
          const found =
            figure === "people"
              ? own.map(({ n }) => n)
              : own.filter((row) => row["figure"] === figure).map(withInterval);
          expect(found, `${heading}: ${line["figure"]}, ${segment}`).toContain(line[segment]);
        }
      }
    }
    expect(counted).toBeGreaterThan(150);
  });

  it("in words stands in effects.csv, or counts rows of the other files", () => {
    const moved = tables.effects.filter(({ found }) => found === "true");
    const spoken = textOfPage(page.replace(/<table\b[\s\S]*?<\/table>/g, " "));
    const [told = ""] = spoken.match(/Asked otherwise, (\d+ of \d+) figures moved/) ?? [];
    expect(told).toContain(`${moved.length} of ${tables.effects.length}`);
    const each = [...spoken.matchAll(/Asked otherwise \(reversed\), (.+?) moved by (-?[\d.]+)/g)];
    expect(each.length).toBe(moved.length);
    for (const [place, [, figure, by]] of each.entries())
      expect([figure, by]).toEqual([moved[place]?.["figure"], Number(moved[place]?.["difference"]).toFixed(2)]);
    const plain = each.reduce((text, [words]) => text.replace(words, ""), spoken);
    const ends = tables.respondents.filter(({ end }) => end === "complete").length;
    const known = [
      ...[13, ends, moved.length, tables.effects.length, Math.round(tables.effects.length / 20)],
      Number(tables.summary[0]?.["effectiveSize"]).toFixed(1),
      // Headings, that the page is simulated, and how it was made.
      ...numbersIn(plain.match(/Simulated[^\n]*/)?.[0] ?? ""),
    ].map(String);
    expect(
      numbersIn(plain.replace(/Questionnaire \w+, way of asking \w+/, "")).filter((one) => !known.includes(one)),
    ).toEqual([]);
  });

  it("comes again from answers.csv and respondents.csv alone, intervals and pictures, too", async () => {
    const { answers, respondents, options } = again();
    const summary = await summariseSurvey(instrument, answers, options);
    const tasks = await summariseTasks(instrument, answers, options);
    const effects = await variantEffects(instrument, answers);
    same(summary, tables.summary);
    same(tasks, tables.tasks);
    same(effects, tables.effects);
    const values = [...summary, ...tasks].flatMap(({ value, low, high }) => [value, low, high]);
    const run = { answers, respondents, failures: [] } as never;
    const weighing = { weights: options.weights } as never;
    const drawn = items
      .flatMap((item) => itemCharts(item, { instrument, run, summary, tasks, effects, weighing }))
      .flatMap((chart) =>
        chart.kind === "intervals"
          ? chart.estimates.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])
          : chart.kind === "likert"
            ? chart.rows.flatMap(({ counts }) => counts)
            : [],
      );
    expect(drawn.length).toBeGreaterThan(60);
    const isThere = (one: number): boolean =>
      values.some((value) => value !== null && [1, 100].some((times) => Math.abs(times * value - one) < 1e-9));
    expect(drawn.filter((one) => !isThere(one))).toEqual([]);
  });
});
