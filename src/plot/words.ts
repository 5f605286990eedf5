import { withoutControls } from "../kernel/text/controls.ts";
import type { Chart, NetworkChart, RankingChart, TimelineChart } from "./chart.ts";

/** In characters: what is longer is no label. */
const longest = 200;

/**
 * A text as it can stand in a picture: on one line, of bounded length, without what steers a terminal or a text's
 * direction and what XML does not have.
 * @example
 * lineOf("a\n\u0000b"); // => "a b"
 */
export function lineOf(text: string): string {
  const line = withoutControls(text)
    .replace(/[\s\u0085\u2028\u2029]+/g, " ")
    .replace(/[\ufffe\uffff]/g, "")
    .trim();
  return line.length <= longest ? line : `${[...line.slice(0, longest - 1)].join("").toWellFormed()}…`;
}

/** What is to be seen in a chart, in words: its own description, or its figures. */
export function inWords(chart: Chart): string {
  return lineLong(chart.description ?? figures(chart));
}

/** Figures that are read out; more than these nobody listens to. */
const mostFigures = 40;

function figures(chart: Chart): string {
  const found = figuresOf(chart);
  const more = found.length > mostFigures ? `, and ${found.length - mostFigures} more` : "";
  return found.length === 0 ? "Nothing to be seen." : `${found.slice(0, mostFigures).join(", ")}${more}.`;
}

function figuresOf(chart: Chart): readonly string[] {
  switch (chart.kind) {
    case "bars":
      return chart.bars.map(
        ({ label, value, group, interval }) =>
          `${label}${group === undefined ? "" : ` (${group})`} ${said(value)}${interval === undefined ? "" : ` (${said(interval.low)} to ${said(interval.high)})`}`,
      );
    case "likert":
      return chart.rows.map(({ label, counts }) => {
        const all = sum(counts) || 1;
        return `${label}: ${chart.levels.map((level, index) => `${level} ${said((100 * (counts[index] ?? 0)) / all)} %`).join(", ")}`;
      });
    case "histogram":
      return chart.bins.map(({ from, to, count }) => `${said(from)} to ${said(to)}: ${said(count)}`);
    case "heat map":
      return chart.down.labels.flatMap((row, down) =>
        chart.across.labels.map((column, across) => `${row}, ${column}: ${said(chart.values[down]?.[across])}`),
      );
    case "against target":
      return chart.levels.map(
        ({ label, value, target }) => `${label} ${said(value)} (${chart.names.target} ${said(target)})`,
      );
    case "scatter":
      return [`${chart.points.length} points of ${chart.x} and ${chart.y}`];
    case "ranking":
      return ranks(chart);
    case "intervals":
      return chart.estimates.map(
        ({ label, value, low, high, group }) =>
          `${label}${group === undefined ? "" : ` (${group})`} ${said(value)}, from ${said(low)} to ${said(high)}`,
      );
    case "network":
      return ties(chart);
    case "timeline":
      return happenings(chart);
    default:
      return chart satisfies never;
  }
}

function ranks({ items }: RankingChart): readonly string[] {
  return items.map(({ label, counts }) => `${label}: on the mean in place ${said(meanRank(counts))}`);
}

function ties({ nodes, links }: NetworkChart): readonly string[] {
  const called = new Map(nodes.map(({ id, label }) => [id, label]));
  const drawn = links.filter(({ from, to }) => called.has(from) && called.has(to));
  return [
    `${nodes.length} nodes and ${drawn.length} links`,
    ...drawn.map(({ from, to }) => `${called.get(from)} to ${called.get(to)}`),
  ];
}

function happenings({ rows, events }: TimelineChart): readonly string[] {
  return rows.map((row) => `${row}: ${events.filter((event) => event.row === row).length}`);
}

/** The place in which something was put on the mean, from 1; undefined where nobody ranked it. */
export function meanRank(counts: readonly number[]): number | undefined {
  const all = sum(counts);
  return all === 0 ? undefined : sum(counts.map((count, place) => count * (place + 1))) / all;
}

/** All counts together. */
export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const said = (value: number | undefined): string =>
  value === undefined ? "none" : String(Number(value.toPrecision(3)));

const lineLong = (text: string): string =>
  withoutControls(text)
    .replace(/[\s\u0085\u2028\u2029\ufffe\uffff]+/g, " ")
    .trim();
