import type { Random } from "../../kernel/values/random.ts";
import { checkNumbers, type Unmeasured } from "../measured.ts";
import { mean } from "../moments.ts";
import { differencesOf } from "../pairs.ts";

/** How labels are dealt again. */
export interface PermutationOptions {
  /** The dice, for what has too many ways to try all. */
  readonly random: Random;
  /** Default 9,999. */
  readonly draws?: number;
}

/** Whether a figure would be as great if the labels meant nothing. */
export interface Permutation {
  /** The figure of the groups as they are. */
  readonly found: number;
  /** Two-sided: the share of ways to deal the labels whose figure is at least as far from zero. */
  readonly p: number;
  /** All ways tried, or a sample of them drawn, which what was found is counted among. */
  readonly method: "exact" | "drawn";
}

/** Ways up to which all are tried. */
const mostWays = 20_000;

type Figure = (first: readonly number[], second: readonly number[]) => number;

/**
 * Whether two groups differ in any figure (R. A. Fisher, 1935; E. J. G. Pitman, 1937), by dealing their values anew; by
 * default in their means, the second less the first. It asks that under no difference the groups have one distribution.
 * @param figure zero where there is no difference
 * @example
 * const found = permutationTest([1, 2, 3], [7, 8, 9], { random: createRandom(1) });
 * "p" in found && found.p; // => 0.1
 */
export function permutationTest(
  first: readonly number[],
  second: readonly number[],
  { random, draws = 9_999, figure = differ }: PermutationOptions & { readonly figure?: Figure },
): Permutation | Unmeasured {
  checkNumbers("first", first);
  checkNumbers("second", second);
  if (first.length === 0 || second.length === 0) return { reason: "a group is empty" };
  const all = [...first, ...second];
  if (all.every((value) => value === all[0])) return { reason: "all values are the same" };
  const split = (order: readonly number[]): number => figure(order.slice(0, first.length), order.slice(first.length));
  if (ways(all.length, first.length) <= mostWays) return counted(split(all), [...deals(all, first.length)].map(split));
  return drawn(
    split(all),
    Array.from({ length: draws }, () => split(random.shuffle(all))),
  );
}

/**
 * Whether the second of each pair is greater on the mean, by turning pairs round (R. A. Fisher, 1935). It asks that under no
 * difference each pair might as well have been the other way round.
 * @example
 * const found = pairedPermutationTest([1, 2, 3, 4], [2, 4, 5, 7], { random: createRandom(1) });
 * "p" in found && found.p; // => 0.125
 */
export function pairedPermutationTest(
  first: readonly number[],
  second: readonly number[],
  { random, draws = 9_999 }: PermutationOptions,
): Permutation | Unmeasured {
  const differences = differencesOf(first, second);
  if (differences.every((difference) => difference === 0)) return { reason: "no pair differs" };
  const n = differences.length;
  const turned = (isTurned: (place: number) => boolean): number =>
    mean(differences.map((difference, place) => (isTurned(place) ? -difference : difference)));
  if (2 ** n <= mostWays) {
    const every = Array.from({ length: 2 ** n }, (_, way) => turned((place) => ((way >> place) & 1) === 1));
    return counted(mean(differences), every);
  }
  return drawn(
    mean(differences),
    Array.from({ length: draws }, () => turned(() => random.next() < 0.5)),
  );
}

const differ: Figure = (first, second) => mean(second) - mean(first);

function counted(found: number, figures: readonly number[]): Permutation {
  return { found, p: figures.filter(asFar(found)).length / figures.length, method: "exact" };
}

function drawn(found: number, figures: readonly number[]): Permutation {
  return { found, p: (figures.filter(asFar(found)).length + 1) / (figures.length + 1), method: "drawn" };
}

/** What is as far may be off by a rounding. */
const asFar =
  (found: number) =>
  (figure: number): boolean =>
    Math.abs(figure) >= Math.abs(found) * (1 - 1e-9);

/** In how many ways so many of n can be chosen. */
function ways(n: number, chosen: number): number {
  return Array.from({ length: chosen }, (_, place) => (n - place) / (chosen - place)).reduce(
    (total, factor) => total * factor,
    1,
  );
}

/** Every order in which other values come first. */
function* deals(values: readonly number[], size: number): Generator<readonly number[]> {
  const [value, ...others] = values;
  if (value === undefined) yield [];
  else {
    if (size > 0) for (const rest of deals(others, size - 1)) yield [value, ...rest];
    if (size < values.length) for (const rest of deals(others, size)) yield [...rest, value];
  }
}
