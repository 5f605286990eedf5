import type { Listener } from "../../kernel/contracts/events.ts";
import type { Layer, Model } from "../../kernel/contracts/model.ts";
import { createRandom, type Random } from "../../kernel/values/random.ts";
import { withReask } from "../structured/reask.ts";
import { withOutputBound, withSignal } from "./bounds.ts";
import { withDeadline } from "./deadline.ts";
import { withLimit } from "./limit/layer.ts";
import { type Allowance, createLimiter, type Limiter } from "./limit/limiter.ts";
import { withBudget } from "./money/budget.ts";
import { createEstimator } from "./money/estimate.ts";
import { type Ledger, withLedger } from "./money/ledger.ts";
import type { PriceOf } from "./money/price.ts";
import type { Purse } from "./money/purse.ts";
import { type RetryOptions, withRetry } from "./retry.ts";
import { withSharing } from "./share.ts";
import { createStop, withGate } from "./stop.ts";
import type { Timer } from "./time.ts";
import { wrap } from "./wrap.ts";

/** What stands around a model: how much at once, how long, how often again, and who pays. */
export interface StackOptions {
  /** What the provider allows, or a limiter that several stacks share; 16 requests in flight when absent. */
  readonly limit?: Allowance | Limiter;
  /** Milliseconds for one attempt; 5 minutes when absent. */
  readonly deadlineMs?: number;
  readonly retry?: Pick<RetryOptions, "attempts" | "totalMs" | "firstMs" | "longestMs">;
  /** Bound of an answer for which the caller sets none; see `defaultOutputTokens`. */
  readonly maxOutputTokens?: number;
  readonly purse?: Purse;
  readonly ledger?: Ledger;
  readonly priceOf?: PriceOf;
  readonly random?: Random;
  readonly watch?: Listener;
  /** Cuts off every call, in flight or waiting. */
  readonly signal?: AbortSignal;
  /** Lets nothing new begin: waiting calls end, those in flight come home. */
  readonly stopping?: AbortSignal;
  readonly timer?: Timer;
}

/**
 * A model with everything that a paid call needs, in the one right order. From the outside in:
 *
 *     (replay)   outside of the stack: a call that is served again meets none of the below
 *     share      one call for those who ask the same at once, where sampling allows it: one place, one price
 *     signal     the run's abort reaches every call below
 *     stop       ends every wait below; what is in flight does not hear of it
 *     bound      every answer gets a bound, so that every reservation is finite
 *     re-ask     a second question is a call of its own: retried, reserved, counted
 *     retry      its waits hold neither a place nor a reservation
 *     limit      a place first, so that no more is reserved than can be in flight
 *     budget     each attempt is reserved and settled by itself
 *     flight     once the run is stopping, no further attempt begins
 *     ledger     each attempt is counted, failed ones too; "started" means that it is on its way
 *     deadline   the time of the attempt alone, not of its waiting
 *     the model
 *
 * Around a model that answers at once, nothing waits and nothing is in flight: a gate stands for signal, stop and
 * flight, there is no deadline and no retry, and a limit only where there are rates to keep.
 */
export function stack(model: Model, options: StackOptions = {}): Model {
  const { limit = {}, purse, ledger, timer, watch, signal, stopping } = options;
  const watched = watch === undefined ? {} : { watch };
  const priced = options.priceOf === undefined ? {} : { priceOf: options.priceOf };
  const limiter = "acquire" in limit ? limit : createLimiter(limit, timer);
  const estimator = createEstimator();
  const patienceMs = options.retry?.totalMs;
  const waits = model.atOnce !== true;
  const stop = waits && stopping ? createStop(stopping) : undefined;
  const layers: readonly (Layer | undefined)[] = [
    waits ? withDeadline(options.deadlineMs ?? usualDeadlineMs, timer) : undefined,
    ledger && withLedger(ledger, { ...watched, ...priced, estimator }),
    stop?.flight,
    purse && withBudget(purse, estimator),
    waits || hasRates(limiter)
      ? withLimit(limiter, { estimator, ...watched, ...(patienceMs !== undefined && { patienceMs }) })
      : undefined,
    waits ? retrying(model, options) : undefined,
    withReask(),
    withOutputBound(options.maxOutputTokens),
    stop?.waits,
    waits ? signal && withSignal(signal) : withGate(stopping, signal),
    withSharing({ atOnce: !waits }),
  ];
  return wrap(model, ...layers.filter((layer) => layer !== undefined));
}

const usualDeadlineMs = 300_000;

const hasRates = ({ allowance }: Limiter): boolean =>
  allowance.requestsPerMinute !== undefined || allowance.tokensPerMinute !== undefined;

function retrying(model: Model, { retry, random, timer, watch }: StackOptions): Layer {
  return withRetry({
    ...retry,
    random: random ?? createRandom(`flow ${model.id}`),
    ...(timer === undefined ? {} : { timer }),
    ...(watch === undefined ? {} : { watch }),
  });
}
