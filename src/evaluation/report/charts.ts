import type { BarChart, IntervalChart, LikertChart } from "../../plot/chart.ts";
import type { AnswerComparison } from "../comparison/compare-answers.ts";
import type { ComparisonFigure } from "../comparison/figures.ts";
import type { ItemDescription } from "../people/description/document.ts";

/** The plots of a comparison: the scores, and of each item how people and simulated people answered. */
export function comparisonPlots(
  comparison: AnswerComparison,
): readonly { readonly name: string; readonly chart: BarChart | LikertChart | IntervalChart }[] {
  const scores = scoreChart(comparison);
  return [
    ...(scores === undefined ? [] : [{ name: "Scores", chart: scores }]),
    ...Object.entries(comparison.items).flatMap(([name, item]) => {
      const chart = itemChart(name, item, comparison);
      return chart === undefined ? [] : [{ name, chart }];
    }),
  ];
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

/** How both sides answered an item; nothing where there are numbers and no options. */
function itemChart(
  name: string,
  item: ItemDescription,
  { figures }: AnswerComparison,
): BarChart | LikertChart | undefined {
  const own = figures.filter((row) => row.item === name && row.attribute === undefined && row.part === "share");
  const [first] = own;
  if (first === undefined || own.some(({ human, simulated }) => human === undefined || simulated === undefined))
    return undefined;
  const note = `${first.n} people, ${first.simulatedN} simulated`;
  const title = item.title ?? name;
  const percent = (row: ComparisonFigure, side: "human" | "simulated"): number => 100 * (row[side] as number);
  if (item.scale.kind === "ordinal")
    return {
      ...{ kind: "likert", title, note, levels: own.map((row) => optionOf(row, item)) },
      rows: [
        { label: "people", counts: own.map((row) => percent(row, "human")) },
        { label: "simulated", counts: own.map((row) => percent(row, "simulated")) },
      ],
    };
  return {
    ...{ kind: "bars", title, note, measure: measures[item.scale.kind] ?? "share of people, %" },
    bars: own.flatMap((row) => [
      { label: optionOf(row, item), value: percent(row, "human"), group: "people" },
      { label: optionOf(row, item), value: percent(row, "simulated"), group: "simulated" },
    ]),
  };
}

const measures: Partial<Record<ItemDescription["scale"]["kind"], string>> = {
  ranking: "share of people who rank it first, %",
  choices: "share of people who choose it, %",
  allocation: "mean share of the total, %",
};

/** The option of a figure as `share:B`, by its label where it has one. */
function optionOf({ measure }: ComparisonFigure, { labels }: ItemDescription): string {
  const option = measure.slice(measure.indexOf(":") + 1);
  return labels?.[option] ?? option;
}
