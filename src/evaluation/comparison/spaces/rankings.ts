import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import { farFromAny } from "./any-order.ts";
import { orderMeasure, shareMeasures } from "./options.ts";
import { type Points, pointsOf } from "./points.ts";
import { type Baseline, known, type Measure, ofSides, type Point, type Profile, type Space } from "./space.ts";

/**
 * A space of rankings: which of each pair of options is before the other, which is first, and how people's orders differ:
 * by the root of Kendall's distance, the share of pairs that stand the other way round. What is not ranked stands behind, tied.
 */
export function rankingSpace(options: readonly string[], answers: readonly GivenAnswer[]): Space {
  const pairs = options.flatMap((_, one) => options.slice(one + 1).map((_, step) => [one, one + 1 + step] as const));
  const first = pairs.length;
  const code = (order: readonly string[]): readonly (readonly [number, number])[] => {
    const place = options.map((option) => (order.includes(option) ? order.indexOf(option) : options.length));
    const won = pairs.map(([one, other], pair) => [pair, beats(place[one] as number, place[other] as number)] as const);
    return [...won.filter(([, share]) => share > 0), [first + options.indexOf(order[0] as string), 1]];
  };
  const length = Math.sqrt(pairs.length);
  const pointOf = (order: readonly string[]): Point => {
    const point = new Float64Array(pairs.length);
    for (const [cell, share] of code(order)) if (cell < first) point[cell] = share / length;
    return point;
  };
  const points = pointsOf(answers, first + options.length, (value) => pointOf(value as readonly string[]));
  const cells = first + options.length + points.count;
  const ranks = (profile: Profile): readonly number[] => meanRanks(profile, options.length, pairs);
  const preference: Measure = {
    ...{ name: "preference-distance", part: "mean", low: 0, high: 1 },
    between: (human, simulated) =>
      pairs.reduce(
        (sum, _, pair) => sum + Math.abs((human.shares[pair] as number) - (simulated.shares[pair] as number)),
        0,
      ) / pairs.length,
    apart: (value) => value,
  };
  return {
    cells,
    code: (answer) => [
      ...code(answer.value as readonly string[]),
      ...(points.count === 0 ? [] : [[points.cellOf(answer), 1] as const]),
    ],
    headline: "energy-distance",
    baselines: (people): readonly Baseline[] =>
      baselinesOf(people, { options, pairs: pairs.length, ranks, code, points, pointOf, cells }),
    measures: [
      ...points.measures,
      preference,
      ofSides({ name: "kendall-w", part: "dispersion" }, (profile) => concordance(ranks(profile))),
      firstChoices(first, options.length),
      // A low rank is a good one: both sides are turned alike.
      orderMeasure(ranks),
      ...shareMeasures(options, (place) => first + place, "first-choice"),
      ...rankMeasures(options, ranks),
    ],
  };
}

const beats = (one: number, other: number): number => (one < other ? 1 : one === other ? 0.5 : 0);

function meanRanks(
  { shares }: Profile,
  options: number,
  pairs: readonly (readonly [number, number])[],
): readonly number[] {
  const ranks = Array.from({ length: options }, () => 1);
  for (const [pair, [one, other]] of pairs.entries()) {
    const wins = shares[pair] as number;
    ranks[one] = (ranks[one] as number) + 1 - wins;
    ranks[other] = (ranks[other] as number) + wins;
  }
  return ranks;
}

/** Kendall's W of rankings that have no ties, by their mean ranks: 12 Σ (R − (k + 1) / 2)² / (k³ − k). */
function concordance(ranks: readonly number[]): number {
  const k = ranks.length;
  return (12 * ranks.reduce((sum, rank) => sum + (rank - (k + 1) / 2) ** 2, 0)) / (k ** 3 - k);
}

function firstChoices(first: number, options: number): Measure {
  return {
    ...{ name: "first-choice-variation", part: "shape", low: 0, high: 1 },
    between: (human, simulated) => {
      const apart = Array.from({ length: options }, (_, place) =>
        Math.abs((human.shares[first + place] as number) - (simulated.shares[first + place] as number)),
      );
      return apart.reduce((sum, one) => sum + one, 0) / 2;
    },
    apart: (value) => value,
  };
}

function rankMeasures(options: readonly string[], ranks: (profile: Profile) => readonly number[]): readonly Measure[] {
  return options.map((option, place) => {
    const { apart: _apart, ...measure } = ofSides(
      { name: `rank:${option}`, part: "mean" },
      (profile) => ranks(profile)[place] as number,
    );
    return measure;
  });
}

/** The one order that all of the people together have (J.-C. de Borda, 1781). */
function onlyOrder(options: readonly string[], ranks: readonly number[]): readonly string[] {
  return [...options.keys()]
    .sort((one, other) => (ranks[one] as number) - (ranks[other] as number))
    .map((place) => options[place] as string);
}

function denseOf(
  coded: readonly (readonly [number, number])[],
  { cells, people }: { readonly cells: number; readonly people: number },
): Profile {
  const shares = new Float64Array(cells);
  for (const [cell, share] of coded) shares[cell] = share;
  return { shares, people };
}

interface Orders {
  readonly options: readonly string[];
  readonly pairs: number;
  readonly ranks: (profile: Profile) => readonly number[];
  readonly code: (order: readonly string[]) => readonly (readonly [number, number])[];
  readonly points: Points;
  readonly pointOf: (order: readonly string[]) => Point;
  readonly cells: number;
}

function baselinesOf(
  people: Profile,
  { options, pairs, ranks, code, points, pointOf, cells }: Orders,
): readonly Baseline[] {
  const order = onlyOrder(options, ranks(people));
  const tie = 0.5 / Math.sqrt(pairs);
  const even = known([...new Array(pairs).fill(0.5), ...options.map(() => 1 / options.length)], people.people);
  const far = (point: Point): number => farFromAny(options.length, point.filter((one) => one === tie).length);
  const own = farFromAny(options.length, 0);
  const only = denseOf(code(order), { cells, people: people.people });
  return [
    { name: "uniform", profile: { ...even, elsewhere: points.known(far, own) } },
    { name: "majority", profile: { ...only, elsewhere: points.always(pointOf(order)) } },
  ];
}
