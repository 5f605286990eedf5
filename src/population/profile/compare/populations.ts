import { chiSquareTable } from "../../../statistics/counts/chi-square.ts";
import { totalVariation } from "../../../statistics/distances/nominal.ts";
import { isMeasured, sum } from "../../../statistics/measured.ts";
import { effectiveSize, standardizedDifference } from "../../../statistics/moments.ts";
import { kolmogorovSmirnov, type Sample } from "../../../statistics/shapes/kolmogorov-smirnov.ts";
import { facets, placesOf } from "../facets.ts";
import { corrected } from "../measures/correlations.ts";
import { type Counted, counted } from "../measures/counted.ts";
import { type Member, membersOf } from "../people/people.ts";
import { type ComparedPlace, type ComparedValue, type Comparison, reasonOf } from "./compared.ts";

/** What is compared. */
export interface CompareOptions {
  /** Dotted places. Default: those in which both say something. */
  readonly by?: readonly string[];
}

/**
 * How two populations differ: shares of each value, and for each place a test (χ², of numbers Kolmogorov–Smirnov) with an
 * effect size beside its p value, which is corrected for all places by Holm's method. Weights count, by the effective
 * size in tests.
 */
export async function comparePopulations(
  given: readonly unknown[],
  others: readonly unknown[],
  { by }: CompareOptions = {},
): Promise<Comparison> {
  const [one, other] = [membersOf(given), membersOf(others)];
  const shared = placesOf(one.people, facets).filter((path) => placesOf(other.people, [path]).includes(path));
  const places: ComparedPlace[] = [];
  const values: ComparedValue[] = [];
  for (const path of by ?? shared) {
    const found = await comparePlace(path, one.people, other.people);
    places.push(found.place);
    values.push(...found.values);
  }
  const remarks = [
    ...one.remarks.map((remark) => `first population: ${remark}`),
    ...other.remarks.map((remark) => `second population: ${remark}`),
  ];
  const n = [one.people.length, other.people.length];
  return { simulated: true, of: "populations", n, places: corrected(places), values, unverified: [], remarks };
}

interface Found {
  readonly place: ComparedPlace;
  readonly values: readonly ComparedValue[];
}

async function comparePlace(path: string, people: readonly Member[], others: readonly Member[]): Promise<Found> {
  // Counted together first, so that both have the same ranges and spellings.
  const all = counted([...people, ...others], path);
  const [one, other] = [people, others].map((members) => weightsOf(all, members)) as [Weights, Weights];
  const apart = totalVariation([...one.byLabel.values()], [...other.byLabel.values()]);
  const distance = isMeasured(apart) ? { distance: apart.distance } : {};
  const values = shown(all, one, other).map((value) => {
    const [share, elsewhere] = [one, other].map(({ byLabel, total }) =>
      total === 0 ? 0 : (byLabel.get(value) ?? 0) / total,
    ) as [number, number];
    return { path, value, one: share, other: elsewhere, difference: share - elsewhere };
  });
  if (all.kind === "list") {
    return { place: { path, ...distance, reason: "people have several values; compare value by value" }, values };
  }
  const place = all.numbers === undefined ? await byCounts(one, other) : byNumbers(one, other);
  return { place: { path, ...place, ...distance }, values };
}

interface Weights {
  readonly total: number;
  readonly byLabel: ReadonlyMap<string, number>;
  readonly effective: number;
  readonly numbers: Sample;
}

function weightsOf({ labels, order, numbers }: Counted, members: readonly Member[]): Weights {
  const said = members.filter((person) => labels.has(person));
  const byLabel = new Map(order.map((label) => [label, 0]));
  for (const person of said)
    for (const label of labels.get(person) ?? []) byLabel.set(label, (byLabel.get(label) ?? 0) + person.weight);
  const weights = said.map(({ weight }) => weight);
  const even = weights.every((weight) => weight === weights[0]);
  return {
    total: sum(weights),
    byLabel,
    effective: effectiveSize(weights),
    numbers: { values: said.map((person) => numbers?.get(person) ?? 0), ...(!even && { weights }) },
  };
}

async function byCounts(one: Weights, other: Weights): Promise<Partial<ComparedPlace>> {
  const counts = [one, other].map(({ byLabel, total, effective }) =>
    [...byLabel.values()].map((weight) => (total === 0 ? 0 : (weight / total) * effective)),
  );
  const test = await chiSquareTable(counts);
  if (!isMeasured(test)) return reasonOf(test);
  return { test: "chi-square", statistic: test.statistic, p: test.p, effect: test.effect, effectName: "V" };
}

function byNumbers(one: Weights, other: Weights): Partial<ComparedPlace> {
  const test = kolmogorovSmirnov(one.numbers, other.numbers);
  if (!isMeasured(test)) return reasonOf(test);
  const apart = standardizedDifference(one.numbers, other.numbers);
  return {
    test: "kolmogorov-smirnov",
    statistic: test.distance,
    p: test.p,
    ...(isMeasured(apart) && { effect: apart.d, effectName: "d" as const }),
  };
}

/** Values that are shown one by one: of what is no number those that most have. */
const mostShown = 15;
const shown = ({ kind, order }: Counted, one: Weights, other: Weights): readonly string[] => {
  if (kind === "number") return order;
  const weight = (label: string): number => (one.byLabel.get(label) ?? 0) + (other.byLabel.get(label) ?? 0);
  return order.toSorted((left, right) => weight(right) - weight(left)).slice(0, mostShown);
};
