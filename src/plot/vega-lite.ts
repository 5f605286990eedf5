import type { Chart } from "./chart.ts";
import { ink } from "./look.ts";
import { barMarks, histogramMarks, targetMarks } from "./marks/bars.ts";
import { heatMarks } from "./marks/heat-map.ts";
import { intervalMarks } from "./marks/intervals.ts";
import { chartWidth, type Marks } from "./marks/marks.ts";
import { networkMarks } from "./marks/network.ts";
import { scatterMarks } from "./marks/scatter.ts";
import { likertMarks, rankingMarks } from "./marks/stacks.ts";
import { timelineMarks } from "./marks/timeline.ts";
import { narrowed, narrowWidth } from "./narrow.ts";
import { linesOf } from "./text-width.ts";
import { lineOf } from "./words.ts";

/** A specification of Vega-Lite 6 as plain data. */
export type VegaLiteSpec = Readonly<Record<string, unknown>>;

/** For which room a chart is laid out. */
export interface ChartLayout {
  /** For a telephone: 320 pixels. Default: a page, with 460 for what is drawn. */
  readonly narrow?: boolean;
}

/**
 * A chart as a Vega-Lite specification, which other tools draw as well. What comes from data stands in it as data and
 * as titles, never as a name of a field, an expression or an address. Texts and lines take the colour of the text
 * around the picture.
 */
export async function vegaLiteSpec(chart: Chart, { narrow = false }: ChartLayout = {}): Promise<VegaLiteSpec> {
  const most = narrow ? narrowWidth : chartWidth;
  const note = chart.note === undefined ? {} : { subtitle: onLines(chart.note, most, config.title.subtitleFontSize) };
  const text = onLines(chart.title, most, bold * config.title.fontSize);
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: null,
    title: { text, anchor: "start", frame: "bounds", offset: 12, ...note },
    ...(await marksOf(chart)),
    config,
  };
  return narrow ? narrowed(spec) : spec;
}

/** How much wider bold letters are. */
const bold = 1.1;

function onLines(text: string, most: number, size: number): string | readonly string[] {
  const lines = linesOf(lineOf(text), most, size);
  return lines.length > 1 ? lines : lineOf(text);
}

function marksOf(chart: Chart): Marks | Promise<Marks> {
  switch (chart.kind) {
    case "bars":
      return barMarks(chart);
    case "likert":
      return likertMarks(chart);
    case "histogram":
      return histogramMarks(chart);
    case "heat map":
      return heatMarks(chart);
    case "against target":
      return targetMarks(chart);
    case "scatter":
      return scatterMarks(chart);
    case "ranking":
      return rankingMarks(chart);
    case "intervals":
      return intervalMarks(chart);
    case "network":
      return networkMarks(chart);
    case "timeline":
      return timelineMarks(chart);
    default:
      return chart satisfies never;
  }
}

const written = { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" };
const config = {
  // One description for the whole picture; the marks are not read out one by one.
  aria: false,
  font: "system-ui, sans-serif",
  view: { stroke: null },
  axis: { ...written, labelLimit: 220, domainColor: ink, tickColor: ink, gridColor: ink, gridOpacity: 0.15 },
  legend: { ...written, orient: "bottom", symbolType: "square", symbolOpacity: 1, labelLimit: 180, columns: 4 },
  title: { color: ink, subtitleColor: ink, fontSize: 15, subtitleFontSize: 12 },
  text: { color: ink },
};
