import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import { orderMeasure, shareMeasures } from "./options.ts";
import { pointsOf } from "./points.ts";
import {
  type Baseline,
  greatest,
  known,
  type Measure,
  ofSides,
  type Point,
  type Profile,
  type Space,
} from "./space.ts";

/** A space of options of which several are chosen: the share of people who choose each, and how people's choices differ. */
export function choicesSpace(options: readonly string[], answers: readonly GivenAnswer[]): Space {
  const places = new Map(options.map((option, place) => [option, place]));
  const length = Math.sqrt(options.length);
  const pointOf = (chosen: readonly number[]): Point => Float64Array.from(chosen, (one) => one / length);
  const points = pointsOf(answers, options.length, (value) =>
    pointOf(options.map((option) => Number((value as readonly string[]).includes(option)))),
  );
  const byChance = rootOfHalves(options.length);
  return {
    cells: options.length + points.count,
    code: (answer) => [
      ...(answer.value as readonly string[]).map((option) => [places.get(option) as number, 1] as const),
      ...(points.count === 0 ? [] : [[points.cellOf(answer), 1] as const]),
    ],
    headline: "energy-distance",
    baselines: ({ shares, people }): readonly Baseline[] => {
      const most = options.map((_, place) => Number((shares[place] as number) > 0.5));
      const half = options.map(() => 0.5);
      return [
        {
          name: "uniform",
          profile: { ...known(half, people), elsewhere: points.known(() => byChance, byChance) },
        },
        { name: "majority", profile: { ...known(most, people), elsewhere: points.always(pointOf(most)) } },
      ];
    },
    measures: [
      ...points.measures,
      distance("choice-distance", options.length),
      ofSides({ name: "chosen", part: "mean" }, ({ shares }) => total(shares, options.length)),
      orderMeasure(({ shares }) => [...shares].slice(0, options.length)),
      ...shareMeasures(options, (cell) => cell),
    ],
  };
}

/** The mean of √(K / n), with K of n options chosen otherwise, each by the toss of a coin. */
function rootOfHalves(n: number): number {
  let [chance, sum] = [0.5 ** n, 0];
  for (let k = 0; k <= n; k++) {
    sum += chance * Math.sqrt(k / n);
    chance *= (n - k) / (k + 1);
  }
  return sum;
}

/** A space of amounts that are given away: the mean share of the total of each option, and how people's budgets differ. */
export function allocationSpace(options: readonly string[], amount: number, answers: readonly GivenAnswer[]): Space {
  const pointOf = (shares: readonly number[]): Point => Float64Array.from(shares, (share) => share / Math.SQRT2);
  const sharesOf = (value: GivenAnswer["value"]): readonly number[] =>
    options.map((option) => ((value as Readonly<Record<string, number>>)[option] as number) / amount);
  const points = pointsOf(answers, options.length, (value) => pointOf(sharesOf(value)));
  return {
    cells: options.length + points.count,
    code: (answer) => [
      ...sharesOf(answer.value).map((share, place) => [place, share] as const),
      ...(points.count === 0 ? [] : [[points.cellOf(answer), 1] as const]),
    ],
    headline: "energy-distance",
    baselines: ({ shares, people }): readonly Baseline[] => {
      const first = greatest(shares.subarray(0, options.length));
      const all = options.map((_, place) => Number(place === first));
      const even = options.map(() => 1 / options.length);
      return [
        { name: "uniform", profile: { ...known(even, people), elsewhere: points.always(pointOf(even)) } },
        { name: "majority", profile: { ...known(all, people), elsewhere: points.always(pointOf(all)) } },
      ];
    },
    measures: [
      ...points.measures,
      distance("amount-distance", options.length),
      orderMeasure(({ shares }) => [...shares].slice(0, options.length)),
      ...shareMeasures(options, (cell) => cell, "amount"),
    ],
  };
}

function total(shares: Float64Array, count: number): number {
  return shares.subarray(0, count).reduce((sum, share) => sum + share, 0);
}

/** How far the shares of an option are apart, on the mean over the options. */
const distance = (name: string, count: number): Measure => ({
  ...{ name, part: "mean", low: 0, high: 1 },
  between: (human: Profile, simulated: Profile) => {
    let sum = 0;
    for (let cell = 0; cell < count; cell++)
      sum += Math.abs((human.shares[cell] as number) - (simulated.shares[cell] as number));
    return sum / count;
  },
  apart: (value) => value,
});
