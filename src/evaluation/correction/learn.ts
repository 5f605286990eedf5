import { createRandom } from "../../kernel/values/random.ts";
import { rankedProbabilityScore } from "../../statistics/distances/scores.ts";
import type { Interval } from "../../statistics/intervals/interval.ts";
import type { Unmeasured } from "../../statistics/measured.ts";
import { quantile } from "../../statistics/moments.ts";
import { type Draw, drawsOf } from "../comparison/sampling/draws.ts";
import { profileOf, type Unit, unitsOf } from "../comparison/sampling/units.ts";
import { ordinalSpace, positionsOf } from "../comparison/spaces/single.ts";
import type { AnswerSet } from "../people/answers.ts";
import { type Correction, correctShares } from "./correction.ts";
import { temperatureOf } from "./temperature.ts";

/** Ways to correct, the plainest first. */
const kinds = ["none", "shift", "shift and dispersion", "temperature"] as const;
/** A way to correct, or none. */
export type CorrectionKind = (typeof kinds)[number];

/** What was learned of a family of items. */
export interface LearnedCorrection {
  readonly family: string;
  readonly items: readonly string[];
  readonly kind: CorrectionKind;
  readonly correction: Correction;
  /** Where each part of it lies, as people and simulated people are drawn by chance (B. Efron's bootstrap, 1979). */
  readonly intervals: Readonly<Partial<Record<keyof Correction, Interval>>>;
  /** People whose answers it was learned from. */
  readonly n: number;
  /** How far each way misses people whose answers it was not learned from: the ranked probability score, 0 is best. */
  readonly misses: Readonly<Record<CorrectionKind, number>>;
}

/** An item of a family: people's answers, and the simulated shares that are to be corrected. */
export interface Learning {
  readonly item: string;
  readonly positions: readonly number[];
  readonly units: readonly Unit[];
  readonly others: readonly Unit[];
  readonly shares: readonly number[];
}

/** Draws of people that an interval rests on. */
const resamples = 400;
const level = 0.95;

/** A way that misses less by no more than this is no better. */
const least = 1e-9;

/**
 * Learns from a few people how simulated answers are to be corrected: family by family (an item without one is its own), on
 * steps of a scale. Which way is taken, and whether any, is settled by people whose answers it was not learned from, part by
 * part. Apply it with `correctShares` to items of the family that people were not asked.
 * @param folds parts of the people, each left out once; default 5
 */
export function learnCorrections(
  human: AnswerSet,
  simulated: AnswerSet,
  { seed = 1, folds = 5 }: { readonly seed?: number | string; readonly folds?: number } = {},
): readonly (LearnedCorrection | ({ readonly family: string } & Unmeasured))[] {
  const parts = partsOf(human.people.length, folds, seed);
  const sizes = [human.people.length, simulated.people.length] as const;
  const alone = simulated.people.map(() => undefined);
  const draws = drawsOf(sizes, alone, { random: createRandom(seed).fork("draws"), resamples });
  const named = Object.entries(human.items).flatMap(([item, { scale, family = item }]) =>
    scale.kind === "ordinal" ? [{ family, learning: learningOf(item, scale.options, { human, simulated }) }] : [],
  );
  return [...Map.groupBy(named, ({ family }) => family)].map(([family, members]) => {
    const items = members.map(({ learning }) => learning);
    const n = new Set(items.flatMap(({ units }) => units.map(({ place }) => place))).size;
    if (n < 2 * folds) return { family, reason: `fewer than ${2 * folds} people answered` };
    const misses = Object.fromEntries(kinds.map((kind) => [kind, missOf(kind, items, parts)])) as Record<
      CorrectionKind,
      number
    >;
    const kind = kinds.reduce((best, one) => (misses[one] < misses[best] - least ? one : best));
    const correction = learned(kind, items);
    const found = { kind, correction, intervals: intervalsOf({ kind, correction }, items, draws) };
    return { family, items: items.map(({ item }) => item), ...found, n, misses };
  });
}

function learningOf(
  item: string,
  options: readonly string[],
  sets: { human: AnswerSet; simulated: AnswerSet },
): Learning {
  const space = ordinalSpace(options);
  const others = unitsOf(item, space, sets.simulated.people);
  const shares = [...profileOf(others, space.cells).shares];
  return { item, positions: positionsOf(options), units: unitsOf(item, space, sets.human.people), others, shares };
}

/** In which part each of the people is. */
function partsOf(people: number, folds: number, seed: number | string): readonly number[] {
  const order = createRandom(seed)
    .fork("folds")
    .shuffle(Array.from({ length: people }, (_, place) => place));
  const parts = Array.from({ length: people }, () => 0);
  for (const [at, place] of order.entries()) parts[place] = at % folds;
  return parts;
}

/** How far a way misses those who are left out, on the mean over their answers. */
function missOf(kind: CorrectionKind, items: readonly Learning[], parts: readonly number[]): number {
  let [sum, total] = [0, 0];
  for (const fold of new Set(parts)) {
    const isIn = ({ place }: Unit): boolean => parts[place] === fold;
    const correction = learned(
      kind,
      items.map((one) => ({ ...one, units: one.units.filter((unit) => !isIn(unit)) })),
    );
    for (const { units, shares, positions } of items) {
      const forecast = correctShares(shares, positions, correction);
      for (const { cells, weight } of units.filter(isIn))
        for (const [cell, share] of cells) {
          const found = rankedProbabilityScore(forecast, cell);
          if ("reason" in found) continue;
          sum += weight * share * found.score;
          total += weight * share;
        }
    }
  }
  return total === 0 ? Number.POSITIVE_INFINITY : sum / total;
}

function learned(kind: CorrectionKind, items: readonly Learning[]): Correction {
  switch (kind) {
    case "none":
      return {};
    case "shift":
      return { shift: shiftOf(items) };
    case "shift and dispersion":
      return { shift: shiftOf(items), dispersion: dispersionOf(items) };
    case "temperature":
      return { temperature: temperatureOf(items) };
  }
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function momentsOf(shares: readonly number[], positions: readonly number[]): Moments {
  const mean = positions.reduce((sum, position, step) => sum + position * (shares[step] as number), 0);
  return {
    mean,
    variance: positions.reduce((sum, position, step) => sum + (position - mean) ** 2 * (shares[step] as number), 0),
  };
}

/** Of both sides of each item that anybody answered. */
function bothOf(items: readonly Learning[]): readonly { readonly human: Moments; readonly simulated: Moments }[] {
  return items.flatMap(({ units, shares, positions }) => {
    const human = profileOf(units, positions.length);
    if (human.people === 0) return [];
    return [{ human: momentsOf([...human.shares], positions), simulated: momentsOf(shares, positions) }];
  });
}

function shiftOf(items: readonly Learning[]): number {
  const both = bothOf(items);
  return both.length === 0
    ? 0
    : both.reduce((sum, { human, simulated }) => sum + human.mean - simulated.mean, 0) / both.length;
}

function dispersionOf(items: readonly Learning[]): number {
  const both = bothOf(items);
  const sum = (of: "human" | "simulated"): number => both.reduce((total, one) => total + one[of].variance, 0);
  return sum("simulated") === 0 ? 1 : Math.sqrt(sum("human") / sum("simulated"));
}

/** What would have been learned of other people, part by part: between which ends most of it lies. */
function intervalsOf(
  { kind, correction }: Pick<LearnedCorrection, "kind" | "correction">,
  items: readonly Learning[],
  draws: readonly Draw[],
): LearnedCorrection["intervals"] {
  const names = Object.keys(correction) as (keyof Correction)[];
  if (names.length === 0) return {};
  const all = draws.map((draw) =>
    learned(
      kind,
      items.map((item) => drawn(item, draw)),
    ),
  );
  return Object.fromEntries(
    names.map((name) => {
      const values = all.flatMap((one) => one[name] ?? []);
      const [low, high] = [(1 - level) / 2, (1 + level) / 2].map((share) => quantile(values, share));
      return [name, { low, high, level }];
    }),
  ) as LearnedCorrection["intervals"];
}

/** An item as others would have answered it: all who answer alike count together. */
function drawn(item: Learning, draw: Draw): Learning {
  const { units, others, positions } = item;
  const weight = units.reduce((sum, unit) => sum + unit.weight * (draw.human[unit.place] as number), 0);
  const cells = [...profileOf(units, positions.length, draw.human).shares.entries()];
  const shares = [...profileOf(others, positions.length, draw.simulated).shares];
  return { ...item, units: weight === 0 ? [] : [{ place: 0, weight, cells }], shares };
}
