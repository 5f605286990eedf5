import type { BarChart, IntervalChart } from "../../plot/chart.ts";
import { binOf, binsOf } from "../../statistics/shapes/bins.ts";
import { type AnswerComparison, compareAnswers } from "../comparison/compare-answers.ts";
import type { ComparisonFigure } from "../comparison/figures.ts";
import type { AnswerSet } from "../people/answers.ts";
import type { ItemDescription } from "../people/description/document.ts";

/** What both sides of a comparison answered. */
interface Sides {
  readonly human: AnswerSet;
  readonly simulated: AnswerSet;
}

/**
 * The plots of a comparison: the scores, and of each item how people and simulated people answered, with the interval of
 * each share of the people.
 * @param answers what was compared: of items that are numbers nothing is drawn without it
 */
export function comparisonPlots(
  comparison: AnswerComparison,
  answers?: Sides,
): readonly { readonly name: string; readonly chart: BarChart | IntervalChart }[] {
  const scores = scoreChart(comparison);
  return [
    ...(scores === undefined ? [] : [{ name: "Scores", chart: scores }]),
    ...Object.entries(comparison.items).flatMap(([name, item]) => {
      const chart = item.scale.kind === "number" ? numbersOf(name, item, answers) : itemChart(name, item, comparison);
      return chart === undefined ? [] : [{ name, chart }];
    }),
  ];
}

/** How people answered, beside simulated people. */
export interface BesidePeople {
  readonly charts: readonly (BarChart | IntervalChart)[];
  /** The columns that are drawn, for what draws the others. */
  readonly drawn: readonly string[];
}

/**
 * How people answered each item beside simulated people, as charts for a report on these. Throws OPTION_INVALID.
 * @example
 * const description = parseAnswersDescription({ answers: 1, items: { vote: { scale: { kind: "number" } } } });
 * const human = answersFrom([{ vote: 4 }, { vote: 9 }], description, { side: "human" });
 * const { charts } = await besidePeopleCharts({ human, simulated: answersFrom([{ vote: 5 }, { vote: 5 }], description) });
 * charts.map(({ title }) => title); // => ["vote"]
 */
export async function besidePeopleCharts(answers: Sides): Promise<BesidePeople> {
  const comparison = await compareAnswers(answers.human, answers.simulated);
  const plots = comparisonPlots(comparison, answers).filter(({ name }) => name !== "Scores");
  const drawn = plots.flatMap(({ name }) => {
    const { column = name, columns = { [name]: column } } = comparison.items[name] ?? {};
    return Object.values(columns);
  });
  return { charts: plots.map(({ chart }) => chart), drawn };
}

function scoreChart({ figures, settings }: AnswerComparison): IntervalChart | undefined {
  const estimates = figures.flatMap(({ measure, attribute, item, value, low, high }) =>
    measure === "score" && attribute === undefined && value !== undefined && low !== undefined && high !== undefined
      ? [{ label: item ?? "all items", value, low, high }]
      : [],
  );
  if (estimates.length === 0) return undefined;
  return {
    ...{
      kind: "intervals",
      title: "Between answers that know nobody (0) and people's own (1)",
      reference: 0,
      estimates,
    },
    measure: `score (${100 * settings.level} % intervals)`,
  };
}

/** How both sides chose among the options of an item. */
function itemChart(name: string, item: ItemDescription, { figures, settings }: AnswerComparison): BarChart | undefined {
  const own = figures.filter((row) => row.item === name && row.attribute === undefined && row.part === "share");
  const [first] = own;
  if (first === undefined || own.some(({ human, simulated }) => human === undefined || simulated === undefined))
    return undefined;
  const isSure = own.some(({ humanLow }) => humanLow !== undefined);
  const lines = isSure ? ` · lines: ${100 * settings.level} % intervals of the people` : "";
  const bars = own.flatMap((row): BarChart["bars"] => {
    const { human = 0, simulated = 0, humanLow: low, humanHigh: high } = row;
    const interval = low !== undefined && high !== undefined && { interval: { low: 100 * low, high: 100 * high } };
    const label = optionOf(row, item);
    return [
      { label, value: 100 * human, group: "people", ...interval },
      { label, value: 100 * simulated, group: "simulated" },
    ];
  });
  return {
    ...{ kind: "bars", title: item.title ?? name, bars, measure: measures[item.scale.kind] ?? "share of people, %" },
    note: `${first.n} people, ${first.simulatedN} simulated${lines}`,
  };
}

const measures: Partial<Record<ItemDescription["scale"]["kind"], string>> = {
  ranking: "share of people who rank it first, %",
  choices: "share of people who choose it, %",
  allocation: "mean share of the total, %",
};

/** How many of both sides lie in each range of a number, each person by their weight. */
function numbersOf(name: string, item: ItemDescription, answers: Sides | undefined): BarChart | undefined {
  if (answers === undefined) return undefined;
  const [people, simulated] = [numbersIn(answers.human, name), numbersIn(answers.simulated, name)];
  if (people.length === 0 || simulated.length === 0) return undefined;
  const bins = binsOf([...people, ...simulated].map(({ value }) => value));
  const weightOf = (some: readonly Weighed[]): number => some.reduce((sum, { weight }) => sum + weight, 0);
  const shareIn = (side: readonly Weighed[], bin: string): number =>
    (100 * weightOf(side.filter(({ value }) => binOf(bins, value)?.label === bin))) / weightOf(side);
  return {
    ...{ kind: "bars", title: item.title ?? name, measure: "share of people, %" },
    note: `${people.length} people, ${simulated.length} simulated`,
    bars: bins.flatMap(({ label }) => [
      { label, value: shareIn(people, label), group: "people" },
      { label, value: shareIn(simulated, label), group: "simulated" },
    ]),
  };
}

interface Weighed {
  readonly value: number;
  readonly weight: number;
}

const numbersIn = ({ people }: AnswerSet, item: string): readonly Weighed[] =>
  people.flatMap(({ answers, weight }) => {
    const value = answers[item]?.value;
    return typeof value === "number" ? [{ value, weight }] : [];
  });

/** The option of a figure as `share:B`, by its label where it has one. */
function optionOf({ measure }: ComparisonFigure, { labels }: ItemDescription): string {
  const option = measure.slice(measure.indexOf(":") + 1);
  return labels?.[option] ?? option;
}
