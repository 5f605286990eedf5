import { checkNumbers, checkSize, sum, type Unmeasured } from "../measured.ts";
import { mean } from "../moments.ts";
import { reduced } from "./reduced.ts";

/** How much of what differs comes of one thing. */
export interface VarianceComponent {
  /** As it was named; `residual` for what no factor explains. */
  readonly name: string;
  /** Never below zero; 0 where the estimate is. */
  readonly variance: number;
  /** The estimate itself, which chance can bring below zero. */
  readonly raw: number;
  /** Of all variances that could be told. */
  readonly share: number;
  readonly levels: number;
}

/** Things that the data cannot tell apart. */
export interface Confounded {
  readonly names: readonly string[];
  /** What they come to together, where that can be told. */
  readonly together?: Omit<VarianceComponent, "name" | "levels">;
}

/** What differs, by what it comes of. */
export interface VarianceComponents {
  readonly components: readonly VarianceComponent[];
  readonly confounded: readonly Confounded[];
  /** Factors with a single level, of which nothing can be said. */
  readonly constant: readonly string[];
  readonly n: number;
  readonly mean: number;
}

type Factors = Readonly<Record<string, readonly (string | number)[]>>;

/**
 * The variance of values in parts, one for each factor, crossed or nested in any way, and one for the rest: the method of
 * moments for unbalanced data (C. R. Henderson's method 1, "Estimation of variance and covariance components", 1953; S. R.
 * Searle, Linear Models, 1971, ch. 10), which for balanced data is that of the analysis of variance. Sums of squares of each
 * factor's means are set equal to what they are expected to be. All factors count as random: the variance of one with few
 * levels is that of these levels, and rough. An interaction is a factor whose levels are pairs. What the data cannot tell
 * apart is named, and not guessed.
 * @example
 * const found = varianceComponents([1, 2, 8, 9], { person: ["ana", "ana", "ben", "ben"] });
 * "components" in found && found.components.map(({ name, raw }) => `${name} ${raw.toFixed(2)}`); // => ["person 24.25", "residual 0.50"]
 */
export function varianceComponents(values: readonly number[], factors: Factors): VarianceComponents | Unmeasured {
  checkNumbers("values", values);
  for (const [name, levels] of Object.entries(factors)) checkSize(name, levels, values.length);
  if (values.length < 2) return { reason: "fewer than two values" };
  if (values.every((value) => value === values[0])) return { reason: "all values are the same" };
  const all = Object.entries(factors).map(([name, levels]) => factorOf(name, levels));
  const varied = all.filter(({ levels }) => levels > 1);
  const centre = mean(values);
  const system = systemOf(
    values.map((value) => value - centre),
    varied,
  );
  const { solution, dependent } = reduced(system.expected, system.found);
  const named = [...varied, { name: "residual", levels: values.length }];
  const groups = groupsOf(dependent);
  const lone = named.flatMap(({ name, levels }, place) =>
    groups.some((group) => group.includes(place)) ? [] : [{ name, levels, ...estimate(solution[place] as number) }],
  );
  const grouped = groups.map((group) => {
    const names = group.map((place) => named[place]?.name as string);
    if (!dependent.every(isBalanced)) return { names };
    return { names, together: estimate(sum(group.map((place) => solution[place] as number))) };
  });
  const total = sum([...lone, ...grouped.flatMap(({ together }) => together ?? [])].map(({ variance }) => variance));
  const shared = <T extends { readonly variance: number }>(part: T): T & { readonly share: number } => ({
    ...part,
    share: total === 0 ? 0 : part.variance / total,
  });
  return {
    components: lone.map(shared),
    confounded: grouped.map(({ names, together }) => ({ names, ...(together && { together: shared(together) }) })),
    constant: all.filter(({ levels }) => levels < 2).map(({ name }) => name),
    ...{ n: values.length, mean: centre },
  };
}

const estimate = (raw: number): { readonly raw: number; readonly variance: number } => ({
  raw,
  variance: Math.max(0, raw),
});

interface Factor {
  readonly name: string;
  /** The level of each value, from 0. */
  readonly of: Int32Array;
  readonly sizes: Float64Array;
  readonly levels: number;
}

function factorOf(name: string, given: readonly (string | number)[]): Factor {
  const numbers = new Map<string | number, number>();
  const of = Int32Array.from(given, (level) => {
    const number = numbers.get(level) ?? numbers.size;
    numbers.set(level, number);
    return number;
  });
  const sizes = new Float64Array(numbers.size);
  for (const level of of) sizes[level] = (sizes[level] as number) + 1;
  return { name, of, sizes, levels: numbers.size };
}

/** What each sum of squares is expected to be of each variance, and what it is; of centred values, whose mean explains none. */
function systemOf(
  values: readonly number[],
  factors: readonly Factor[],
): { readonly expected: readonly (readonly number[])[]; readonly found: readonly number[] } {
  const n = values.length;
  const ofMean = factors.map(({ sizes }) => sum([...sizes].map((size) => size ** 2)) / n);
  const rows = factors.map((factor) => [
    ...factors.map((other, place) => shareOf(factor, other) - (ofMean[place] as number)),
    factor.levels - 1,
  ]);
  const squares = factors.map(({ of, sizes }) => {
    const sums = new Float64Array(sizes.length);
    for (const [place, level] of of.entries()) sums[level] = (sums[level] as number) + (values[place] as number);
    return sums.reduce((total, one, level) => total + one ** 2 / (sizes[level] as number), 0);
  });
  return {
    expected: [...rows, [...ofMean.map((share) => n - share), n - 1]],
    found: [...squares, sum(values.map((value) => value ** 2))],
  };
}

/** Of the levels of a factor, how many values share a level of another: Σ n²ᵢⱼ / nᵢ. */
function shareOf(factor: Factor, other: Factor): number {
  const counts = new Map<number, number>();
  for (const [place, level] of factor.of.entries()) {
    const pair = level * other.levels + (other.of[place] as number);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  let total = 0;
  for (const [pair, count] of counts) total += count ** 2 / (factor.sizes[Math.floor(pair / other.levels)] as number);
  return total;
}

type Dependence = ReadonlyMap<number, number>;

/** What follows from what, as groups that have nothing in common. */
function groupsOf(dependent: readonly Dependence[]): readonly (readonly number[])[] {
  let groups: (readonly number[])[] = [];
  for (const places of dependent) {
    const touched = groups.filter((group) => group.some((place) => places.has(place)));
    groups = [
      ...groups.filter((group) => !touched.includes(group)),
      [...new Set([...touched.flat(), ...places.keys()])].sort((one, other) => one - other),
    ];
  }
  return groups;
}

/** What one gains the others lose: their sum is known. */
const isBalanced = (places: Dependence): boolean => Math.abs(sum([...places.values()])) < 1e-6;
