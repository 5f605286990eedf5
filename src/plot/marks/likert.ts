import type { LikertChart } from "../chart.ts";
import { scaleColours } from "../look.ts";
import { lineOf, sum } from "../words.ts";
import { chartWidth, colours, type Marks, names } from "./marks.ts";

export function likertMarks({ levels, rows }: LikertChart): Marks {
  const scale = levels.map(lineOf);
  const values = rows.flatMap(({ label, counts }) => stack(lineOf(label), counts, scale));
  return {
    width: chartWidth,
    height: { step: 26 },
    data: { values },
    mark: { type: "bar", height: 18 },
    encoding: {
      y: names(
        "label",
        rows.map(({ label }) => lineOf(label)),
      ),
      x: {
        field: "from",
        type: "quantitative",
        title: "share of answers, % (the middle of the scale at 0)",
        scale: { domain: [-100, 100] },
        axis: { tickCount: 4, domain: false },
      },
      x2: { field: "to" },
      color: colours("level", scale, scaleColours(scale.length)),
    },
  };
}

/** The pieces of one row: what is below the middle of the scale left of zero, half of the middle itself on each side. */
function stack(label: string, counts: readonly number[], scale: readonly string[]) {
  const given = scale.map((_, index) => counts[index] ?? 0);
  const all = sum(given);
  if (all === 0) return [];
  const shares = given.map((count) => (100 * count) / all);
  const middle = (scale.length - 1) / 2;
  let edge = -sum(shares.map((share, index) => (index < middle ? share : index === middle ? share / 2 : 0)));
  return shares.flatMap((share, index) => {
    const piece = { label, level: scale[index], from: edge, to: edge + share };
    edge += share;
    return share === 0 ? [] : [piece];
  });
}
