import type { LikertChart, RankingChart } from "../chart.ts";
import { scaleColours } from "../look.ts";
import { lineOf, meanRank, sum } from "../words.ts";
import { chartWidth, colours, type Marks, names, stepFor } from "./marks.ts";

export function likertMarks({ levels, rows }: LikertChart): Marks {
  const scale = levels.map(lineOf);
  const labels = rows.map(({ label }) => lineOf(label));
  const values = rows.flatMap(({ counts }, place) => pieces(labels[place] as string, counts, scale));
  return stacks(labels, values, {
    x: {
      field: "from",
      type: "quantitative",
      title: "share of answers, % (the middle of the scale at 0)",
      scale: { domain: [-100, 100] },
      axis: { tickCount: 4, domain: false },
    },
    x2: { field: "to" },
    color: colours("level", scale, scaleColours(scale.length)),
  });
}

/** One bar for each label, made of what the values say. */
function stacks(labels: readonly string[], values: readonly object[], encoding: object): Marks {
  return {
    width: chartWidth,
    height: stepFor(labels, 26),
    data: { values },
    mark: { type: "bar", height: 18 },
    encoding: { y: names("label", labels), ...encoding },
  };
}

/** The pieces of one row: what is below the middle of the scale left of zero, half of the middle itself on each side. */
function pieces(label: string, counts: readonly number[], scale: readonly string[]) {
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

export function rankingMarks({ items }: RankingChart): Marks {
  const sorted = [...items].sort((one, other) => rankOf(one.counts) - rankOf(other.counts));
  const places = Array.from({ length: Math.max(0, ...items.map(({ counts }) => counts.length)) }, (_, at) => at + 1);
  const values = sorted.flatMap(({ label, counts }) =>
    counts.flatMap((count, at) =>
      count === 0
        ? []
        : [{ label: lineOf(label), place: String(at + 1), rank: at, share: (100 * count) / sum(counts) }],
    ),
  );
  return stacks(
    sorted.map(({ label }) => lineOf(label)),
    values,
    {
      x: {
        field: "share",
        type: "quantitative",
        title: "share of those who ranked it, % (first place at the left)",
        stack: "zero",
        scale: { domain: [0, 100] },
        axis: { tickCount: 5, domain: false },
      },
      order: { field: "rank", type: "quantitative" },
      color: colours("place", places.map(String), [...scaleColours(places.length)].reverse()),
    },
  );
}

const rankOf = (counts: readonly number[]): number => meanRank(counts) ?? Number.POSITIVE_INFINITY;
