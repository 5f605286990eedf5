import { orderMeasure, shareMeasures } from "./options.ts";
import { type Baseline, greatest, known, type Measure, ofSides, type Profile, type Space } from "./space.ts";

/** A space of options of which several are chosen: the share of people who choose each. */
export function choicesSpace(options: readonly string[]): Space {
  const places = new Map(options.map((option, place) => [option, place]));
  return {
    cells: options.length,
    code: ({ value }) => (value as readonly string[]).map((option) => [places.get(option) as number, 1] as const),
    headline: "choice-distance",
    baselines: ({ shares, people }): readonly Baseline[] => [
      {
        name: "uniform",
        profile: known(
          options.map(() => 0.5),
          people,
        ),
      },
      {
        name: "majority",
        profile: known(
          [...shares].map((share) => (share > 0.5 ? 1 : 0)),
          people,
        ),
      },
    ],
    measures: [
      distance("choice-distance"),
      ofSides({ name: "chosen", part: "mean" }, total),
      orderMeasure(({ shares }) => [...shares]),
      ...shareMeasures(options, (cell) => cell),
    ],
  };
}

/** A space of amounts that are given away: the mean share of the total that each option gets. */
export function allocationSpace(options: readonly string[], amount: number): Space {
  return {
    cells: options.length,
    code: ({ value }) => {
      const amounts = value as Readonly<Record<string, number>>;
      return options.map((option, place) => [place, (amounts[option] as number) / amount] as const);
    },
    headline: "amount-distance",
    baselines: ({ shares, people }): readonly Baseline[] => [
      {
        name: "uniform",
        profile: known(
          options.map(() => 1 / options.length),
          people,
        ),
      },
      {
        name: "majority",
        profile: known(
          options.map((_, place) => (place === greatest(shares) ? 1 : 0)),
          people,
        ),
      },
    ],
    measures: [
      distance("amount-distance"),
      orderMeasure(({ shares }) => [...shares]),
      ...shareMeasures(options, (cell) => cell, "amount"),
    ],
  };
}

const total = ({ shares }: Profile): number => shares.reduce((sum, share) => sum + share, 0);

/** How far the shares of an option are apart, on the mean over the options. */
const distance = (name: string): Measure => ({
  ...{ name, part: "shape", low: 0, high: 1 },
  between: (human, simulated) =>
    human.shares.reduce((sum, share, cell) => sum + Math.abs(share - (simulated.shares[cell] as number)), 0) /
    human.shares.length,
  apart: (value) => value,
});
