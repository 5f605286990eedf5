import type { Chart, Histogram, IntervalChart, LikertChart, RankingChart } from "../../plot/chart.ts";
import { sum } from "../../statistics/measured.ts";
import { binOf, binsOf } from "../../statistics/shapes/bins.ts";
import type { SurveyAnswer } from "../administer/collected.ts";
import { type Item, partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { groupsOf } from "../results/segments.ts";
import type { ItemFigure } from "../results/summary.ts";
import type { TaskFigure } from "../results/tasks/task-figure.ts";
import { inWords, isApart, labelOf, partLabel, type SurveyFindings } from "./findings.ts";

/** The pictures of an item: of what its tasks come to, or of how its parts were answered; none of words and data. */
export function itemCharts(item: Item, found: SurveyFindings): readonly Chart[] {
  const tasks = (found.tasks ?? []).filter((row) => row.item === item.id);
  const drawn = taskCharts(item, tasks, found.level);
  const isRanked = partsOf(item).every(({ scale }) => scale.kind === "ranking");
  if (drawn.length > 0 && !isRanked) return drawn;
  const rows = found.summary.filter((row) => partsOf(item).some(({ id }) => id === row.item));
  if (rows.every(({ n }) => n === 0)) return [];
  const scaled = partsOf(item).filter(({ scale }) => scale.kind === "ordinal");
  if (scaled.length > 0 && scaled.length === partsOf(item).length) return likertsOf(item, scaled, rows);
  return [...partsOf(item).flatMap((part) => partChart(item, part, { rows, found }) ?? []), ...drawn];
}

/** What is drawn of tasks, and where there is no difference: other results stand in the table. */
const drawnResults: Partial<Record<TaskFigure["result"], readonly [measure: string, reference?: number]>> = {
  "part-worth": ["part-worth, logits", 0],
  importance: ["importance, share of all ranges"],
  utility: ["utility, logits", 0],
  price: ["price"],
  "net promoter": ["net promoter score, −100 to 100", 0],
};

function taskCharts(item: Item, tasks: readonly TaskFigure[], level?: number): readonly IntervalChart[] {
  const options = partsOf(item).flatMap((part) => part.options);
  const named = (figure: string): string => inWords(labelOf({ options }, figure));
  return Object.entries(drawnResults).flatMap(([result, [measure, reference]]) => {
    // Who promotes and who detracts are shares, and the score is none.
    const rows = tasks.filter(
      (row) => row.result === result && (row.result !== "net promoter" || row.figure === "score"),
    );
    const words = { title: item.text, measure, level, named };
    return estimatesChart(rows, { ...words, ...(reference === 0 && { reference }) });
  });
}

interface EstimateWords {
  readonly title: string;
  readonly measure: string;
  readonly reference?: number;
  readonly times?: number;
  readonly level: number | undefined;
  named(figure: string): string;
}

type Estimated = Pick<ItemFigure, "segment" | "figure" | "n" | "value" | "low" | "high">;

/** Estimates with their intervals, of each group where groups are told apart; those without an interval stand in the table. */
function estimatesChart(
  rows: readonly Estimated[],
  { title, measure, reference, named, times = 1, level = 0.95 }: EstimateWords,
): readonly IntervalChart[] {
  const estimates = rows.flatMap(({ segment, figure, value, low, high }) => {
    if (value === null || low === null || high === null) return [];
    const group = isApart(rows) ? { group: segment } : {};
    return [{ label: named(figure), value: times * value, low: times * low, high: times * high, ...group }];
  });
  if (estimates.length === 0) return [];
  const note = noteOf(rows);
  const zero = reference === undefined ? {} : { reference };
  return [{ kind: "intervals", title, note, measure: `${measure} (${100 * level} % intervals)`, estimates, ...zero }];
}

const noteOf = (rows: readonly Estimated[]): string =>
  `n = ${Math.max(...rows.filter(({ segment }) => segment === "all").map(({ n }) => n))}, simulated`;

/** All parts in one chart; where groups are told apart, a chart of each part. */
function likertsOf(item: Item, parts: readonly ItemPart[], rows: readonly ItemFigure[]): readonly LikertChart[] {
  const [first] = parts;
  const levels = first?.scale.kind === "ordinal" ? first.scale.options : [];
  const labels = levels.map((level) => (first === undefined ? level : labelOf(first, level)));
  const head = { kind: "likert" as const, note: noteOf(rows), levels: labels };
  const counts = (part: ItemPart, segment: string): readonly number[] => {
    const own = rows.filter((row) => row.item === part.id && row.segment === segment && row.is === "share");
    return levels.map((level) => own.find(({ figure }) => figure === level)?.value ?? 0);
  };
  const segments = [...new Set(rows.map(({ segment }) => segment))];
  if (segments.length === 1) {
    const each = parts.map((part) => ({ label: partLabel(item, part), counts: counts(part, "all") }));
    return [{ ...head, title: item.text, rows: each }];
  }
  return parts.map((part) => ({
    ...{ ...head, title: titleOf(item, part) },
    rows: segments.map((segment) => ({ label: segment, counts: counts(part, segment) })),
  }));
}

const titleOf = (item: Item, part: ItemPart): string =>
  part.asks === undefined ? item.text : `${item.text} ${part.asks}`;

interface Drawing {
  readonly rows: readonly ItemFigure[];
  readonly found: SurveyFindings;
}

function partChart(item: Item, part: ItemPart, { rows, found }: Drawing): readonly Chart[] | undefined {
  const own = rows.filter((row) => row.item === part.id);
  const title = titleOf(item, part);
  const words = { title, level: found.level, named: (figure: string) => labelOf(part, figure) };
  switch (part.scale.kind) {
    case "nominal":
    case "choices":
      return estimatesChart(own, { ...words, measure: "share of people, %", times: 100 });
    case "allocation":
      return estimatesChart(own, { ...words, measure: "mean amount" });
    case "ranking":
      return [rankingOf({ title, part, note: noteOf(own) }, found)];
    case "number":
      return histogramOf({ title, part, note: noteOf(own) }, found);
    default:
      return undefined;
  }
}

interface Pictured {
  readonly title: string;
  readonly part: ItemPart;
  readonly note: string;
}

/** The answers of all who count to a part, each with what it weighs. */
function counted({ part }: Pictured, { run, weighing }: SurveyFindings): readonly [value: unknown, weight: number][] {
  const [everybody] = groupsOf(run.answers, { respondents: run.respondents });
  return (everybody?.[1] ?? [])
    .filter((answer: SurveyAnswer) => answer.item === part.id && answer.value !== null)
    .map(({ value, respondent }) => [value, weighing === undefined ? 1 : (weighing.weights.get(respondent) ?? 0)]);
}

function rankingOf(pictured: Pictured, found: SurveyFindings): RankingChart {
  const { title, part, note } = pictured;
  const options = part.scale.kind === "ranking" ? part.scale.options : [];
  const orders = counted(pictured, found) as readonly [readonly string[], number][];
  const at = (option: string, place: number): number =>
    sum(orders.map(([order, weight]) => (order[place] === option ? weight : 0)));
  const items = options.map((option) => ({
    label: labelOf(part, option),
    counts: options.map((_, place) => at(option, place)),
  }));
  return { kind: "ranking", title, note, items };
}

function histogramOf(pictured: Pictured, found: SurveyFindings): readonly Histogram[] {
  const { title, part, note } = pictured;
  const values = counted(pictured, found) as readonly [number, number][];
  const known = binsOf(values.map(([value]) => value));
  if (known.length === 0) return [];
  const bins = known.map((bin) => ({
    ...{ from: bin.from, to: bin.to },
    count: sum(values.map(([value, weight]) => (binOf(known, value) === bin ? weight : 0))),
  }));
  return [{ kind: "histogram", title, note, bins, measure: part.unit ?? title, counted: "people" }];
}
