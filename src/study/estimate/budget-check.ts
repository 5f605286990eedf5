import type { Budget } from "../../kernel/values/errors.ts";
import type { Ledger, LedgerSums } from "../../model/flow/money/ledger.ts";
import { mostNanoUsd, nanoPerUsd, type PriceOf } from "../../model/flow/money/price.ts";
import { most } from "./bands.ts";
import type { MeteredCall } from "./meter.ts";

/**
 * Whether a budget would let the study come to its end: `holds`; `tight`, where it depends on how the answers turn out;
 * `short`, where even the least is too much; `unknown`, where it is in dollars and a price is not known.
 */
export interface BudgetCheck {
  readonly limit: Budget;
  readonly verdict: "holds" | "tight" | "short" | "unknown";
  /** With what earlier openings have spent, and room for the last call: a call that could pass the wall is not made. */
  readonly needed: { readonly low: Required<Budget>; readonly high: Required<Budget> };
}

interface Checking {
  readonly low: Ledger;
  readonly high: Ledger;
  readonly spent: Ledger;
  readonly priceOf: PriceOf;
  readonly rehearsed: { readonly calls: readonly MeteredCall[] };
}

/** Compares a budget with what the study needs of it. */
export function checkBudget(limit: Budget, { low, high, spent, priceOf, rehearsed }: Checking): BudgetCheck {
  const before = amountOf(spent.paid);
  const last = { calls: 0, ...lastReservation(rehearsed.calls, priceOf) };
  const needed = { low: sum(before, amountOf(low.paid)), high: sum(sum(before, amountOf(high.paid)), last) };
  const unpriced = limit.usd !== undefined && high.paid.unpriced + spent.paid.unpriced > 0;
  const verdict = unpriced
    ? "unknown"
    : within(needed.high, limit)
      ? "holds"
      : within(needed.low, limit)
        ? "tight"
        : "short";
  return { limit, verdict, needed };
}

/** What the purse sets aside for a call beyond what it is expected to use: the bound of its answer, above all. */
function lastReservation(calls: readonly MeteredCall[], priceOf: PriceOf): Pick<Required<Budget>, "tokens" | "usd"> {
  const beyond = calls.map((call) => {
    const price = priceOf(call.model);
    const expected = most(call, price);
    const held = { input: 2 * call.prompt, output: call.room };
    const extra = held.input + held.output - expected.input - expected.output;
    return {
      tokens: Math.max(0, extra),
      usd: price === undefined ? 0 : Math.max(0, mostNanoUsd(held, price) - mostNanoUsd(expected, price)) / nanoPerUsd,
    };
  });
  const largest = (field: "tokens" | "usd"): number => beyond.reduce((found, one) => Math.max(found, one[field]), 0);
  return { tokens: largest("tokens"), usd: largest("usd") };
}

function amountOf({ calls, input, output, usd, unknownTokens, unknownUsd }: LedgerSums): Required<Budget> {
  return { calls, tokens: input + output + unknownTokens, usd: usd + unknownUsd };
}

function sum(one: Required<Budget>, other: Required<Budget>): Required<Budget> {
  return { calls: one.calls + other.calls, tokens: one.tokens + other.tokens, usd: one.usd + other.usd };
}

function within(amount: Required<Budget>, limit: Budget): boolean {
  return (["calls", "tokens", "usd"] as const).every(
    (field) => amount[field] <= (limit[field] ?? Number.POSITIVE_INFINITY),
  );
}
