import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { comparisonPlots } from "../../src/evaluation/report/charts.ts";
import { experimentPlots } from "../../src/experiment/analysis/report/charts.ts";
import {
  type AnswersDescription,
  analyseExperiment,
  analysisTables,
  compareAnswers,
  correctAnswers,
  createRandom,
  figuresCsv,
  loadAnalysis,
  loadAnswers,
  loadClaims,
  parseAnswersDescription,
  type Random,
  readObservations,
  rowsToCsv,
  scoreHeldOut,
} from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";
import { type Line, linesIn, numbersIn, textOfPage, untraced } from "../support/traced.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const at = (...path: readonly string[]): string => join(project.folder, ...path);
const text = (...path: readonly string[]): Promise<string> => readFile(at(...path), "utf8");
const json = async (...path: readonly string[]) => JSON.parse(await text(...path));
async function run(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await commandHere(project, args);
  expect([0, 1], stderr).toContain(code);
}

const items = {
  vote: {
    title: "Would you buy it?",
    scale: { kind: "ordinal", options: [1, 2, 3, 4, 5] },
    desirable: "high",
    margin: 0.5,
    family: "f",
  },
  taste: { scale: { kind: "ordinal", options: [1, 2, 3, 4, 5] }, family: "f" },
  smell: { scale: { kind: "ordinal", options: [1, 2, 3, 4, 5] }, family: "f" },
  shop: { scale: { kind: "nominal", options: ["corner", "market", "web"] } },
  price: { scale: { kind: "number", low: 0, high: 90 } },
  order: { scale: { kind: "ranking", options: ["A", "B", "C"] }, separator: "-" },
};
const description = {
  answers: 1,
  id: "who",
  attributes: ["sex"],
  weight: "weight",
  missing: { refused: ["no comment"] },
  items,
  simulated: { id: "who" },
};

/** Answers that go along with a taste of their own, by chance. */
function answered(random: Random, people: number, { lift = 0, weigh = false }): string {
  const steps = () => Math.min(5, Math.max(1, 1 + random.integer(4) + lift));
  const rows = Array.from({ length: people }, (_, place) => {
    const vote = random.next() < 0.06 ? "no comment" : steps();
    const sex = place % 2 === 0 ? "f" : "m";
    const shop = random.next() < 0.5 + lift / 3 ? "web" : random.next() < 0.5 ? "corner" : "market";
    const weight = weigh ? 0.5 + random.integer(3) : 1;
    const order = random.shuffle(["A", "B", "C"]).join("-");
    return [`p${place}`, weight, sex, vote, steps(), steps(), shop, random.integer(90), order].join(",");
  });
  return ["who,weight,sex,vote,taste,smell,shop,price,order", ...rows, ""].join("\n");
}

/** Both sides in files, by other dice, so that their report has other numbers in all places. */
async function tables(name: string, people = 60): Promise<readonly [string, string]> {
  const random = createRandom(name);
  await project.write(`${name}-human.csv`, answered(random, people, { weigh: true }));
  await project.write(`${name}-simulated.csv`, answered(random, people + 31, { lift: 1 }));
  await project.write("data.yaml", JSON.stringify(description));
  return [`${name}-human.csv`, `${name}-simulated.csv`];
}

/** How the rows that a report leaves are read again: nothing else is known of the answers. */
const ofRows: AnswersDescription = parseAnswersDescription({
  ...{
    ...description,
    id: "id",
    rows: { item: "item", value: "value", missing: "missing" },
    only: { side: ["people"] },
  },
  simulated: { id: "id", rows: { item: "item", value: "value", missing: "missing" }, only: { side: ["simulated"] } },
});
const again = async (folder: string) =>
  [
    await loadAnswers(at(folder, "answers.csv"), ofRows),
    await loadAnswers(at(folder, "answers.csv"), ofRows, "simulated"),
  ] as const;

/** The page tells the numbers of the Markdown, in its order and no others. */
async function pageAsMarkdown(folder: string): Promise<void> {
  const [page, markdown] = [await text(folder, "report.html"), await text(folder, "report.md")];
  expect(numbersIn(textOfPage(page))).toEqual(numbersIn(markdown.replaceAll("\\", "")));
}

const byId = (lines: readonly Line[]) => (cells: readonly string[]) =>
  lines.filter(({ id = "" }) => id !== "" && cells.some((cell) => cell === id || cell.includes(`${id},`)));

describe("every number of a report", () => {
  it("on simulated people beside people stands in figures.csv, and comes again from the rows of answers.csv alone", async () => {
    const claims =
      "claims: 1\ndeclared:\n  near: {item: vote, measure: mean, within: 1.25}\n  spread: {item: price, measure: dispersion-ratio, at-least: 0.85}\n  same: {item: vote, measure: equivalence}\n";
    await project.write("claims.yaml", claims);
    for (const name of ["one", "other"])
      await run(
        "validate",
        ...(await tables(name)),
        "--describe",
        "data.yaml",
        "--claims",
        "claims.yaml",
        "-s",
        "3",
        "--out",
        name,
      );
    const [comparison, figures] = [await json("one", "comparison.json"), await linesIn(at("one", "figures.csv"))];
    const warnings = comparison.warnings as readonly { words: string; figures: readonly string[] }[];
    const found = untraced(await text("one", "report.md"), {
      rowsOf: (cells) => {
        const named = byId(figures)(cells);
        const claimed = comparison.claims.rows.filter(({ claim }: { claim: string }) => cells[0] === claim);
        const score = cells.length === 1 ? figures.filter(({ id }) => id === "score") : [];
        return [
          ...named,
          ...claimed.map((row: object) =>
            Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)])),
          ),
          ...score,
        ];
      },
      known: [
        ...[comparison.human.people, comparison.simulated.people, comparison.linked, comparison.claims.rows.length],
        ...["passed", "failed", "unmeasured"].map(
          (is) => comparison.claims.rows.filter((row: { status: string }) => row.status === is).length,
        ),
        comparison.figures.filter(
          ({ item, measure, attribute, value }: Record<string, unknown>) =>
            item && measure === "score" && !attribute && value !== undefined,
        ).length,
        Object.keys(items).length,
      ],
      other: await text("other", "report.md"),
    });
    expect(found).toEqual([]);
    expect(warnings.length).toBeGreaterThan(2);
    await pageAsMarkdown("one");

    const [human, simulated] = await again("one");
    const same = await compareAnswers(human, simulated, { claims: await loadClaims(at("claims.yaml")), seed: "3" });
    expect(figuresCsv(same)).toBe(await text("one", "figures.csv"));
    expect(same.claims?.rows).toEqual(comparison.claims.rows);
    expect(same.warnings).toEqual(warnings);
    const values = new Set(
      same.figures.flatMap(({ human: people, simulated: others, value, low, high, humanLow, humanHigh }) => [
        ...[people, others, value, low, high, humanLow, humanHigh],
      ]),
    );
    const shown = comparisonPlots(same).flatMap(({ chart }) => {
      if (chart.kind === "intervals") return chart.estimates.flatMap(({ value, low, high }) => [value, low, high]);
      return chart.bars.flatMap(({ value, interval }) => {
        return [value, ...Object.values(interval ?? {})].map((percent) => percent / 100);
      });
    });
    expect(shown.length).toBeGreaterThan(40);
    expect(shown.filter((value) => ![...values].some((one) => Math.abs((one ?? 9) - value) < 1e-12))).toEqual([]);
  }, 60_000);

  it("on hidden items stands in figures.csv, which are means of scores.csv, which come again from answers.csv", async () => {
    for (const name of ["one", "other"])
      await run(
        "validate",
        "held-out",
        ...(await tables(name)),
        "--describe",
        "data.yaml",
        "-i",
        "vote",
        "shop",
        "--out",
        name,
      );
    const figures = await linesIn(at("one", "figures.csv"));
    const { items: hidden } = await json("one", "held-out.json");
    const found = untraced(await text("one", "report.md"), {
      rowsOf: (cells) => {
        const named = figures.filter(({ score, by }) => score === cells[0] && by === cells[1]);
        return named.length > 0 ? named : figures.filter(({ item }) => cells[0]?.startsWith(`${item}: twins`));
      },
      known: [60, 91, ...hidden.flatMap(({ n, unanswered }: { n: number; unanswered: number }) => [n, unanswered])],
      other: await text("other", "report.md"),
    });
    expect(found).toEqual([]);
    await pageAsMarkdown("one");
    const scores = await linesIn(at("one", "scores.csv"));
    for (const { item, by, score, value } of figures) {
      const own = scores.filter((row) => row["item"] === item && row["by"] === by && row["score"] === score);
      const weights = own.map(({ weight }) => Number(weight));
      const sum = own.reduce((total, row, place) => total + Number(row["value"]) * (weights[place] as number), 0);
      if (value !== "") expect(sum / weights.reduce((total, one) => total + one, 0)).toBeCloseTo(Number(value), 9);
    }
    const [human, twins] = await again("one");
    const same = await Promise.all(["vote", "shop"].map((item) => scoreHeldOut(human, twins, { item })));
    expect(JSON.parse(JSON.stringify(same))).toEqual(hidden);
  }, 60_000);

  it("on corrections stands in the files beside it, and comes again from answers.csv", async () => {
    for (const name of ["one", "other"])
      await run(
        "validate",
        "correct",
        ...(await tables(name, 40)),
        "--describe",
        "data.yaml",
        "--width",
        "0.4",
        "--out",
        name,
      );
    const { learned } = await json("one", "corrected.json");
    const [steps, estimates] = [await linesIn(at("one", "corrected.csv")), await linesIn(at("one", "estimates.csv"))];
    let heading = "";
    const found = untraced((await text("one", "report.md")).replace(/^## (\w+)$/gm, "| $1 |"), {
      rowsOf: (cells) => {
        if (cells.length === 1 && cells[0] !== "") heading = cells[0] as string;
        const ofLearned = learned
          .filter(({ family }: { family: string }) => family === cells[0])
          .map((one: object) => ({ all: JSON.stringify(one) }));
        const ofEstimates = estimates.filter(({ item, of }) => item === cells[0] && of === cells[1]);
        const ofSteps = steps.filter(({ item, option }) => item === heading && option === cells[0]);
        return [
          ...ofLearned.flatMap(({ all }: { all: string }) => numbersOf(JSON.parse(all))),
          ...ofEstimates,
          ...ofSteps,
        ];
      },
      known: [40, 71],
      other: await text("other", "report.md"),
    });
    expect(found).toEqual([]);
    await pageAsMarkdown("one");
    const [human, simulated] = await again("one");
    const { steps: all, learned: ways, estimates: powered } = await correctAnswers(human, simulated, { width: 0.4 });
    expect(rowsToCsv(all)).toBe(await text("one", "corrected.csv"));
    const whole = await json("one", "corrected.json");
    expect(JSON.parse(JSON.stringify([ways, powered]))).toEqual([whole.learned, whole.estimates]);
  }, 60_000);

  it("on an experiment stands in figures.csv, and comes again from the rows of rows.csv alone", async () => {
    await project.write("prices.yaml", declared);
    for (const name of ["one", "other"]) {
      await project.write(`${name}.csv`, experimented(createRandom(name)));
      await run("experiment", "analyse", `${name}.csv`, "--declared", "prices.yaml", "--out", name);
    }
    const figures = await linesIn(at("one", "figures.csv"));
    const { of, claims } = await json("one", "analysis.json");
    const found = untraced(await text("one", "report.md"), {
      rowsOf: (cells) =>
        byId(figures)([
          ...cells.map((cell) => cell.replace(/^Level by level: (e\d+), .*/, "$1")),
          cells.slice(0, 2).join("."),
        ]),
      known: [
        ...[of.rows, of.people, of.runs.length, of.leftOut, claims.length],
        ...["passed", "failed", "unmeasured"].map(
          (is) => claims.filter((row: { status: string }) => row.status === is).length,
        ),
      ],
      other: await text("other", "report.md"),
    });
    expect(found).toEqual([]);
    await pageAsMarkdown("one");
    const rows = await readObservations(at("one", "rows.csv"));
    const traced = await analyseExperiment(await loadAnalysis(at("prices.yaml"), rows), rows);
    expect(analysisTables(traced)).toMatchObject({
      "figures.csv": await text("one", "figures.csv"),
      "pairs.csv": await text("one", "pairs.csv"),
    });
    const cells = new Set(figures.flatMap((line) => Object.values(line)));
    const shown = experimentPlots(traced.analysis).flatMap(({ chart }) =>
      chart.kind === "intervals"
        ? chart.estimates.flatMap(({ value, low, high }) => [value, low, high])
        : chart.bars.map(({ value }) => value / 100),
    );
    expect(shown.length).toBeGreaterThan(20);
    expect(
      shown.filter((value) => ![...cells].some((cell) => cell !== "" && Math.abs(Number(cell) - value) < 1e-12)),
    ).toEqual([]);
  }, 60_000);
});

/** All numbers of a value, each as a row. */
const numbersOf = (value: unknown): readonly Line[] =>
  typeof value === "number"
    ? [{ value: String(value) }]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(numbersOf)
      : [];

const declared = `
analysis: 1
name: prices
arms: [control, dearer]
metrics:
  intent: { scale: { kind: number, low: 1, high: 9 } }
  choice: { scale: { kind: nominal, options: [take, leave] } }
  mood: { scale: { kind: ordinal, options: [low, middle, high] } }
claims:
  puts off: { metric: intent, contrast: [dearer, control], direction: less, least: 0.15 }
  much: { metric: intent, contrast: [dearer, control], direction: less, least: 2.75 }
  fewer: { metric: choice, option: take, contrast: [dearer, control], direction: less }
`;

/** Rows of 14 people in both arms, with two models and two seeds, of which some are lost. */
function experimented(random: Random): string {
  const lines = ["one", "two"].flatMap((model) =>
    [1, 2].flatMap((seed) =>
      Array.from({ length: 14 }, (_, person) => person).flatMap((person) =>
        ["control", "dearer"].flatMap((arm) => {
          // The even met the one first, and the odd the other.
          const period = 1 + ((person + Number(arm === "dearer")) % 2);
          const head = [`${model} ${seed}`, arm, "panel", seed, 1, model, period, `p${person}`];
          const lift = arm === "dearer" ? -1.2 : 0;
          const lost = random.next() < (arm === "dearer" ? 0.12 : 0.03);
          const intent = Math.min(9, Math.max(1, 4 + (person % 4) + lift + 3 * (random.next() - 0.5)));
          const value = (metric: string, of: string | number, word = "") =>
            [...head, metric, lost ? "" : of, lost ? "" : word, lost ? "refused" : "", `${model}-${seed}-${arm}`].join(
              ",",
            );
          return [
            value("intent", intent),
            value("choice", "", random.next() < 0.6 + lift / 4 ? "take" : "leave"),
            value("mood", "", ["low", "middle", "high"][random.integer(3)]),
          ];
        }),
      ),
    ),
  );
  return ["cell,arm,population,seed,replicate,model,period,person,metric,value,text,missing,run", ...lines, ""].join(
    "\n",
  );
}
