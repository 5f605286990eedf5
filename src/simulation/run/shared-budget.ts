import type { RunRecord } from "../../kernel/contracts/store.ts";
import { checkKeys } from "../../kernel/text/known-keys.ts";
import type { Budget } from "../../kernel/values/errors.ts";
import { nanoPerUsd, type PriceOf } from "../../model/flow/money/price.ts";
import { checkBudget, createPurse, nothing, type Purse } from "../../model/flow/money/purse.ts";

/** One wall for several runs: what each of them spends, and has spent before, counts for all. */
export interface SharedBudget {
  readonly limit: Budget;
  /** Known by a name, it counts what runs under it spent in programs before this one, too. */
  readonly name?: string;
  join(run: Joining): Promise<Purse>;
}

interface Joining {
  readonly id: RunRecord["id"];
  readonly models: readonly string[];
  readonly priceOf: PriceOf;
  /** What earlier openings of a run have spent. */
  spentBy(run: RunRecord["id"]): Promise<Budget>;
  /** The runs that were ever opened under a budget of this name. */
  runsUnder(name: string): Promise<readonly RunRecord["id"][]>;
}

/**
 * A budget that runs share: give it to each as `sharedBudget`. With a name it is a wall over all starts of a program;
 * without one, each run counts from when it is opened. OPTION_INVALID for what is no budget.
 * @example
 * createSharedBudget({ calls: 200 }, { name: "pilot" }).limit; // => { calls: 200 }
 */
export function createSharedBudget(limit: Budget, options: { readonly name?: string } = {}): SharedBudget {
  checkBudget(limit);
  checkKeys(options, { name: true }, "the options of a shared budget");
  const { name } = options;
  const joined = new Map<RunRecord["id"], Promise<void>>();
  let earlier: Promise<unknown> | undefined;
  let shared: Purse | undefined;
  const count = (purse: Purse, run: RunRecord["id"], { spentBy }: Joining): Promise<void> => {
    const counted = joined.get(run) ?? spentBy(run).then((spent) => spend(purse, spent));
    joined.set(run, counted);
    return counted;
  };
  return {
    limit,
    ...(name !== undefined && { name }),
    join: async (run) => {
      shared ??= createPurse(limit, { priceOf: run.priceOf });
      const purse = shared;
      for (const model of run.models) purse.priceOf(model);
      if (name !== undefined) {
        earlier ??= run.runsUnder(name).then((runs) => Promise.all(runs.map((one) => count(purse, one, run))));
        await earlier;
      }
      await count(purse, run.id, run);
      return purse;
    },
  };
}

async function spend(purse: Purse, { calls = 0, tokens = 0, usd = 0 }: Budget): Promise<void> {
  (await purse.reserve(nothing)).settle({ calls, tokens, nanoUsd: Math.round(usd * nanoPerUsd) });
}
