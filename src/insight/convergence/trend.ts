import { median } from "../../statistics/moments.ts";

/** Where a series goes, step by step. */
export interface Trend {
  /** The median change a step (H. Theil 1950, P. K. Sen 1968). */
  readonly slope: number;
  /** From -1, each value below all before it, to 1 (M. G. Kendall 1938; against time it is Mann's test of trend, 1945). */
  readonly tau: number;
  /** How likely a series without any trend goes as far in either direction; exact, or by the normal law with ties. */
  readonly p: number;
}

/** Of fewer values not even a straight line can be told from chance at p below 0.05. */
export const fewestSteps = 5;

/** The trend of values in equal steps; undefined for fewer than five, and where all are equal. */
export function trendOf(values: readonly number[]): Trend | undefined {
  if (values.length < fewestSteps || values.every((value) => value === values[0])) return undefined;
  const slopes: number[] = [];
  let rising = 0;
  let falling = 0;
  for (const [late, value] of values.entries()) {
    for (const [early, before] of values.slice(0, late).entries()) {
      slopes.push((value - before) / (late - early));
      if (value > before) rising += 1;
      if (value < before) falling += 1;
    }
  }
  const pairs = slopes.length;
  const tau = (rising - falling) / Math.sqrt(pairs * (pairs - tiedPairs(values)));
  const ties = rising + falling < pairs;
  return {
    slope: median(slopes),
    tau,
    p: ties ? normalP(values, rising - falling) : exactP(values.length, rising, falling),
  };
}

function groupSizes(values: readonly number[]): readonly number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
}

const tiedPairs = (values: readonly number[]): number =>
  groupSizes(values).reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);

/** Twice the share of all orders of so many values that have as few pairs out of order as the rarer direction. */
function exactP(count: number, rising: number, falling: number): number {
  const fewest = Math.min(rising, falling);
  let shares = [1];
  for (let size = 2; size <= count; size++) {
    const next = new Array<number>(shares.length + size - 1).fill(0);
    for (const [pairs, share] of shares.entries()) {
      for (let more = 0; more < size; more++) next[pairs + more] = (next[pairs + more] ?? 0) + share / size;
    }
    shares = next;
  }
  return Math.min(1, 2 * shares.slice(0, fewest + 1).reduce((sum, share) => sum + share, 0));
}

/** The normal law with the variance that ties leave (Kendall 1975). */
function normalP(values: readonly number[], score: number): number {
  const n = values.length;
  const tied = groupSizes(values).reduce((sum, size) => sum + size * (size - 1) * (2 * size + 5), 0);
  const variance = (n * (n - 1) * (2 * n + 5) - tied) / 18;
  return Math.min(1, errorFunctionComplement(Math.abs(score) / Math.sqrt(2 * variance)));
}

/** erfc for x from 0 on, within 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26). */
function errorFunctionComplement(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const factors = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return factors.reduce((sum, factor) => (sum + factor) * t, 0) * Math.exp(-x * x);
}
