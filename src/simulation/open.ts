import { resolve } from "node:path";
import type { Context } from "../kernel/contracts/context.ts";
import type { Embedder } from "../kernel/contracts/embedder.ts";
import type { Listener } from "../kernel/contracts/events.ts";
import type { CallRecord } from "../kernel/contracts/journal.ts";
import type { Model } from "../kernel/contracts/model.ts";
import type { RunRecord, Store } from "../kernel/contracts/store.ts";
import { type Clock, createClock } from "../kernel/values/clock.ts";
import { errorRecord, isTinyTroupeError, TinyTroupeError } from "../kernel/values/errors.ts";
import { createRandom } from "../kernel/values/random.ts";
import { priceList } from "../model/catalogue/price-of.ts";
import type { ModelChoice } from "../model/default.ts";
import type { Limiters } from "../model/flow/limit/limits.ts";
import { asked, createLedger, type LedgerEntry } from "../model/flow/money/ledger.ts";
import type { PriceOf } from "../model/flow/money/price.ts";
import { describeEmbedder } from "../model/open.ts";
import { type OpenJournal, openJournal, type RunData } from "../store/journal.ts";
import { knownRun } from "../store/story.ts";
import { configured } from "./configuration/configuration.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { choiceOf, isOwnModel, judgeModel, lateEmbedder, moreModels, openRunModel } from "./models.ts";
import { beginningOf, checkedPrices, checkOptions, limitersOf, type SimulationOptions } from "./options.ts";
import { openPurse, paidModels, type RunModels } from "./paid-models.ts";
import { createApproval } from "./run/approvals.ts";
import { createContext } from "./run/context.ts";
import { createRevisions } from "./run/edits/revisions.ts";
import { type Closing, closeAll } from "./run/ending/closing.ts";
import { createSignals } from "./run/ending/signals.ts";
import { endOf } from "./run/ending/status.ts";
import { checkedName, runIdOf } from "./run/identity.ts";
import { createGates } from "./run/listeners/gates.ts";
import { createWatchers } from "./run/listeners/watchers.ts";
import { openOutside } from "./run/outside.ts";
import { parentOfFork, refuseOther } from "./run/parent.ts";
import { ownStore, projectStore, resultsFolder } from "./run/project-store.ts";
import { Simulation } from "./simulation.ts";
import { ledgerOf, pricesIn } from "./stored-ledger.ts";

/**
 * Opens a run, or goes on with it: the same name, seed and model are the same run, and what it has asked before is
 * answered from its journal. Close it when you are done (`await using` does).
 * @throws MODEL_UNKNOWN, KEY_MISSING, PRICE_UNKNOWN, RUN_UNKNOWN, RUN_BUSY, STORE_LOCKED, STORE_NEWER, STORE_FAILED,
 * CONFIG_INVALID, OPTION_INVALID, NAME_TAKEN (of a fork), PATH_OUTSIDE
 * @example
 * await using simulation = await openSimulation({ name: "hello", seed: 7, model: "builtin" });
 * const [lisa] = await simulation.loadPeople("lisa");
 */
export async function openSimulation(given: SimulationOptions): Promise<Simulation> {
  checkOptions(given);
  const environment = given.environment ?? readEnvironment();
  const { options, modelFrom, warnings } = await configured(given, environment);
  const { moment, zone } = beginningOf(options.startAt) ?? {};
  const clock = createClock(moment, zone);
  const limiters = limitersOf(options);
  checkedName(options.name);
  const opened: Closing[] = [];
  try {
    const { store, own } = await storeOf(options, environment);
    if (own) opened.push(() => store.close());
    const resumed = options.resume === undefined ? undefined : await knownRun(store, options.resume);
    const parent = resumed === undefined ? await parentOfFork(store, options) : undefined;
    const { models, choice } = await modelsOf({ options, environment, store, modelFrom, resumed, parent, opened });
    const settled = { options, environment, clock, limiters, warnings };
    return await assemble({ ...settled, store, own, resumed, parent, choice, models, opened });
  } catch (error) {
    await closeAll(opened).catch(() => undefined); // what went wrong first is what is told
    throw error;
  }
}

interface Prepared {
  readonly options: SimulationOptions;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly limiters: Limiters;
  /** What is odd about the project's settings. */
  readonly warnings: readonly string[];
  readonly store: Store;
  readonly own: boolean;
  readonly resumed: RunRecord | undefined;
  readonly parent: RunRecord | undefined;
  readonly choice: ModelChoice;
  readonly models: RunModels;
  readonly opened: readonly Closing[];
}

async function assemble(prepared: Prepared): Promise<Simulation> {
  const { options, environment, clock, limiters, store, choice, models } = prepared;
  const { watch, subscribe } = createWatchers(options.onEvent);
  for (const message of prepared.warnings) watch({ type: "warning", message });
  const beside = resultsFolder(prepared.own ? store.location : projectStore(environment), identityOf(prepared).id);
  const spec = embedderFor(options, models.actor);
  const { run, journal, purse, priceOf, reused } = await begin(prepared, await describeEmbedder(spec), watch);
  const signals = createSignals(options.signal);
  const { calls } = journal.journal;
  const isNew = journal.take === 1 && prepared.parent === undefined;
  const { arriveAt, ...gates } = createGates();
  const revisions = createRevisions();
  const paid = paidModels(models, { options, limiters, priceOf, purse, calls, isNew, seed: run.seed, signals, watch });
  const embedder = await lateEmbedder(spec, { environment, watch, paid: paid.embedder });
  const closing = [...prepared.opened, ...(typeof options.embedder === "object" ? [] : [() => embedder.close?.()])];
  const { outside, close: closeOutside } = openOutside(environment);
  closing.push(closeOutside);
  const given = {
    ...{ run: run.id, random: createRandom(run.seed), clock, watch, streaming: options.stream ?? false },
    ...{ models: { ...paid.models, embedder }, journal: journal.journal },
    ...{ signal: signals.stopping, cutOff: signals.aborting },
    approve: createApproval(options, signals),
    simulating: simulatingOf(prepared),
    ...{ arriveAt, revisions, outside },
  };
  const context = createContext(given, { store, megabytes: options.peopleMegabytes });
  return new Simulation({
    ...{ name: run.name, seed: run.seed, heuristic: run.heuristic ?? false, choice, context, store },
    ...{ subscribe, gates, revisions, reused, ledger: paid.ledger },
    spent: () => journal.journal.settle().then(() => ledgerOf(store.listAttempts(run.id), priceOf)),
    folder: resolve(environment.folder, options.folder ?? "."),
    resultsFolder: options.results === undefined ? beside : resolve(environment.folder, options.results),
    safety: options.safety,
    stop: signals.stop,
    abort: signals.abort,
    finish: async (status) => {
      // What was asked in time is asked, however many may be in flight at once: else that would be for the slow to lose.
      if (status === "finished" || status === "left") await paid.begun();
      signals.stop(ended(run.id));
      await paid.home();
      const saved = reused.replayed.calls > 0 && { reused: reused.replayed };
      await journal.finish(endOf(status, journal), { ...saved });
    },
    release: () => closeAll(closing),
  });
}

/** The run taken for oneself, with its prices and its purse. */
async function begin(prepared: Prepared, embedder: Pick<Embedder, "id" | "billed">, watch: Listener) {
  const { options, clock, store, models } = prepared;
  const identity = identityOf(prepared);
  const prices = await pricesOf(prepared, identity.id);
  const priceOf = priceList(prices);
  if (options.fork !== undefined) refuseOther(options.fork, await store.getRun(identity.id));
  const described = options.fork?.described;
  const budget = options.sharedBudget?.name;
  const details = {
    ...options.details,
    ...(described && { fork: described }),
    ...(Object.keys(prices).length > 0 && { prices }),
    ...(budget !== undefined && { budget }),
    ...((options.judge !== undefined || models.judge.id !== models.actor.id) && { judge: models.judge.id }),
  };
  const run = { ...identity, ...(Object.keys(details).length > 0 && { details }) };
  const reused = createLedger();
  const count = (call: CallRecord): void => reused.record(reusedEntry(call, priceOf));
  const asked = [models.actor, models.judge, ...Object.values(models.more), ...(embedder.billed ? [embedder] : [])];
  const spent = () => openPurse(options.sharedBudget ?? options.budget, { asked, id: run.id, store, priceOf });
  const opening = () => openJournal(store, { run, clock, watch, reused: count });
  return { run, priceOf, reused, ...(await take(spent, opening, watch)) };
}

function identityOf({ models: { actor, judge }, ...prepared }: Prepared): RunData {
  const { options, parent } = prepared;
  const heuristic = (actor.id === "builtin" || judge.id === "builtin") && { heuristic: true as const };
  const at = options.fork?.at;
  const from = parent && { parent: { run: parent.id, ...(at !== undefined && { at }) } };
  return { ...playedBy(actor.id, prepared), ...heuristic, ...from };
}

/** Which run it is where this model plays. */
function playedBy(
  model: string,
  { options, resumed, parent }: Pick<Prepared, "options" | "resumed" | "parent">,
): Pick<RunData, "id" | "name" | "seed" | "model"> {
  const seeded = String(options.seed ?? parent?.seed ?? 1);
  const { name, seed } = resumed ?? { name: checkedName(options.name), seed: seeded };
  const run = { name, seed, model };
  return { id: resumed?.id ?? runIdOf(run), ...run };
}

/** What a fork does in the real world its parent did not do: unless it is wanted, it is simulated. */
function simulatingOf({ options: { effects }, parent, resumed }: Prepared): Context["simulating"] {
  if (effects === "simulate") return true;
  const isFork = (parent ?? resumed?.parent) !== undefined;
  return isFork && effects !== "by policy" ? "real world" : false;
}

function reusedEntry(call: CallRecord, priceOf: PriceOf): LedgerEntry {
  return { ...asked(call, priceOf(call.model)), usage: call.usage, outcome: "replayed" };
}

/** The prices of its own that a run is given, over those that earlier openings gave it, or the run that it comes from. */
async function pricesOf({ store, options, parent }: Prepared, run: RunRecord["id"]) {
  const own = checkedPrices(options.prices);
  const known = (await store.getRun(run)) ?? parent;
  return known === undefined ? own : { ...(await pricesIn(known)), ...own };
}

/**
 * Takes the run for oneself. A budget that cannot be counted is refused before, so that it leaves no trace; it is
 * counted after, since until then another program may have spent.
 */
async function take<Purse>(
  openingPurse: () => Promise<Purse>,
  openingJournal: () => Promise<OpenJournal>,
  watch: Listener,
): Promise<{ readonly journal: OpenJournal; readonly purse: Purse }> {
  await openingPurse();
  const journal = await openingJournal();
  try {
    return { journal, purse: await openingPurse() };
  } catch (error) {
    await journal.finish("failed").catch((second: unknown) => {
      watch({ type: "warning", message: `The run could not be closed well: ${errorRecord(second).message}` });
    });
    throw error;
  }
}

function ended(run: string): TinyTroupeError<"CLOSED"> {
  return new TinyTroupeError("CLOSED", `The run "${run}" has ended: nobody can be asked in it any more.`, {
    data: { what: `run ${run}` },
    hint: "Ask before the run is closed, or open it again to go on with it.",
  });
}

async function storeOf(options: SimulationOptions, environment: Environment): Promise<{ store: Store; own: boolean }> {
  if (typeof options.store === "object") return { store: options.store, own: false };
  const path = options.store === undefined ? projectStore(environment) : resolve(environment.folder, options.store);
  return { store: await ownStore(path, options.store === undefined), own: true };
}

interface Wanted {
  readonly options: SimulationOptions;
  readonly environment: Environment;
  readonly store: Store;
  /** Who said which model. */
  readonly modelFrom: string;
  readonly resumed: RunRecord | undefined;
  readonly parent: RunRecord | undefined;
  readonly opened: Closing[];
}

/** The models of the run, opened; those that we open ourselves, and no others, are closed with it. */
async function modelsOf(wanted: Wanted): Promise<{ choice: ModelChoice; models: RunModels }> {
  const { options, environment, store, opened, resumed, parent } = wanted;
  const { choice, model: actor } = await actorOf(wanted);
  if (!isOwnModel(options.model)) opened.push(() => actor.close?.());
  if (resumed && actor.id !== resumed.model) throw otherModel(resumed, actor.id);
  const more = await moreModels(options, { actor, environment });
  opened.push(...more.closing);
  const known = resumed ?? (await store.getRun(playedBy(actor.id, wanted).id));
  const { judge, closing } = await judgeModel(options, { actor, more: more.models, known, parent, environment });
  opened.push(...closing);
  return { choice, models: { actor, judge, more: more.models } };
}

/** The model that was asked for, or the best found; one that nobody asked for and that cannot be had gives way to the rehearsal. */
async function actorOf({
  options,
  environment,
  modelFrom,
  resumed,
  parent,
}: Wanted): Promise<{ choice: ModelChoice; model: Model }> {
  const wanted = typeof options.model === "object" ? options.model : (resumed?.model ?? options.model ?? parent?.model);
  const from = resumed ?? (options.model === undefined ? parent : undefined);
  const by = from === undefined ? modelFrom : `run ${from.id}`;
  const choice = await choiceOf(wanted, by, { ...options, environment });
  const machine = { ...options, environment, agreed: choice.fetch === true };
  const spec = wanted === undefined || typeof wanted === "string" ? choice.spec : wanted;
  try {
    return { choice, model: await openRunModel(spec, machine) };
  } catch (error) {
    if (!choice.fetch || !isTinyTroupeError(error, "MODEL_DOWNLOAD", "MODEL_UNAVAILABLE", "PACKAGE_MISSING"))
      throw error;
    const reason = `Using builtin (rules, no language model: ${choice.spec} could not be had: ${error.message})`;
    return { choice: { spec: "builtin", reason }, model: await openRunModel("builtin", machine) };
  }
}

/** Who acts by rules compares by words: meaning is for those who answer with meaning. */
function embedderFor({ embedder }: SimulationOptions, { id }: Model): SimulationOptions["embedder"] {
  return embedder ?? (id === "builtin" ? "lexical" : undefined);
}

function otherModel(run: RunRecord, model: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The run ${run.id} was played by ${run.model}, not by ${model}.`, {
    data: { option: "model", value: model },
    hint: "Leave the model out to go on with this run, or leave the run out to begin one with the other model.",
  });
}
