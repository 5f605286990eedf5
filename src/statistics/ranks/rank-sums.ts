import { sum } from "../measured.ts";

/** How likely each sum of ranks is, when groups do not differ, given all ranks, ties with them. */
export interface RankSums {
  /** The chance of at most so great a sum. */
  below(total: number): number;
  /** The chance of so great a sum or a greater one. */
  from(total: number): number;
}

/** Steps up to which all ways are counted: some 50 ms. */
const mostSteps = 40_000_000;

/**
 * The sums of ranks of a group of so many, by counting all ways to choose it (H. B. Mann and D. R. Whitney, 1947; with ties:
 * B. Streitberg and J. Röhmel, 1986). Undefined where there are too many.
 */
export function exactRankSums(places: readonly number[], size: number): RankSums | undefined {
  // Ties share halves of ranks: doubled, all are whole.
  const fold = places.every(Number.isInteger) ? 1 : 2;
  const steps = places.map((place) => Math.round(fold * place)).sort((one, other) => one - other);
  const most = sum(steps.slice(steps.length - size));
  if (steps.length * size * most > mostSteps) return undefined;
  const ways = waysTo(steps, size, most);
  const all = sum(ways);
  const counted = (from: number, to: number): number => Math.min(1, sum(ways.slice(from, to)) / all);
  return {
    below: (total) => counted(0, Math.round(fold * total) + 1),
    from: (total) => counted(Math.round(fold * total), most + 1),
  };
}

/** In how many ways so many of the steps come to each sum. */
function waysTo(steps: readonly number[], size: number, most: number): readonly number[] {
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  (ways[0] as Float64Array)[0] = 1;
  for (const [place, step] of steps.entries()) {
    for (let taken = Math.min(size, place + 1); taken > 0; taken--) {
      const [before, after] = [ways[taken - 1] as Float64Array, ways[taken] as Float64Array];
      for (let total = step; total <= most; total++)
        after[total] = (after[total] as number) + (before[total - step] as number);
    }
  }
  return [...(ways[size] as Float64Array)];
}

/** How much ties take off the variance of ranks: the sum of t³ − t over all that share a place. */
export function tied(places: readonly number[]): number {
  return sum([...Map.groupBy(places, (place) => place).values()].map(({ length }) => length ** 3 - length));
}
