import type { Models } from "../kernel/contracts/context.ts";
import type { Embedder } from "../kernel/contracts/embedder.ts";
import type { Listener } from "../kernel/contracts/events.ts";
import type { CallLog } from "../kernel/contracts/journal.ts";
import type { Layer, Model } from "../kernel/contracts/model.ts";
import type { RunRecord, Store } from "../kernel/contracts/store.ts";
import { nearest } from "../kernel/text/nearest.ts";
import { type Budget, isTinyTroupeError, TinyTroupeError } from "../kernel/values/errors.ts";
import { createRandom } from "../kernel/values/random.ts";
import { askedAsModel } from "../model/embed/asked-as-model.ts";
import type { Limiters } from "../model/flow/limit/limits.ts";
import { createLedger, type Ledger, withReplayLedger } from "../model/flow/money/ledger.ts";
import type { PriceOf } from "../model/flow/money/price.ts";
import { createPurse, type Purse } from "../model/flow/money/purse.ts";
import { stack } from "../model/flow/stack.ts";
import { around, wrap } from "../model/flow/wrap.ts";
import { withReplay } from "../model/replay/replay.ts";
import type { SimulationOptions } from "./options.ts";
import { createInFlight } from "./run/ending/in-flight.ts";
import type { Signals } from "./run/ending/signals.ts";
import type { SharedBudget } from "./run/shared-budget.ts";
import { ledgerOf } from "./stored-ledger.ts";

/** The models of a run before and after all that stands around them; the same one twice is the same one after. */
export interface RunModels {
  readonly actor: Model;
  readonly judge: Model;
  /** Those that the program named. */
  readonly more: Readonly<Record<string, Model>>;
}

interface Paying {
  readonly options: Pick<SimulationOptions, "deadlineMs" | "retry">;
  readonly limiters: Limiters;
  readonly priceOf: PriceOf;
  readonly purse: Purse | undefined;
  readonly calls: CallLog;
  /** The run was never opened before. */
  readonly isNew: boolean;
  readonly seed: string;
  readonly signals: Signals;
  readonly watch: Listener;
}

export interface PaidModels {
  readonly models: Omit<Models, "embedder">;
  readonly ledger: Ledger;
  /** An embedder with the same around it, but for the replay: what it made is kept as vectors. */
  embedder(embedder: Embedder): Embedder;
  /** Resolves when no call is under way. */
  home(): Promise<void>;
  /** As `InFlight.begun`. */
  begun(): Promise<void>;
}

/**
 * The models of a run with all that stands around them: one journal to replay from, one ledger and one purse for both,
 * limits and retries, and the signals by which the run stops.
 */
export function paidModels({ actor, judge, more }: RunModels, paying: Paying): PaidModels {
  const { options, limiters, priceOf, purse, calls, seed, signals, watch } = paying;
  const ledger = createLedger({
    keep: ({ outcome: _outcome, price: _price, ...attempt }) => calls.attempted({ ...attempt, at: now() }),
  });
  const replay = withReplay(calls, { seed, watch, isNew: paying.isNew });
  const inFlight = createInFlight();
  const ending = endingWithMoney(signals);
  const stacked = (model: Model): Model =>
    stack(model, {
      limit: limiters.of(model.id),
      ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
      ...(options.retry && { retry: options.retry }),
      ...(purse && { purse }),
      ...{ ledger, priceOf, watch },
      random: createRandom(`${seed}/flow/${model.id}`),
      signal: signals.aborting,
      stopping: signals.stopping,
    });
  const paid = (model: Model): Model =>
    wrap(stacked(model), ending, replay, withReplayLedger(ledger, priceOf), inFlight.layer);
  const all = new Map([actor, judge, ...Object.values(more)].map((model) => [model, paid(model)]));
  const named = new Map(Object.entries({ ...more, actor, judge }).map(([name, model]) => [name, all.get(model)]));
  return {
    models: {
      ...{ actor: all.get(actor) as Model, judge: all.get(judge) as Model },
      named: (name) => named.get(name) ?? unnamed(name, [...named.keys()]),
    },
    ledger,
    embedder: (embedder) => askedAsModel(embedder, (model) => wrap(stacked(model), ending, inFlight.layer)),
    home: inFlight.home,
    begun: inFlight.begun,
  };
}

/**
 * The purse of a run, with what its earlier openings have spent: a budget is a wall for the run, however often it is
 * started. What nobody can know of an attempt counts as the most that it can have cost. Throws `PRICE_UNKNOWN` when
 * money is limited and the price of a model that may be asked is not known.
 */
export async function openPurse(
  budget: Budget | SharedBudget | undefined,
  run: {
    readonly asked: readonly Pick<Model, "id">[];
    readonly id: RunRecord["id"];
    readonly store: Store;
    readonly priceOf: PriceOf;
  },
): Promise<Purse | undefined> {
  if (budget === undefined) return undefined;
  const { priceOf, asked } = run;
  const isShared = "join" in budget;
  const empty = createPurse(isShared ? budget.limit : budget, { priceOf });
  for (const { id } of asked) empty.priceOf(id);
  const spentBy = async (id: RunRecord["id"]): Promise<Budget> => {
    const { paid } = await ledgerOf(run.store.listAttempts(id), empty.priceOf.bind(empty));
    const { calls, input, output, usd, unknownTokens, unknownUsd } = paid;
    return { calls, tokens: input + output + unknownTokens, usd: usd + unknownUsd };
  };
  if (!isShared) return createPurse(budget, { priceOf, spent: await spentBy(run.id) });
  const runsUnder = async (name: string) => {
    const runs = await run.store.listRuns();
    return runs.filter(({ details }) => details?.["budget"] === name).map(({ id }) => id);
  };
  return budget.join({ id: run.id, models: asked.map(({ id }) => id), priceOf, spentBy, runsUnder });
}

function unnamed(name: string, known: readonly string[]): never {
  const [near] = nearest(name, known);
  throw new TinyTroupeError("MODEL_UNKNOWN", `No model is called '${name}' in this run.`, {
    data: { spec: name },
    hint: `${near === undefined ? "" : `Did you mean '${near}'? `}Name it where the run is opened or in the configuration file, as in models: { cheap: "openai/gpt-5-nano" }. There are: ${known.join(", ")}.`,
  });
}

const now = (): string => new Date().toISOString();

/** When the budget is spent the run is over: what still fits would be asked in a story that lacks what did not. */
function endingWithMoney({ stop }: Signals): Layer {
  return (model) =>
    around(model, async (_call, ask) => {
      try {
        return await ask();
      } catch (error) {
        if (isTinyTroupeError(error, "BUDGET_EXCEEDED")) stop(error);
        throw error;
      }
    });
}
