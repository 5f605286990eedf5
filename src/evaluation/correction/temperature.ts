import { correctShares } from "./correction.ts";

/** What people answered, as weights of steps, and the simulated shares of these. */
interface Warmed {
  readonly positions: readonly number[];
  readonly units: readonly { readonly weight: number; readonly cells: readonly (readonly [number, number])[] }[];
  readonly shares: readonly number[];
}

const range = { coldest: 0.2, warmest: 5 };
/** Nothing that somebody answers is held to be impossible: each step has so much. */
const trace = 1e-3;
const golden = (Math.sqrt(5) - 1) / 2;

/** The temperature at which the shares foretell what people answered best, by the logarithmic score; by golden sections. */
export function temperatureOf(items: readonly Warmed[]): number {
  const miss = (logarithm: number): number => missAt(items, Math.exp(logarithm));
  let [low, high] = [Math.log(range.coldest), Math.log(range.warmest)];
  for (let step = 0; step < 40; step++) {
    const [one, other] = [high - golden * (high - low), low + golden * (high - low)];
    if (miss(one) < miss(other)) high = other;
    else low = one;
  }
  return Math.exp((low + high) / 2);
}

function missAt(items: readonly Warmed[], temperature: number): number {
  let sum = 0;
  for (const { positions, units, shares } of items) {
    const traced = shares.map((share) => share + trace);
    const warmed = correctShares(traced, positions, { temperature });
    for (const { weight, cells } of units)
      for (const [cell, share] of cells) sum -= weight * share * Math.log(warmed[cell] as number);
  }
  return sum;
}
