import { z } from "zod";
import type { Usage } from "../../../kernel/contracts/model.ts";

/** US dollars for a million tokens. */
export interface Price extends Rates {
  /** Other rates for the whole call when its prompt is longer than so many tokens. */
  readonly long?: Rates & { readonly overTokens: number };
  /** When it was read, as in `2026-10`; absent for a price of one's own. */
  readonly asOf?: string;
}

interface Rates {
  readonly input: number;
  readonly output: number;
  /** Absent: as `input`. */
  readonly cachedInput?: number;
  /** Absent: as `input`. */
  readonly cacheWrite?: number;
}

const rate = z.number().min(0);
const rates = { input: rate, output: rate, cachedInput: rate.optional(), cacheWrite: rate.optional() };

/** Prices as users give them, by the id of the model. */
export const PriceTable = z.record(
  z.string().regex(/^[^/]+(\/[^/]+)*$/, "This is no id of a model, as in openai/gpt-5-mini."),
  z.strictObject({
    ...rates,
    long: z.strictObject({ ...rates, overTokens: z.int().min(1) }).optional(),
    asOf: z.string().optional(),
  }),
);

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
