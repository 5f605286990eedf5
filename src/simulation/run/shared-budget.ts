import type { Budget } from "../../kernel/values/errors.ts";
import { nanoPerUsd, type PriceOf } from "../../model/flow/money/price.ts";
import { createPurse, nothing, type Purse } from "../../model/flow/money/purse.ts";

/** One wall for several runs: what each of them spends, and has spent before, counts for all. */
export interface SharedBudget {
  readonly limit: Budget;
  join(run: Joining): Promise<Purse>;
}

interface Joining {
  readonly id: string;
  readonly models: readonly string[];
  readonly priceOf: PriceOf;
  /** What its earlier openings have spent. */
  readonly spent: Budget;
}

/**
 * A budget that runs share: give it to each as `sharedBudget`.
 * @example
 * createSharedBudget({ calls: 200 }).limit; // => { calls: 200 }
 */
export function createSharedBudget(limit: Budget): SharedBudget {
  const joined = new Set<string>();
  let shared: Purse | undefined;
  return {
    limit,
    join: async ({ id, models, priceOf, spent }) => {
      shared ??= createPurse(limit, { priceOf });
      const purse = shared;
      for (const model of models) purse.priceOf(model);
      if (joined.has(id)) return purse;
      joined.add(id);
      const { calls = 0, tokens = 0, usd = 0 } = spent;
      (await purse.reserve(nothing)).settle({ calls, tokens, nanoUsd: Math.round(usd * nanoPerUsd) });
      return purse;
    },
  };
}
