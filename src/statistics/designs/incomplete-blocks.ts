import { createRandom, type Random } from "../../kernel/values/random.ts";

/** How things are put together in tasks. */
export interface BlockDesignOptions {
  /** Things in a task. */
  readonly size: number;
  /** How often each thing is met; so often or once more where it does not come out even. */
  readonly times: number;
}

/** Base blocks that are looked at for one that is balanced by itself. */
const mostBases = 50_000;
const restarts = 3;
const exchanges = 16_000;

/**
 * An incomplete block design: `n` things in tasks of `size`, each as often as any other, and each two together as often as
 * can be: exactly as often where a cyclic design of as many tasks as things does that (R. C. Bose, "On the construction of
 * balanced incomplete block designs", 1939), else as near as exchanges bring it. In a cyclic design each thing also stands
 * once in each place. The same numbers give the same design.
 * @example
 * balancedBlocks(7, { size: 3, times: 3 }); // => [[0, 1, 3], [1, 2, 4], [2, 3, 5], [3, 4, 6], [4, 5, 0], [5, 6, 1], [6, 0, 2]]
 */
export function balancedBlocks(n: number, { size, times }: BlockDesignOptions): readonly (readonly number[])[] {
  if (size >= n) return Array.from({ length: times }, (_, task) => rotated(n, task));
  const base = times === size ? balancedBase(n, size) : undefined;
  if (base !== undefined) return Array.from({ length: n }, (_, shift) => base.map((thing) => (thing + shift) % n));
  const random = createRandom(`blocks ${n} ${size} ${times}`);
  const tries = Array.from({ length: restarts }, (_, place) =>
    exchanged(n, { size, times }, random.fork(String(place))),
  );
  return tries.reduce((best, one) => (unevenness(n, one) < unevenness(n, best) ? one : best));
}

/** How often each two of `n` things are met together, for each two that differ, in the order 0·1, 0·2 … 1·2 …. */
export function togetherness(n: number, tasks: readonly (readonly number[])[]): readonly number[] {
  const counts = pairCounts(n, tasks);
  return counts.flatMap((row, one) => row.slice(one + 1));
}

const rotated = (n: number, by: number): readonly number[] => Array.from({ length: n }, (_, place) => (place + by) % n);

/** The first block whose differences come equally often; all that is developed from it is balanced then. */
function balancedBase(n: number, size: number): readonly number[] | undefined {
  const each = (size * (size - 1)) / (n - 1);
  if (!Number.isInteger(each)) return undefined;
  let looked = 0;
  const extend = (block: readonly number[], counts: readonly number[]): readonly number[] | undefined => {
    if (block.length === size) return block;
    for (let next = (block.at(-1) ?? -1) + 1; next < n && looked < mostBases; next++) {
      looked += 1;
      const grown = [...counts];
      for (const one of block) for (const gap of [next - one, n - next + one]) grown[gap] = (grown[gap] ?? 0) + 1;
      if (grown.some((count) => count > each)) continue;
      const found = extend([...block, next], grown);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return extend(
    [0],
    Array.from({ length: n }, () => 0),
  );
}

/**
 * A design by chance in which each thing comes equally often, improved by exchanges between two tasks: at first worse ones are
 * taken too, less and less (simulated annealing), until no two things meet more than once more often than others.
 */
function exchanged(n: number, { size, times }: BlockDesignOptions, random: Random): readonly (readonly number[])[] {
  const tasks = dealt(n, { size, times }, random);
  const counts = pairCounts(n, tasks).map((row) => [...row]);
  for (let step = 0; step < exchanges && (step % 64 !== 0 || !isEven(counts)); step++) {
    const [one, other] = [random.pick(tasks), random.pick(tasks)];
    const [place, across] = [random.integer(size), random.integer(size)];
    const [leaving, coming] = [one[place] as number, other[across] as number];
    if (one.includes(coming) || other.includes(leaving)) continue;
    const pair = [
      { leaving, coming, task: one },
      { leaving: coming, coming: leaving, task: other },
    ];
    const gain = pair.reduce((sum, exchange) => sum + gained(exchange, counts), 0);
    const heat = 1.2 * (1 - step / exchanges);
    if (gain < 0 && random.next() >= Math.exp(gain / heat)) continue;
    for (const exchange of pair) move(exchange, counts);
    [one[place], other[across]] = [coming, leaving];
  }
  return tasks;
}

/** Fills task by task with those that were met least, by chance among equals. */
function dealt(n: number, { size, times }: BlockDesignOptions, random: Random): number[][] {
  const shown = Array.from({ length: n }, () => 0);
  return Array.from({ length: Math.ceil((n * times) / size) }, () => {
    const order = random.shuffle(shown.map((_, thing) => thing));
    const task = order.sort((one, other) => (shown[one] as number) - (shown[other] as number)).slice(0, size);
    for (const thing of task) shown[thing] = (shown[thing] as number) + 1;
    return task;
  });
}

interface Exchange {
  readonly leaving: number;
  readonly coming: number;
  readonly task: readonly number[];
}

type Counts = readonly number[][];
const countOf = (counts: Counts, one: number, other: number): number => counts[one]?.[other] ?? 0;

/** By how much the sum of the squared counts of pairs falls, halved. */
function gained({ leaving, coming, task }: Exchange, counts: Counts): number {
  return task
    .filter((thing) => thing !== leaving)
    .reduce((sum, thing) => sum + countOf(counts, leaving, thing) - countOf(counts, coming, thing) - 1, 0);
}

function move({ leaving, coming, task }: Exchange, counts: Counts): void {
  for (const thing of task.filter((each) => each !== leaving)) {
    met(counts, [leaving, thing], -1);
    met(counts, [coming, thing], 1);
  }
}

function met(counts: Counts, [one, other]: readonly [number, number], by: number): void {
  for (const [row, column] of [
    [one, other],
    [other, one],
  ] as const) {
    (counts[row] as number[])[column] = countOf(counts, row, column) + by;
  }
}

function isEven(counts: Counts): boolean {
  const pairs = counts.flatMap((row, one) => row.slice(one + 1));
  return Math.max(...pairs) - Math.min(...pairs) <= 1;
}

function pairCounts(n: number, tasks: readonly (readonly number[])[]): Counts {
  const counts = Array.from({ length: n }, () => Array.from({ length: n }, () => 0));
  for (const task of tasks) {
    for (const [place, one] of task.entries()) for (const other of task.slice(place + 1)) met(counts, [one, other], 1);
  }
  return counts;
}

const unevenness = (n: number, tasks: readonly (readonly number[])[]): number =>
  togetherness(n, tasks).reduce((sum, count) => sum + count ** 2, 0);
