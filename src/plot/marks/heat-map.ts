import type { HeatMap } from "../chart.ts";
import { plain } from "../look.ts";
import { lineOf } from "../words.ts";
import { type Marks, names, stepFor } from "./marks.ts";

/** One colour, from nearly nothing to two thirds: read by how much of it there is, on light and dark grounds. */
export function heatMarks({ across, down, values, measure }: HeatMap): Marks {
  const [columns, rows] = [across.labels.map(lineOf), down.labels.map(lineOf)];
  const filled = rows.flatMap((row, place) =>
    columns.flatMap((column, index) => {
      const value = values[place]?.[index];
      return value === undefined ? [] : [{ row, column, value, shown: written(value) }];
    }),
  );
  const x = {
    ...names("column", columns, lineOf(across.title)),
    axis: { labelAngle: -35, domain: false, ticks: false },
  };
  return {
    width: { step: 52 },
    height: stepFor(rows, 26),
    data: { values: filled },
    encoding: { x, y: names("row", rows, lineOf(down.title)) },
    layer: [
      {
        mark: { type: "rect", color: plain },
        encoding: {
          fillOpacity: {
            field: "value",
            type: "quantitative",
            title: lineOf(measure),
            scale: { range: [0.04, 0.65] },
            legend: null,
          },
        },
      },
      { mark: { type: "text", fontSize: 11 }, encoding: { text: { field: "shown", type: "nominal" } } },
    ],
  };
}

const written = (value: number): string => String(Number(value.toPrecision(3)));
