import type { Random } from "../../kernel/values/random.ts";
import { normalDistribution } from "../distributions/continuous.ts";
import { invalid, type Unmeasured } from "../measured.ts";
import { mean, quantile } from "../moments.ts";
import type { Interval } from "./interval.ts";

/** How an interval is found by drawing again. */
export interface BootstrapOptions {
  readonly random: Random;
  /** Default 0.95. */
  readonly level?: number;
  /** Default 2,000. */
  readonly resamples?: number;
  /**
   * `bca`, bias-corrected and accelerated (B. Efron, 1987), is the default; `percentile` takes the draws as they lie, for
   * figures that are slow to find: it asks for none with each unit left out.
   */
  readonly method?: "bca" | "percentile";
  /** Whose each unit is, as a person's or a session's: these are drawn whole, with all of their units. */
  readonly clusters?: readonly (string | number)[];
}

/** The share of draws that may give no figure. */
const mostMissing = 0.05;

/**
 * The interval of any figure of a sample, by drawing units again with replacement. The figure is asked of the places of
 * units, each from 0 to `n` − 1, in a list that is used again, and is undefined where there is none. Fewer than two units (or
 * clusters), or too many draws without a figure, have no interval.
 * @example
 * const values = [3, 1, 4, 1, 5];
 * const mean = (units) => units.reduce((total, unit) => total + values[unit], 0) / units.length;
 * const found = await bootstrapInterval(5, mean, { random: createRandom(1) });
 * "low" in found && found.low > 1 && found.high < 5; // => true
 */
export async function bootstrapInterval(
  n: number,
  figure: (units: readonly number[]) => number | undefined,
  { random, level = 0.95, resamples = 2_000, method = "bca", clusters }: BootstrapOptions,
): Promise<Interval | Unmeasured> {
  const groups = groupsOf(n, clusters);
  const all = Array.from({ length: n }, (_, unit) => unit);
  const found = figure(all);
  if (groups.length < 2)
    return { reason: clusters === undefined ? "fewer than two values" : "fewer than two clusters" };
  if (found === undefined) return { reason: "there is no figure" };
  const units: number[] = [];
  const draws: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    units.length = 0;
    for (const _ of groups) units.push(...(groups[random.integer(groups.length)] as readonly number[]));
    const drawn = figure(units);
    if (drawn !== undefined) draws.push(drawn);
  }
  if (draws.length < (1 - mostMissing) * resamples) return { reason: "too many draws from the sample have no figure" };
  const left = method === "bca" ? groups.flatMap((_, out) => figure(groups.toSpliced(out, 1).flat()) ?? []) : [];
  const plain = [(1 - level) / 2, (1 + level) / 2];
  const shares = method === "bca" ? await acceleratedShares({ found, draws, left, plain }) : plain;
  const [low, high] = shares.map((share) => quantile(draws, share) as number) as [number, number];
  return { low, high, level };
}

/** The units of each cluster; each its own without any. */
function groupsOf(n: number, clusters: BootstrapOptions["clusters"]): readonly (readonly number[])[] {
  if (clusters === undefined) return Array.from({ length: n }, (_, unit) => [unit]);
  if (clusters.length !== n)
    throw invalid("clusters", { value: clusters.length, hint: `Give ${n}, one for each unit.` });
  const groups = new Map<string | number, number[]>();
  for (const [unit, cluster] of clusters.entries()) {
    const group = groups.get(cluster);
    if (group === undefined) groups.set(cluster, [unit]);
    else group.push(unit);
  }
  return [...groups.values()];
}

interface Drawn {
  readonly found: number;
  readonly draws: readonly number[];
  /** The figure with each unit left out once. */
  readonly left: readonly number[];
  /** The shares of the draws that are to lie below the ends. */
  readonly plain: readonly number[];
}

/** Where in the draws the ends of the interval lie. */
async function acceleratedShares({ found, draws, left, plain }: Drawn): Promise<readonly number[]> {
  const normal = await normalDistribution();
  const below = draws.filter((value) => value < found).length + draws.filter((value) => value === found).length / 2;
  const shift = normal.quantile(below / draws.length);
  // The figure lies at or beyond the end of all draws: nothing can be corrected.
  if (!Number.isFinite(shift)) return plain;
  const centre = mean(left);
  const [squares, cubes] = [2, 3].map((power) => left.reduce((total, value) => total + (centre - value) ** power, 0));
  const pull = squares ? (cubes as number) / (6 * squares ** 1.5) : 0;
  return plain.map((share) => {
    const z = shift + normal.quantile(share);
    return normal.below(shift + z / (1 - pull * z));
  });
}
