import type { BarChart, Histogram, TargetChart } from "../chart.ts";
import { groupColours, ink, plain } from "../look.ts";
import { lineOf } from "../words.ts";
import { amounts, chartWidth, colours, grouped, type Marks, names, stepFor } from "./marks.ts";

export function barMarks({ bars, measure }: BarChart): Marks {
  const { values, groups } = grouped(bars, ({ label, value, interval }) => {
    return { label: lineOf(label), value, ...interval };
  });
  const labels = values.map(({ label }) => label);
  const y = names("label", labels);
  const yOffset = groups.length > 0 && {
    yOffset: { field: "group", type: "nominal", sort: null, scale: { domain: groups } },
  };
  const colour = groups.length > 0 && { color: colours("group", groups, groupColours(groups.length)) };
  const mark = { type: "bar", ...(groups.length === 0 && { color: plain, height: 18 }) };
  const whole = values.every(({ value }) => Number.isInteger(value)) && { tickMinStep: 1 };
  const x = withAxis(amounts("value", lineOf(measure)), whole);
  const height = stepFor(labels, groups.length > 1 ? 12 : 22, Math.max(1, groups.length));
  const layout = { width: chartWidth, height, data: { values } };
  const known = values.filter((value) => "low" in value);
  if (known.length === 0) return { ...layout, mark, encoding: { y, x, ...yOffset, ...colour } };
  const line = {
    data: { values: known },
    mark: { type: "rule", color: ink, strokeWidth: 1.5 },
    encoding: { x: withAxis(amounts("low", lineOf(measure)), whole), x2: { field: "high" } },
  };
  return { ...layout, encoding: { y, ...yOffset }, layer: [{ mark, encoding: { x, ...colour } }, line] };
}

const withAxis = (channel: ReturnType<typeof amounts>, more: object | false) => ({
  ...channel,
  axis: { ...channel.axis, ...more },
});

export function histogramMarks({ bins, measure, counted = "people" }: Histogram): Marks {
  return {
    width: chartWidth,
    height: 200,
    data: { values: bins.map(({ from, to, count }) => ({ from, to, count })) },
    mark: { type: "bar", color: plain, binSpacing: 1 },
    encoding: {
      x: { field: "from", bin: { binned: true }, type: "quantitative", title: lineOf(measure), axis: { tickCount: 8 } },
      x2: { field: "to" },
      y: { ...amounts("count", lineOf(counted)), axis: { tickCount: 5, tickMinStep: 1, domain: false } },
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
    height: stepFor(
      values.map(({ label }) => label),
      26,
    ),
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
