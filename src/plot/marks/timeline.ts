import type { TimelineChart } from "../chart.ts";
import { groupColours, plain } from "../look.ts";
import { lineOf } from "../words.ts";
import { chartWidth, colours, grouped, type Marks, names, stepFor } from "./marks.ts";

/** Of a row, and of one of several lanes in it at least. */
const heights = { row: 24, lane: 10 };

export function timelineMarks({ rows, events, measure }: TimelineChart): Marks {
  const known = events.filter((event) => rows.includes(event.row));
  const { values, groups } = grouped(known, ({ row, at }) => ({ row: lineOf(row), at }));
  const moments = known.some(({ at }) => typeof at === "string");
  // What somebody did at the same moment stands one above the other: it would hide what was drawn before.
  const lanes = Math.max(1, groups.length);
  const height = Math.max(heights.lane, heights.row / lanes);
  const offset = { field: "group", type: "nominal", sort: null, scale: { domain: groups } };
  return {
    width: chartWidth,
    height: stepFor(rows.map(lineOf), height, lanes),
    data: { values },
    mark: {
      type: "tick",
      thickness: 3,
      size: (2 / 3) * height,
      opacity: 0.8,
      ...(groups.length === 0 && { color: plain }),
    },
    encoding: {
      y: names("row", rows.map(lineOf)),
      x: {
        field: "at",
        ...(moments
          ? { type: "temporal", scale: { type: "utc" } }
          : { type: "quantitative", scale: { zero: false, padding: 8 } }),
        title: lineOf(measure),
        axis: { tickCount: 8, ...(!moments && known.every(({ at }) => Number.isInteger(at)) && { tickMinStep: 1 }) },
      },
      ...(lanes > 1 && { yOffset: offset }),
      ...(groups.length > 0 && { color: colours("group", groups, groupColours(groups.length)) }),
    },
  };
}
