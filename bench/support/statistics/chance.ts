import type { Random } from "../../../src/index.ts";

/** What is tried again and again with values of which the truth is known. */
export interface Trial {
  readonly name: string;
  /** How often it should be so: a test reject at 0.05 where there is nothing, an interval hold the truth at 0.95. */
  readonly nominal: number;
  readonly times: number;
  /** By how much a method that is known to be approximate may miss what is nominal. */
  readonly allowance?: number;
  /** Whether it was so this time; undefined where there was no figure. */
  once(random: Random): Promise<boolean | undefined>;
}

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** So many values about a mean. */
export const normals = (random: Random, n: number, { mean = 0, sd = 1 } = {}): number[] =>
  Array.from({ length: n }, () => mean + sd * normal(random));

/** How many of n say yes. */
export const yes = (random: Random, n: number, share: number): number => {
  let count = 0;
  for (let one = 0; one < n; one++) if (random.next() < share) count++;
  return count;
};

/** How many of n fall to each of the shares. */
export function spread(random: Random, n: number, shares: readonly number[]): number[] {
  const counts = shares.map(() => 0);
  for (let one = 0; one < n; one++) counts[placeBy(random, shares)]!++;
  return counts;
}

/** One place by shares that sum to one. */
function placeBy(random: Random, shares: readonly number[]): number {
  let left = random.next();
  const found = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return found < 0 ? shares.length - 1 : found;
}

/** An order by Plackett and Luce's model. */
export function orderBy(random: Random, strengths: readonly number[]): number[] {
  const reached = strengths.map((strength, place) => ({ place, time: -Math.log(1 - random.next()) / strength }));
  return reached.sort((one, other) => one.time - other.time).map(({ place }) => place);
}

/** People with a level of their own who answer several times; `effect` is added to every other answer. */
export function repeated(random: Random, { people = 10, times = 6, level = 1, effect = 0 } = {}) {
  const rows = Array.from({ length: people }, (_, person) => {
    const own = level * normal(random);
    return Array.from({ length: times }, (_, time) => {
      const arm = (time + person) % 2;
      return { person, arm, side: person % 2, value: own + effect * arm + normal(random) };
    });
  }).flat();
  return {
    outcome: rows.map(({ value }) => value),
    people: rows.map(({ person }) => person),
    arm: rows.map(({ arm }) => arm),
    side: rows.map(({ side }) => side),
  };
}

/** Several coders who know the truth with such a chance, and else guess: their kappa is the square of it. */
export function coded(random: Random, { units = 60, coders = 2, options = 3, knows = 0 }) {
  return Array.from({ length: units }, () => {
    const truth = random.integer(options);
    return Array.from({ length: coders }, () => (random.next() < knows ? truth : random.integer(options)));
  });
}

export const rejects = (found: { readonly p: number } | { readonly reason: string }): boolean | undefined =>
  "reason" in found ? undefined : found.p <= 0.05;

/** Whether an interval holds the truth. */
export function holds(
  found: { readonly interval: { readonly low: number; readonly high: number } } | { readonly reason: string },
  truth: number,
): boolean | undefined {
  return "reason" in found ? undefined : found.interval.low <= truth && truth <= found.interval.high;
}
