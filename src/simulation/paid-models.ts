import type { Listener } from "../kernel/contracts/events.ts";
import type { CallLog } from "../kernel/contracts/journal.ts";
import type { Model } from "../kernel/contracts/model.ts";
import { createRandom } from "../kernel/values/random.ts";
import { priceOf } from "../model/catalogue/price-of.ts";
import { createLedger, type Ledger } from "../model/flow/money/ledger.ts";
import { createPurse } from "../model/flow/money/purse.ts";
import { stack } from "../model/flow/stack.ts";
import { wrap } from "../model/flow/wrap.ts";
import { withReplay } from "../model/replay/replay.ts";
import type { SimulationOptions } from "./options.ts";
import { type Signals, withGate } from "./run/signals.ts";

interface Paying {
  readonly options: SimulationOptions;
  readonly calls: CallLog;
  readonly seed: string;
  readonly signals: Signals;
  readonly watch: Listener;
}

/**
 * The models of a run with all that stands around them: one journal to replay from, one ledger and one purse for both,
 * limits, retries, and the gate that closes when the run stops.
 */
export function paidModels(
  { actor, judge }: { readonly actor: Model; readonly judge: Model },
  { options, calls, seed, signals, watch }: Paying,
): { readonly models: { readonly actor: Model; readonly judge: Model }; readonly ledger: Ledger } {
  const ledger = createLedger();
  const purse = options.budget && createPurse(options.budget, { priceOf });
  const replay = withReplay(calls, { seed, watch });
  const around = (model: Model): Model => {
    purse?.priceOf(model.id);
    const paid = stack(model, {
      ...(options.concurrency !== undefined && { limit: options.concurrency }),
      ...(purse && { purse }),
      ...{ ledger, priceOf, watch },
      random: createRandom(`${seed}/flow/${model.id}`),
      signal: signals.aborting,
    });
    return wrap(paid, withGate(signals.stopping), replay);
  };
  const paidActor = around(actor);
  return { models: { actor: paidActor, judge: judge === actor ? paidActor : around(judge) }, ledger };
}
