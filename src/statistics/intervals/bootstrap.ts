import type { Random } from "../../kernel/values/random.ts";
import { normalDistribution } from "../distributions/continuous.ts";
import type { Unmeasured } from "../measured.ts";
import { mean, quantile } from "../moments.ts";
import type { Interval } from "./interval.ts";

/** How an interval is found by drawing again. */
export interface BootstrapOptions {
  readonly random: Random;
  /** Default 0.95. */
  readonly level?: number;
  /** Default 2,000. */
  readonly resamples?: number;
}

/** The share of draws that may give no figure. */
const mostMissing = 0.05;

/**
 * The interval of any figure of a sample, by drawing units again with replacement: bias-corrected and accelerated (B.
 * Efron, 1987). The figure is asked of the places of units, each from 0 to `n` − 1, and is undefined where there is none.
 * Fewer than two units, or too many draws without a figure, have no interval.
 */
export async function bootstrapInterval(
  n: number,
  figure: (units: readonly number[]) => number | undefined,
  { random, level = 0.95, resamples = 2_000 }: BootstrapOptions,
): Promise<Interval | Unmeasured> {
  const all = Array.from({ length: n }, (_, unit) => unit);
  const found = figure(all);
  if (n < 2 || found === undefined) return { reason: n < 2 ? "fewer than two values" : "there is no figure" };
  const drawn = Array.from({ length: resamples }, () => figure(all.map(() => random.integer(n))));
  const draws = drawn.filter((value) => value !== undefined);
  if (draws.length < (1 - mostMissing) * resamples) return { reason: "too many draws from the sample have no figure" };
  const left = all.flatMap((out) => figure(all.filter((unit) => unit !== out)) ?? []);
  const shares = await acceleratedShares({ found, draws, left, level });
  const [low, high] = shares.map((share) => quantile(draws, share) as number) as [number, number];
  return { low, high, level };
}

interface Drawn {
  readonly found: number;
  readonly draws: readonly number[];
  /** The figure with each unit left out once. */
  readonly left: readonly number[];
  readonly level: number;
}

/** Where in the draws the ends of the interval lie. */
async function acceleratedShares({ found, draws, left, level }: Drawn): Promise<readonly number[]> {
  const normal = await normalDistribution();
  const plain = [(1 - level) / 2, (1 + level) / 2];
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
