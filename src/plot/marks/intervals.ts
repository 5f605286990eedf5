import type { IntervalChart } from "../chart.ts";
import { groupColours, ink, plain } from "../look.ts";
import { lineOf } from "../words.ts";
import { chartWidth, colours, grouped, type Marks, names, stepFor } from "./marks.ts";

/** A rule from the low to the high end, and a point at the estimate. The axis need not begin at zero. */
export function intervalMarks({ estimates, measure, reference }: IntervalChart): Marks {
  const { values, groups } = grouped(estimates, ({ label, value, low, high }) => {
    return { label: lineOf(label), value, low, high };
  });
  const several = groups.length > 0;
  const own = several ? {} : { color: plain };
  const line = {
    data: { values: [{ reference }] },
    mark: { type: "rule", color: ink, strokeDash: [4, 3], opacity: 0.6 },
    encoding: { x: { field: "reference", type: "quantitative" } },
  };
  const rows = {
    y: names(
      "label",
      values.map(({ label }) => label),
    ),
    ...(several && {
      yOffset: { field: "group", type: "nominal", sort: null, scale: { domain: groups } },
      color: colours("group", groups, groupColours(groups.length)),
    }),
  };
  const [low, value] = [along("low", lineOf(measure)), along("value", lineOf(measure))];
  return {
    width: chartWidth,
    height: stepFor(
      values.map(({ label }) => label),
      groups.length > 1 ? 16 : 26,
      Math.max(1, groups.length),
    ),
    data: { values },
    layer: [
      ...(reference === undefined ? [] : [line]),
      { mark: { type: "rule", strokeWidth: 2, ...own }, encoding: { ...rows, x: low, x2: { field: "high" } } },
      { mark: { type: "point", filled: true, size: 60, opacity: 1, ...own }, encoding: { ...rows, x: value } },
    ],
  };
}

const along = (field: string, title: string) => ({
  field,
  type: "quantitative",
  title,
  scale: { zero: false, padding: 8 },
  axis: { tickCount: 6, domain: false },
});
