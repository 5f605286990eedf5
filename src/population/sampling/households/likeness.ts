import type { Specification } from "../../specification/schema.ts";

type Partners = NonNullable<NonNullable<Specification["households"]>["partners"]>;

/** What of two people is compared: whether they have the same value, or how far their numbers are apart. */
export interface Compared {
  readonly dimension: string;
  /** What it is for two people: 1 or 0, or a distance. */
  readonly of: (one: number, other: number) => number;
  /** What it is to be on average over all couples, and, of a distance, how widely spread. */
  readonly mean: number;
  readonly sd?: number;
}

/** What couples are held to. */
export function comparedOf(
  { same = {}, gap = {} }: Partners,
  valuesOf: (dimension: string) => readonly unknown[],
): readonly Compared[] {
  const sames = Object.entries(same).map(([dimension, mean]): Compared => {
    const values = valuesOf(dimension);
    return { dimension, mean, of: (one, other) => (values[one] === values[other] ? 1 : 0) };
  });
  const gaps = Object.entries(gap).map(([dimension, { mean, sd }]): Compared => {
    const values = valuesOf(dimension);
    return { dimension, mean, sd, of: (one, other) => Math.abs(Number(values[one]) - Number(values[other])) };
  });
  return [...sames, ...gaps];
}

/** Sums over couples, from which mean and spread follow. */
export interface Sums {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

export const noSums = (compared: readonly Compared[]): Sums => ({
  first: new Float64Array(compared.length),
  second: new Float64Array(compared.length),
});

/** Adds a couple to the sums, or takes it away. */
export function addCouple(
  sums: Sums,
  compared: readonly Compared[],
  { one, other, by }: { readonly one: number; readonly other: number; readonly by: 1 | -1 },
): void {
  for (const [at, { of }] of compared.entries()) {
    const value = of(one, other);
    sums.first[at] = (sums.first[at] as number) + by * value;
    sums.second[at] = (sums.second[at] as number) + by * value * value;
  }
}

/** Mean and spread of what is compared. */
export function spreadOf({ first, second }: Sums, at: number, couples: number): { mean: number; sd: number } {
  const mean = (first[at] as number) / couples;
  return { mean, sd: Math.sqrt(Math.max(0, (second[at] as number) / couples - mean * mean)) };
}

/** How far all couples together are from what they are held to. */
export function farness(sums: Sums, compared: readonly Compared[], couples: number): number {
  let far = 0;
  for (const [at, { mean, sd }] of compared.entries()) {
    const found = spreadOf(sums, at, couples);
    if (sd === undefined) far += (found.mean - mean) ** 2;
    else far += ((found.mean - mean) / sd) ** 2 / 4 + ((found.sd - sd) / sd) ** 2 / 4;
  }
  return far;
}
