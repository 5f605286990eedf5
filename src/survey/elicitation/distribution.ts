import type { Random } from "../../kernel/values/random.ts";

/** How likely each value is; they add up to 1. */
export type Distribution = Readonly<Record<string, number>>;

/** All of it on one value. */
export const certain = (value: string | number): Distribution => ({ [String(value)]: 1 });

/** Weights of values as a distribution; all alike where none has any. */
export function distributionOf(values: readonly string[], weights: readonly number[]): Distribution {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Object.fromEntries(
    values.map((value, place) => [value, sum === 0 ? 1 / values.length : (weights[place] as number) / sum]),
  );
}

/**
 * One value by the dice.
 * @example
 * drawn({ yes: 1, no: 0 }, createRandom(7)); // => "yes"
 */
export function drawn(distribution: Distribution, random: Random): string {
  let left = random.next();
  const likely = Object.entries(distribution).filter(([, probability]) => probability > 0);
  for (const [value, probability] of likely) {
    left -= probability;
    if (left < 0) return value;
  }
  return likely.at(-1)?.[0] as string;
}

/** Sets that do not fit are thrown anew so often; then the most likely ones are taken. */
const mostThrows = 1_000;

/**
 * Some of the options, each by its own probability, held to what may be chosen together (rejective sampling: J. Hájek,
 * 1964).
 * @param fits tells whether so many, and these together, may be chosen
 */
export function someDrawn(
  inclusion: Distribution,
  random: Random,
  fits: (chosen: readonly string[]) => boolean,
): readonly string[] {
  const options = Object.keys(inclusion);
  for (let count = 0; count < mostThrows; count++) {
    const chosen = options.filter((option) => random.next() < (inclusion[option] as number));
    if (fits(chosen)) return chosen;
  }
  const ranked = options.toSorted((one, other) => (inclusion[other] as number) - (inclusion[one] as number));
  const best = new Set(ranked.map((_, place) => ranked.slice(0, place + 1)).find(fits) ?? []);
  return options.filter((option) => best.has(option));
}
