import { dirname, join, resolve } from "node:path";
import type { Model } from "../kernel/contracts/model.ts";
import type { RunRecord, Store } from "../kernel/contracts/store.ts";
import { createClock } from "../kernel/values/clock.ts";
import { isTinyTroupeError, TinyTroupeError } from "../kernel/values/errors.ts";
import { createRandom } from "../kernel/values/random.ts";
import type { ModelChoice } from "../model/default.ts";
import { openJournal } from "../store/journal.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { choiceOf, lateEmbedder, openRunModel } from "./models.ts";
import { momentOf, type SimulationOptions } from "./options.ts";
import { paidModels } from "./paid-models.ts";
import { createContext } from "./run/context.ts";
import { runIdOf } from "./run/identity.ts";
import { ownStore, projectStore } from "./run/project-store.ts";
import { createSignals } from "./run/signals.ts";
import { createWatchers } from "./run/watchers.ts";
import { Simulation } from "./simulation.ts";

/**
 * Opens a run, or goes on with it: the same name, seed and model are the same run, and what it has asked before is
 * answered from its journal. Close it when you are done (`await using` does).
 * @throws MODEL_UNKNOWN, KEY_MISSING, PRICE_UNKNOWN, RUN_UNKNOWN, RUN_BUSY, STORE_LOCKED, STORE_NEWER, STORE_FAILED,
 * OPTION_INVALID
 * @example
 * await using simulation = await openSimulation({ name: "hello", seed: 7, model: "builtin" });
 * const [lisa] = await simulation.loadPeople("lisa");
 */
export async function openSimulation(options: SimulationOptions): Promise<Simulation> {
  const environment = options.environment ?? readEnvironment();
  const folder = resolve(environment.folder, options.folder ?? ".");
  const startAt = momentOf(options.startAt);
  const { store, own } = await storeOf(options, environment);
  try {
    const resumed = options.resume === undefined ? undefined : await knownRun(store, options.resume);
    const { choice, actor } = await modelOf(options, environment, resumed);
    const judge =
      options.judge === undefined
        ? actor
        : await openRunModel(options.judge, { ...options, environment, agreed: false });
    return await assemble({ options, environment, folder, startAt, store, own, resumed, choice, actor, judge });
  } catch (error) {
    if (own) await store.close();
    throw error;
  }
}

interface Prepared {
  readonly options: SimulationOptions;
  readonly environment: Environment;
  readonly folder: string;
  readonly startAt: Date | undefined;
  readonly store: Store;
  readonly own: boolean;
  readonly resumed: RunRecord | undefined;
  readonly choice: ModelChoice;
  readonly actor: Model;
  readonly judge: Model;
}

async function assemble(prepared: Prepared): Promise<Simulation> {
  const { options, environment, store, resumed, choice, actor, judge } = prepared;
  const watchers = createWatchers(options.onEvent);
  const signals = createSignals(options.signal);
  const clock = createClock(prepared.startAt);
  const seed = resumed?.seed ?? String(options.seed ?? 1);
  const name = resumed?.name ?? options.name;
  const heuristic = actor.id === "builtin";
  const run = { id: resumed?.id ?? runIdOf({ name, seed, model: actor.id }), name, seed, model: actor.id };
  const journal = await openJournal(store, {
    run: { ...run, ...(heuristic && { heuristic }) },
    clock,
    watch: watchers.watch,
  });
  const paid = paidModels(
    { actor, judge },
    { options, calls: journal.journal.calls, seed, signals, watch: watchers.watch },
  );
  const embedder = lateEmbedder(options.embedder, { environment, watch: watchers.watch });
  const context = createContext({
    run: run.id,
    random: createRandom(seed),
    clock,
    models: { ...paid.models, embedder },
    journal: journal.journal,
    signal: signals.stopping,
    watch: watchers.watch,
    streaming: options.stream ?? false,
  });
  return new Simulation({
    ...{ name, seed, choice, context, store, heuristic },
    ledger: paid.ledger,
    folder: prepared.folder,
    resultsFolder: join(dirname(resolve(environment.folder, projectStore(environment))), "runs", run.id),
    personOptions: options.safety === undefined ? {} : { safety: options.safety },
    subscribe: watchers.subscribe,
    stop: signals.stop,
    abort: signals.abort,
    finish: async (status) => {
      await journal.finish(status === "running" ? "stopped" : status);
      await Promise.all([actor.close?.(), judge === actor ? undefined : judge.close?.(), embedder.close?.()]);
    },
    release: async () => {
      if (prepared.own) await store.close();
    },
  });
}

async function storeOf(options: SimulationOptions, environment: Environment): Promise<{ store: Store; own: boolean }> {
  if (typeof options.store === "object") return { store: options.store, own: false };
  const path = options.store === undefined ? projectStore(environment) : resolve(environment.folder, options.store);
  return { store: await ownStore(path, options.store === undefined), own: true };
}

async function knownRun(store: Store, id: string): Promise<RunRecord> {
  const run = await store.getRun(id);
  if (run !== undefined) return run;
  throw new TinyTroupeError("RUN_UNKNOWN", `There is no run '${id}' in ${store.location}.`, {
    data: { run: id },
    hint: "See the runs with: tinytroupe runs list",
  });
}

/** The model that was asked for, or the best found; a model that nobody asked for and that cannot be had gives way to the rehearsal. */
async function modelOf(
  options: SimulationOptions,
  environment: Environment,
  resumed: RunRecord | undefined,
): Promise<{ choice: ModelChoice; actor: Model }> {
  const wanted = options.model ?? resumed?.model;
  const choice = await choiceOf(wanted, resumed && !options.model ? `run ${resumed.id}` : "--model", {
    ...options,
    environment,
  });
  const machine = { ...options, environment, agreed: choice.fetch === true };
  const spec = wanted === undefined || typeof wanted === "string" ? choice.spec : wanted;
  try {
    return { choice, actor: await openRunModel(spec, machine) };
  } catch (error) {
    if (!choice.fetch || !isTinyTroupeError(error, "MODEL_DOWNLOAD", "MODEL_UNAVAILABLE", "PACKAGE_MISSING"))
      throw error;
    const reason = `Using builtin (rules, no language model: ${choice.spec} could not be had: ${error.message})`;
    return { choice: { spec: "builtin", reason }, actor: await openRunModel("builtin", machine) };
  }
}
