import { checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import { type Budget, TinyTroupeError } from "../../../kernel/values/errors.ts";
import { counted } from "../../../kernel/values/usage.ts";
import { aborted } from "../time.ts";
import { nanoPerUsd, type Price, type PriceOf } from "./price.ts";

/** What a call takes out of a purse. Money is in whole billionths of a dollar. */
export interface Amount {
  readonly calls: number;
  readonly tokens: number;
  readonly nanoUsd: number;
}

/**
 * Calls, tokens and money that may be spent, and not more: what is reserved counts as spent until it is settled.
 * One purse serves all models of a run.
 */
export interface Purse {
  readonly limit: Budget;
  /** Spent so far; `usd` counts the calls whose price is known (all of them when money is limited). */
  readonly spent: Budget;
  /** Reserved by calls in flight. */
  readonly held: Budget;
  /**
   * Sets an amount aside. Waits when it does not fit only because of what is in flight, first come, first served;
   * rejects with `BUDGET_EXCEEDED` when it would not fit even if all of that cost nothing, and with `ABORTED`.
   */
  reserve(wanted: Amount, signal?: AbortSignal): Promise<Hold>;
  /** The price to count with. Throws `PRICE_UNKNOWN` when money is limited and the price is not known. */
  priceOf(model: string): Price | undefined;
}

/** An amount set aside; it must be settled once. */
export interface Hold {
  readonly amount: Amount;
  /** Gives back what was set aside and takes what it really was. */
  settle(actual: Amount): void;
}

export interface PurseOptions {
  readonly priceOf: PriceOf;
  /** What an earlier session of the same run has spent already. */
  readonly spent?: Budget;
}

const kinds: KeysOf<Budget> = { calls: true, tokens: true, usd: true };

/** OPTION_INVALID for what is no budget: a wall that is misspelt would be none. */
export function checkBudget(limit: Budget): void {
  checkKeys(limit, kinds, "a budget");
  for (const [field, value] of Object.entries(limit)) {
    if (value === undefined || (typeof value === "number" && value >= 0)) continue;
    throw new TinyTroupeError("OPTION_INVALID", `A budget of ${value} ${field} means nothing.`, {
      data: { option: `budget.${field}`, value },
      hint: "Give a number from 0 up, or leave the field out for no limit.",
    });
  }
}

/**
 * A purse with a limit; an absent field is not limited.
 * @example
 * const purse = createPurse({ calls: 2 }, { priceOf: () => undefined });
 * (await purse.reserve({ calls: 1, tokens: 900, nanoUsd: 0 })).settle({ calls: 1, tokens: 120, nanoUsd: 0 });
 * purse.spent.calls; // => 1
 */
export function createPurse(limit: Budget, options: PurseOptions): Purse {
  checkBudget(limit);
  return new CountedPurse(limit, options);
}

export const nothing: Amount = { calls: 0, tokens: 0, nanoUsd: 0 };

interface Waiter {
  readonly wanted: Amount;
  grant(): void;
  refuse(): void;
}

class CountedPurse implements Purse {
  readonly limit: Budget;
  readonly #wall: Amount;
  readonly #priceOf: PriceOf;
  readonly #queue = new Set<Waiter>();
  #spent: Amount;
  #held = nothing;

  constructor(limit: Budget, { priceOf, spent = {} }: PurseOptions) {
    this.limit = { ...limit };
    this.#wall = amountOf(limit, Number.POSITIVE_INFINITY);
    this.#spent = amountOf(spent, 0);
    this.#priceOf = priceOf;
  }

  get spent(): Budget {
    return budgetOf(this.#spent);
  }

  get held(): Budget {
    return budgetOf(this.#held);
  }

  priceOf(model: string): Price | undefined {
    const price = this.#priceOf(model);
    if (price !== undefined || this.limit.usd === undefined) return price;
    throw new TinyTroupeError(
      "PRICE_UNKNOWN",
      `The price of ${model} is not known, so a budget in dollars cannot hold.`,
      {
        data: { model },
        hint: "Limit calls or tokens instead, or take a model whose price is known.",
      },
    );
  }

  reserve(wanted: Amount, signal?: AbortSignal): Promise<Hold> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      const leave = () => {
        this.#queue.delete(waiter);
        signal?.removeEventListener("abort", stop);
      };
      const stop = () => {
        leave();
        reject(aborted(signal));
        this.#serve();
      };
      const waiter: Waiter = {
        wanted,
        grant: () => {
          leave();
          resolve(this.#hold(wanted));
        },
        refuse: () => {
          leave();
          reject(this.#exceeded(wanted));
        },
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#queue.add(waiter);
      this.#serve();
    });
  }

  #hold(amount: Amount): Hold {
    this.#held = sum(this.#held, amount);
    let open = true;
    return {
      amount,
      settle: (actual) => {
        if (!open) return;
        open = false;
        this.#held = sum(this.#held, amount, -1);
        this.#spent = sum(this.#spent, actual);
        this.#serve();
      },
    };
  }

  /** In order of arrival, so that a large wish is not overtaken for ever by small ones. */
  #serve(): void {
    for (const waiter of this.#queue) {
      const after = sum(this.#spent, waiter.wanted);
      if (!within(after, this.#wall)) waiter.refuse();
      else if (within(sum(after, this.#held), this.#wall)) waiter.grant();
      else break;
    }
  }

  #exceeded(wanted: Amount): TinyTroupeError {
    const data = { limit: this.limit, spent: this.spent, wanted: budgetOf(wanted) };
    return new TinyTroupeError("BUDGET_EXCEEDED", `The next call could pass the budget: ${describe(data)}.`, {
      data,
      hint: "Raise the budget or take a cheaper model, then resume: what was paid for is kept and not paid again.",
    });
  }
}

function sum(one: Amount, other: Amount, sign: 1 | -1 = 1): Amount {
  return {
    calls: one.calls + sign * other.calls,
    tokens: one.tokens + sign * other.tokens,
    nanoUsd: one.nanoUsd + sign * other.nanoUsd,
  };
}

function within(amount: Amount, wall: Amount): boolean {
  return amount.calls <= wall.calls && amount.tokens <= wall.tokens && amount.nanoUsd <= wall.nanoUsd;
}

function amountOf({ calls, tokens, usd }: Budget, absent: number): Amount {
  return {
    calls: calls ?? absent,
    tokens: tokens ?? absent,
    nanoUsd: usd === undefined ? absent : Math.floor(usd * nanoPerUsd + 1e-3),
  };
}

function budgetOf({ calls, tokens, nanoUsd }: Amount): Required<Budget> {
  return { calls, tokens, usd: nanoUsd / nanoPerUsd };
}

function describe({ limit, spent, wanted }: Record<"limit" | "spent" | "wanted", Budget>): string {
  const fields = (["calls", "tokens", "usd"] as const).filter((field) => limit[field] !== undefined);
  return fields
    .map((field) => `${show(spent, field)} spent and up to ${show(wanted, field)} wanted of ${show(limit, field)}`)
    .join("; ");
}

function show(budget: Budget, field: keyof Budget): string {
  const value = budget[field] ?? 0;
  if (field === "usd") return `$${value.toFixed(value < 1 ? 4 : 2)}`;
  return counted(value, field.slice(0, -1));
}
