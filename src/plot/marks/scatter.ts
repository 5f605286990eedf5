import type { ScatterPlot } from "../chart.ts";
import { groupColours, plain } from "../look.ts";
import { lineOf } from "../words.ts";
import { chartWidth, colours, grouped, type Marks } from "./marks.ts";

export function scatterMarks({ points, x: across, y: upwards }: ScatterPlot): Marks {
  const { values, groups } = grouped(points, ({ x, y }) => ({ x, y }));
  const axis = (field: string, title: string) => ({
    field,
    type: "quantitative",
    title: lineOf(title),
    scale: { zero: false, padding: 8 },
    axis: { tickCount: 6 },
  });
  return {
    width: chartWidth,
    height: 300,
    data: { values },
    mark: { type: "point", filled: true, size: 36, opacity: 0.8, ...(groups.length === 0 && { color: plain }) },
    encoding: {
      x: axis("x", across),
      y: axis("y", upwards),
      ...(groups.length > 0 && { color: colours("group", groups, groupColours(groups.length)) }),
    },
  };
}
