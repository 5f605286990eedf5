import type { Layer, Usage } from "../../../kernel/contracts/model.ts";
import { aborted } from "../time.ts";
import { around, type Call } from "../wrap.ts";
import { failedUsage, isCounted, mostUsage } from "./billed.ts";
import { createEstimator, type Estimator } from "./estimate.ts";
import { mostNanoUsd, nanoUsd, type Price } from "./price.ts";
import { type Amount, nothing, type Purse } from "./purse.ts";

/**
 * Reserves the worst case of every attempt before it is made (the prompt's upper estimate plus `maxOutputTokens`; the
 * whole context when the answer has no bound) and settles it with what it cost. Throws `PRICE_UNKNOWN` at once when
 * the purse limits money and the model's price is not known. An attempt whose cost nobody can know (a time-out, a
 * cut stream, a server that counts nothing) counts in full.
 */
export function withBudget(purse: Purse, estimator: Estimator = createEstimator()): Layer {
  return (model) => {
    const price = purse.priceOf(model.id);
    return around(model, async (call, ask) => {
      const expected = mostUsage(call, estimator, model.limits);
      const hold = await purse.reserve(amountOf(expected, price, mostNanoUsd), call.signal);
      if (call.signal?.aborted) {
        hold.settle(nothing);
        throw aborted(call.signal);
      }
      let actual = hold.amount;
      try {
        const answer = await ask();
        if (isCounted(answer)) actual = amountOf(answer.usage, price, nanoUsd);
        if (answer.usage.input > 0) estimator.observe(call, answer.usage);
        return answer;
      } catch (error) {
        actual = failedAmount(error, { call, estimator, price }) ?? hold.amount;
        throw error;
      } finally {
        hold.settle(actual);
      }
    });
  };
}

function failedAmount(
  error: unknown,
  { call, estimator, price }: { call: Call; estimator: Estimator; price: Price | undefined },
): Amount | undefined {
  const usage = failedUsage(error);
  if (usage === undefined) return undefined;
  if (usage.input > 0) estimator.observe(call, usage);
  return amountOf(usage, price, nanoUsd);
}

function amountOf(usage: Usage, price: Price | undefined, cost: typeof nanoUsd): Amount {
  return {
    calls: 1,
    tokens: usage.input + usage.output,
    nanoUsd: price === undefined ? 0 : cost(usage, price),
  };
}
