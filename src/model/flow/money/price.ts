import type { Usage } from "../../../kernel/contracts/model.ts";

/** US dollars for a million tokens. */
export interface Price extends Rates {
  /** Other rates for the whole call when its prompt is longer than so many tokens. */
  readonly long?: Rates & { readonly overTokens: number };
}

interface Rates {
  readonly input: number;
  readonly output: number;
  /** Absent: as `input`. */
  readonly cachedInput?: number;
  /** Absent: as `input`. */
  readonly cacheWrite?: number;
}

/** The price of a model by its id; undefined says unknown, never free. */
export type PriceOf = (model: string) => Price | undefined;

/** Money is counted in whole billionths of a dollar, so that a sum is exact and a wall is a wall. */
export const nanoPerUsd = 1e9;

/**
 * What a call cost, in billionths of a dollar, rounded up.
 * @example
 * nanoUsd({ input: 1000, output: 10 }, { input: 0.25, output: 2 }); // => 270000
 */
export function nanoUsd(usage: Usage, price: Price): number {
  const { cachedInput = 0, cacheWrite = 0 } = usage;
  const rates = ratesOf(usage, price);
  const plain = Math.max(0, usage.input - cachedInput - cacheWrite);
  const dollarsPerMillion =
    plain * rates.input +
    cachedInput * (rates.cachedInput ?? rates.input) +
    cacheWrite * (rates.cacheWrite ?? rates.input) +
    usage.output * rates.output;
  return Math.ceil(dollarsPerMillion * 1000 - 1e-6);
}

/** The most that so many tokens can cost: nothing cached, everything written to the cache. */
export function mostNanoUsd(usage: Usage, price: Price): number {
  const rates = ratesOf(usage, price);
  const input = Math.max(rates.input, rates.cacheWrite ?? 0, rates.cachedInput ?? 0);
  return nanoUsd({ input: usage.input, output: usage.output }, { input, output: rates.output });
}

function ratesOf(usage: Usage, { long, ...usual }: Price): Rates {
  return long !== undefined && usage.input > long.overTokens ? long : usual;
}
