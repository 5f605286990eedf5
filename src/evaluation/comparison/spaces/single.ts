import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import { totalVariation } from "../../../statistics/distances/nominal.ts";
import { earthMovers, ksSimilarity } from "../../../statistics/distances/ordinal.ts";
import type { Unmeasured } from "../../../statistics/measured.ts";
import { diversity } from "../../../statistics/shares.ts";
import { orderMeasure, shareMeasures } from "./options.ts";
import {
  type Baseline,
  figureOf,
  greatest,
  known,
  type Measure,
  ofSides,
  type Profile,
  type Space,
  sameAnswer,
} from "./space.ts";

/** Options more than which are not looked at one by one. */
const mostOptions = 30;

/** A space of options of which one is chosen, in no order. */
export function nominalSpace(options: readonly string[]): Space {
  const variation = variationOf(options.length);
  return {
    ...{ cells: options.length, code: coded(options), headline: variation.name, baselines: baselines(options.length) },
    measures: [
      variation,
      {
        ...ofSides({ name: "diversity", part: "dispersion" }, ({ shares }) =>
          figureOf(diversity([...shares]), "simpson"),
        ),
      },
      modeShare,
      orderMeasure(({ shares }) => [...shares]),
      ...shareMeasures(options, (cell) => cell),
    ],
  };
}

/** A space of steps on a scale, at the positions that they have: numbers where the options are such, else one apart. */
export function ordinalSpace(options: readonly string[]): Space {
  return {
    ...{ cells: options.length, code: coded(options), headline: "earth-movers" },
    baselines: (people) => [...baselines(options.length)(people), inTheMiddle(people)],
    measures: [
      ...alongScale(positionsOf(options)),
      variationOf(options.length),
      modeShare,
      orderMeasure(({ shares }) => [...shares]),
      ...(options.length > mostOptions ? [] : shareMeasures(options, (cell) => cell)),
    ],
  };
}

/** A space of the numbers that occur on either side; evenly spread are only whole ones between two bounds. */
export function numberSpace(values: readonly number[]): Space {
  const places = new Map(values.map((value, place) => [value, place]));
  return {
    cells: values.length,
    code: ({ value }) => [[places.get(value as number) as number, 1]],
    headline: "earth-movers",
    baselines: (people) => [inTheMiddle(people)],
    measures: [...alongScale(values), sameAnswer(0, values.length)],
  };
}

/** How many give the answer that is given most often, on each side its own. */
const modeShare: Measure = ofSides({ name: "mode-share", part: "dispersion" }, ({ shares }) => Math.max(...shares));

/** The median. */
export function middle(shares: Float64Array | readonly number[]): number {
  let reached = 0;
  return Math.max(
    0,
    shares.findIndex((share) => {
      reached += share;
      return reached >= 0.5 - 1e-12;
    }),
  );
}

const inTheMiddle = ({ shares, people }: Profile): Baseline => ({
  name: "middle",
  profile: known(oneOf(shares.length, middle(shares)), people),
});

/** Where options stand on their scale. */
export function positionsOf(options: readonly string[]): readonly number[] {
  const numbers = options.map(Number);
  const ascending = numbers.every(
    (value, place) => Number.isFinite(value) && (place === 0 || value > (numbers[place - 1] as number)),
  );
  return ascending && options.every((option) => option.trim() !== "") ? numbers : options.map((_, place) => place + 1);
}

function coded(options: readonly string[]): Space["code"] {
  const places = new Map(options.map((option, place) => [option, place]));
  return ({ value, distribution }: GivenAnswer) =>
    distribution === undefined
      ? [[places.get(value as string) as number, 1]]
      : Object.entries(distribution).map(([option, share]) => [places.get(option) as number, share] as const);
}

const oneOf = (cells: number, chosen: number): readonly number[] =>
  Array.from({ length: cells }, (_, cell) => (cell === chosen ? 1 : 0));

function baselines(cells: number): Space["baselines"] {
  return (people: Profile): readonly Baseline[] => [
    {
      name: "uniform",
      profile: known(
        oneOf(cells, -1).map(() => 1 / cells),
        people.people,
      ),
    },
    { name: "majority", profile: known(oneOf(cells, greatest(people.shares)), people.people) },
  ];
}

const variationOf = (cells: number): Measure => ({
  ...{ name: "total-variation", part: "shape", low: 0, high: cells > 1 ? 1 : 0 },
  between: (human, simulated) => figureOf(totalVariation([...human.shares], [...simulated.shares]), "distance"),
  apart: (value) => value,
});

function alongScale(positions: readonly number[]): readonly Measure[] {
  const mean = ({ shares }: Profile): number =>
    positions.reduce((sum, position, cell) => sum + position * (shares[cell] as number), 0);
  const sd = (profile: Profile): number | Unmeasured => {
    if (profile.people < 2) return { reason: "fewer than two people" };
    const centre = mean(profile);
    const squares = positions.reduce(
      (sum, position, cell) => sum + (position - centre) ** 2 * (profile.shares[cell] as number),
      0,
    );
    return Math.sqrt((squares * profile.people) / (profile.people - 1));
  };
  const spread = ofSides({ name: "sd", part: "dispersion" }, sd);
  return [
    ofSides({ name: "mean", part: "mean" }, mean),
    spread,
    {
      ...{ name: "dispersion-ratio", part: "dispersion", low: 0 },
      between: (human, simulated) => {
        const [one, other] = [sd(human), sd(simulated)];
        if (typeof one !== "number") return one;
        if (one < 1e-12) return { reason: "all people answer the same" };
        return typeof other === "number" ? other / one : other;
      },
    },
    {
      ...{ name: "earth-movers", part: "shape", low: 0 },
      between: (human, simulated) =>
        figureOf(earthMovers([...human.shares], [...simulated.shares], positions), "points"),
      apart: (value) => value,
    },
    {
      ...{ name: "ks-similarity", part: "shape", low: 0, high: 1 },
      between: (human, simulated) => figureOf(ksSimilarity([...human.shares], [...simulated.shares]), "similarity"),
      apart: (value) => 1 - value,
    },
  ];
}
