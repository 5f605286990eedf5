import type { BarChart, Histogram, TargetChart } from "../chart.ts";
import { groupColours, ink, plain } from "../look.ts";
import { lineOf } from "../words.ts";
import { amounts, chartWidth, colours, grouped, type Marks, names } from "./marks.ts";

export function barMarks({ bars, measure }: BarChart): Marks {
  const { values, groups } = grouped(bars, ({ label, value }) => ({ label: lineOf(label), value }));
  const labels = values.map(({ label }) => label);
  const apart = groups.length > 0 && {
    yOffset: { field: "group", type: "nominal", sort: null, scale: { domain: groups } },
    color: colours("group", groups, groupColours(groups.length)),
  };
  return {
    width: chartWidth,
    height: { step: groups.length > 1 ? 12 : 22 },
    data: { values },
    mark: { type: "bar", ...(groups.length === 0 && { color: plain }) },
    encoding: { y: names("label", labels), x: amounts("value", lineOf(measure)), ...apart },
  };
}

export function histogramMarks({ bins, measure, counted = "people" }: Histogram): Marks {
  return {
    width: chartWidth,
    height: 200,
    data: { values: bins.map(({ from, to, count }) => ({ from, to, count })) },
    mark: { type: "bar", color: plain, binSpacing: 1 },
    encoding: {
      x: { field: "from", bin: { binned: true }, type: "quantitative", title: lineOf(measure), axis: { tickCount: 8 } },
      x2: { field: "to" },
      y: { ...amounts("count", lineOf(counted)), axis: { tickCount: 5, domain: false } },
    },
  };
}

export function targetMarks({ levels, measure, names: called }: TargetChart): Marks {
  const values = levels.map(({ label, value, target }) => ({ label: lineOf(label), value, target }));
  const y = names(
    "label",
    values.map(({ label }) => label),
  );
  const kinds = [lineOf(called.value), lineOf(called.target)];
  const colour = (name: string | undefined) => ({
    datum: name,
    type: "nominal",
    title: null,
    scale: { domain: kinds, range: [plain, ink] },
  });
  return {
    width: chartWidth,
    height: { step: 26 },
    data: { values },
    encoding: { y },
    layer: [
      {
        mark: { type: "bar", height: 14, opacity: 1 },
        encoding: { x: amounts("value", lineOf(measure)), color: colour(kinds[0]) },
      },
      {
        mark: { type: "tick", thickness: 3, size: 22, opacity: 1 },
        encoding: { x: amounts("target", lineOf(measure)), color: colour(kinds[1]) },
      },
    ],
  };
}
