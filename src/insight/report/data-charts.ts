import type { Chart, Histogram, LikertChart, RankingChart } from "../../plot/chart.ts";
import { binsOf } from "../../statistics/shapes/bins.ts";
import { type Column, tableOf } from "../../table/table.ts";
import { measureCharts } from "./measure-charts.ts";

/** Charts of a report at most. */
const mostCharts = 12;
/** Options that a chart of bars can name; of more a reader makes nothing. */
const mostOptions = 12;
/** So many different numbers still have a bar each. */
const mostBars = 8;
/** Columns that say where rows come from, and not what people said. */
const marks: ReadonlySet<string> = new Set(["simulated", "heuristic"]);
const agreement = ["strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"];

interface Answers {
  readonly name: string;
  readonly type: Column["type"];
  /** What stands there, in the order of the rows. */
  readonly values: readonly unknown[];
}

/**
 * What rows can show by themselves: orders of preference as a ranking, answers on a scale (1 to 5, 1 to 7, agreement in
 * words) as Likert stacks, other numbers as distributions, and texts that come again as bars; the spread of a statement,
 * homophily and communities have pictures of their own. Names of who answered, numbers of rows, free words and lone values show nothing.
 * @param whoColumn the column that says whose row it is
 * @param drawn columns that are drawn elsewhere, as those that stand beside people's answers
 * @example
 * dataCharts([{ ad: "A" }, { ad: "B" }, { ad: "A" }, { ad: "A" }]).map(({ kind, title }) => [kind, title]); // => [["bars", "ad"]]
 */
export function dataCharts(
  rows: readonly object[],
  whoColumn?: string,
  drawn: readonly string[] = [],
): readonly Chart[] {
  const measured = measureCharts(rows);
  if (measured !== undefined) return measured;
  const { columns, rows: cells } = tableOf(rows);
  const all = columns.flatMap(({ name, type }, place): readonly Answers[] => {
    const values = cells.flatMap((row) => (row[place] === null || row[place] === "" ? [] : [row[place]]));
    return name === whoColumn || marks.has(name) || drawn.includes(name) || values.length === 0
      ? []
      : [inNumbers({ name, type, values })];
  });
  const ranked = orderedBy(all);
  const ranking = ranked.length === 0 ? [] : [rankingOf(ranked)];
  const others = all.filter((column) => !ranked.includes(column) && !countsRows(column));
  const scales = others.flatMap((column) => levelsOf(column) ?? []);
  const single = others.filter((column) => levelsOf(column) === undefined).flatMap((column) => chartOf(column) ?? []);
  return [...ranking, ...likertsOf(scales), ...single].slice(0, mostCharts);
}

/** Tables that are read from text have their numbers as text. */
function inNumbers(column: Answers): Answers {
  if (column.type !== "text" || !column.values.every((value) => plainNumber.test(String(value)))) return column;
  const values = column.values.map(Number);
  return { ...column, values, type: values.every(Number.isSafeInteger) ? "integer" : "number" };
}

/** Whether a column numbers the rows: 1, 2, 3, or from 0, as they follow each other. */
const countsRows = ({ type, values }: Answers): boolean =>
  type === "integer" &&
  values.length > 2 &&
  (values[0] === 0 || values[0] === 1) &&
  values.every((value, at) => value === Number(values[0]) + at);

const plainNumber = /^-?\d{1,15}(?:\.\d+)?$/;

/** Columns side by side that hold the places in which each row puts them: 1, 2, 3 in some order. The longest such stretch. */
function orderedBy(all: readonly Answers[]): readonly Answers[] {
  const stretches = all.flatMap((_, from) =>
    Array.from({ length: Math.min(mostOptions, all.length - from) - 1 }, (__, more) =>
      all.slice(from, from + more + 2),
    ),
  );
  return stretches.toSorted((one, other) => other.length - one.length).find(areOrders) ?? [];
}

function areOrders(columns: readonly Answers[]): boolean {
  const count = columns[0]?.values.length ?? 0;
  if (count < 2 || columns.some(({ type, values }) => type !== "integer" || values.length !== count)) return false;
  return Array.from({ length: count }, (_, row) => columns.map(({ values }) => Number(values[row]))).every((order) =>
    order.toSorted((one, other) => one - other).every((place, at) => place === at + 1),
  );
}

function rankingOf(columns: readonly Answers[]): RankingChart {
  const items = columns.map(({ name, values }) => ({
    label: name,
    counts: columns.map((_, place) => values.filter((value) => Number(value) === place + 1).length),
  }));
  return { kind: "ranking", title: "In which place each was put", note: countOf(columns[0] as Answers), items };
}

/** A column of answers on a scale. */
interface Scale {
  readonly name: string;
  readonly levels: readonly string[];
  readonly counts: readonly number[];
}

/** The scale on which a column answers, if it does; when something was done is no answer. */
function levelsOf({ name, type, values }: Answers): Scale | undefined {
  if (name === "step") return undefined;
  const counted = (levels: readonly string[]): Scale => {
    const said = values.map((value) => String(value).toLowerCase());
    return { name, levels, counts: levels.map((level) => said.filter((one) => one === level).length) };
  };
  const distinct = new Set(values.map((value) => String(value).toLowerCase()));
  if (distinct.size < 2) return undefined;
  if (type === "text") return [...distinct].every((one) => agreement.includes(one)) ? counted(agreement) : undefined;
  if (type !== "integer") return undefined;
  const numbers = values.map(Number);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  if (least < 1 || most > 7 || most < 4) return undefined;
  return counted(Array.from({ length: most > 5 ? 7 : 5 }, (_, level) => String(level + 1)));
}

/** What is answered on the same scale stands in one chart. */
function likertsOf(scales: readonly Scale[]): readonly LikertChart[] {
  return [...Map.groupBy(scales, ({ levels }) => levels.join()).values()].map((same) => {
    const [{ levels, name }] = same as [Scale, ...Scale[]];
    const title = same.length === 1 ? name : `Answers from ${levels[0]} to ${levels.at(-1)}`;
    const rows = same.map(({ name: label, counts }) => ({ label, counts }));
    const n = Math.max(...same.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0)));
    return { kind: "likert", title, note: `n = ${n}`, levels, rows };
  });
}

function chartOf(column: Answers): Chart | undefined {
  const { name, type, values } = column;
  const counts = Map.groupBy(values, String);
  if ((type === "integer" || type === "number") && counts.size > mostBars) return histogramOf(column);
  const isTold = type === "text" || type === "boolean" || type === "integer";
  if (!isTold || counts.size < 2 || counts.size > mostOptions || counts.size * 2 > values.length) return undefined;
  const sorted = [...counts].toSorted(([first, one], [second, other]) =>
    type === "integer" ? Number(first) - Number(second) : other.length - one.length,
  );
  return {
    ...{ kind: "bars", title: name, note: countOf(column), measure: "share of rows, %" },
    bars: sorted.map(([label, rows]) => ({ label, value: (100 * rows.length) / values.length })),
  };
}

function histogramOf(column: Answers): Histogram {
  const numbers = column.values.map(Number);
  const bins = binsOf(numbers).map(({ from, to }) => {
    return { from, to, count: numbers.filter((number) => number >= from && number < to).length };
  });
  return { kind: "histogram", title: column.name, note: countOf(column), bins, measure: column.name, counted: "rows" };
}

const countOf = ({ values }: Answers): string => `n = ${values.length}`;
