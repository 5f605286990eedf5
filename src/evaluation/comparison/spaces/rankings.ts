import { orderMeasure, shareMeasures } from "./options.ts";
import { type Baseline, known, type Measure, ofSides, type Profile, type Space } from "./space.ts";

/**
 * A space of rankings: which of each pair of options is before the other, and which is first. What is not ranked stands
 * behind, tied.
 */
export function rankingSpace(options: readonly string[]): Space {
  const pairs = options.flatMap((_, one) => options.slice(one + 1).map((_, step) => [one, one + 1 + step] as const));
  const first = pairs.length;
  const code = (order: readonly string[]): readonly (readonly [number, number])[] => {
    const place = options.map((option) => (order.includes(option) ? order.indexOf(option) : options.length));
    const won = pairs.map(([one, other], pair) => [pair, beats(place[one] as number, place[other] as number)] as const);
    return [...won.filter(([, share]) => share > 0), [first + options.indexOf(order[0] as string), 1]];
  };
  const ranks = (profile: Profile): readonly number[] => meanRanks(profile, options.length, pairs);
  const preference: Measure = {
    ...{ name: "preference-distance", part: "shape", low: 0, high: 1 },
    between: (human, simulated) =>
      pairs.reduce(
        (sum, _, pair) => sum + Math.abs((human.shares[pair] as number) - (simulated.shares[pair] as number)),
        0,
      ) / pairs.length,
    apart: (value) => value,
  };
  return {
    cells: first + options.length,
    code: ({ value }) => code(value as readonly string[]),
    headline: preference.name,
    baselines: (people): readonly Baseline[] => [
      {
        name: "uniform",
        profile: known([...pairs.map(() => 0.5), ...options.map(() => 1 / options.length)], people.people),
      },
      {
        name: "majority",
        profile: onlyOrder(code, {
          options,
          ranks: ranks(people),
          cells: first + options.length,
          people: people.people,
        }),
      },
    ],
    measures: [
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

/** Everybody with the one order that all of the people together have (J.-C. de Borda, 1781). */
function onlyOrder(
  code: (order: readonly string[]) => readonly (readonly [number, number])[],
  {
    options,
    ranks,
    cells,
    people,
  }: { options: readonly string[]; ranks: readonly number[]; cells: number; people: number },
): Profile {
  const order = [...options.keys()]
    .sort((one, other) => (ranks[one] as number) - (ranks[other] as number))
    .map((place) => options[place] as string);
  const shares = new Float64Array(cells);
  for (const [cell, share] of code(order)) shares[cell] = share;
  return { shares, people };
}
