import type { Store } from "../../kernel/contracts/store.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { priceList } from "../../model/catalogue/price-of.ts";
import type { Ledger } from "../../model/flow/money/ledger.ts";
import type { Price, PriceOf } from "../../model/flow/money/price.ts";
import { describeModel } from "../../model/open.ts";
import { configured } from "../../simulation/configuration/configuration.ts";
import { readEnvironment } from "../../simulation/environment.ts";
import { choiceOf } from "../../simulation/models.ts";
import { checkedPrices, type SimulationOptions } from "../../simulation/options.ts";
import { runIdOf } from "../../simulation/run/identity.ts";
import { judgeByDefault } from "../../simulation/run/judging.ts";
import { parentOfFork } from "../../simulation/run/parent.ts";
import { ledgerOf } from "../../simulation/stored-ledger.ts";
import { isStudy, type Study } from "../define.ts";
import { headedBy } from "../play.ts";
import { assumptionsOf, bandsOf } from "./bands.ts";
import { type BudgetCheck, checkBudget } from "./budget-check.ts";
import { createRehearsalStore } from "./rehearsal-store.ts";
import { type Described, inRealStore, type Rehearsed, rehearse } from "./rehearse.ts";

/** As a run of the study would be opened; unless a configuration is given, the project's and the study's own head count. */
export type EstimateOptions = Pick<
  SimulationOptions,
  | "model"
  | "judge"
  | "models"
  | "actors"
  | "embedder"
  | "seed"
  | "budget"
  | "prices"
  | "store"
  | "startAt"
  | "folder"
  | "safety"
  | "environment"
  | "configuration"
  | "signal"
  | "onEvent"
>;

/** What a study is expected to use and cost. Nothing was asked of a provider for it, and nothing was kept. */
export interface Estimate {
  /** The run that the study would be. */
  readonly run: RunId;
  readonly model: string;
  /** Which model would play, and why. */
  readonly reason: string;
  /** Calls that would be made; attempts that fail come on top. */
  readonly calls: number;
  /** Calls that the run's journal would answer for nothing. */
  readonly served: number;
  /** The least and the most, each a ledger that can be asked by purpose, person, step and model. */
  readonly low: Ledger;
  readonly high: Ledger;
  /** What earlier openings of the run have spent. */
  readonly spent: Ledger;
  /** By the id of each model; undefined where the price is not known. */
  readonly prices: ReadonlyMap<string, Price | undefined>;
  /** Whether the budget would hold, where there is one. */
  readonly budget?: BudgetCheck;
  /** What the figures rest on, in sentences. */
  readonly assumptions: readonly string[];
}

/**
 * Plays a whole study on `builtin` in a throw-away store, with the prompts that the real model would read, and counts.
 * Where the run was begun, its journal answers first, and what it answers is free. The study's own code does run: what
 * it does outside of the simulation it does here too.
 * @throws OPTION_INVALID where it is given no study, MODEL_UNKNOWN, CONFIG_INVALID, and what the study itself throws
 * @example
 * const study = defineStudy({
 *   name: "hello",
 *   run: async (simulation) => (await simulation.person("lisa")).listenAndAct("What would you pay for silence?"),
 * });
 * (await estimate(study, { model: "openai/gpt-5-mini" })).calls; // => 1
 */
export async function estimate(study: Study, given: EstimateOptions = {}): Promise<Estimate> {
  return estimateWithForks(study, () => [], given);
}

/** The same with forks of the study's run, one after the other: they ask what that run did not answer. */
export async function estimateWithForks(
  study: Study,
  forksOf: (run: RunId) => readonly Study[],
  given: EstimateOptions = {},
): Promise<Estimate> {
  if (!isStudy(study)) throw noStudy(study);
  const environment = given.environment ?? readEnvironment();
  const { name, folder, startAt } = study;
  const configuration = given.configuration ?? (await headedBy(study, environment));
  const head = { name, ...(folder !== undefined && { folder }), ...(startAt !== undefined && { startAt }) };
  const { options, modelFrom } = await configured({ ...head, ...given, configuration }, environment);
  const priceOf = priceList(checkedPrices(options.prices));
  const choice = await choiceOf(options.model, modelFrom, { environment });
  const actor = await describeModel(typeof options.model === "object" ? options.model : choice.spec);
  const more = await describedAll(options.models);
  return inRealStore(options, environment, async (real) => {
    const judge = await judgeIn(options, { study, actor, more, real });
    const stage = { options: { ...options, environment }, judge, more, real, store: createRehearsalStore(real) };
    const first = await rehearse(study, { ...stage, actor });
    const all = [first];
    for (const fork of forksOf(first.run)) {
      const own = fork.model === undefined || fork.model === study.model ? actor : await describeModel(fork.model);
      all.push(await rehearse(fork, { ...stage, actor: own, ...(own.id === "builtin" && { judge: own }) }));
    }
    const counted = await count(all, { priceOf, real, models: [actor.id, judge.id] });
    const rehearsed = { calls: all.flatMap(({ calls }) => calls) };
    const check = options.budget && checkBudget(options.budget, { ...counted, priceOf, rehearsed });
    return { model: actor.id, reason: choice.reason, ...counted, ...(check && { budget: check }) };
  });
}

interface Seats {
  readonly study: Study;
  readonly actor: Described;
  readonly more: Readonly<Record<string, Described>>;
  readonly real: Store | undefined;
}

/** Who would judge, as `openSimulation` settles it. */
async function judgeIn(
  { judge, actors, seed, model }: EstimateOptions,
  { study: { name, fork }, actor, more, real }: Seats,
): Promise<Described> {
  if (judge !== undefined) return describeModel(judge);
  const head = {
    name,
    ...(fork && { fork }),
    ...(seed !== undefined && { seed }),
    ...(model !== undefined && { model }),
  };
  const parent = await (real && parentOfFork(real, head));
  const known = await real?.getRun(runIdOf({ name, seed: String(seed ?? parent?.seed ?? 1), model: actor.id }));
  return judgeByDefault<Described>({ actor, more, actors, known, parent, open: describeModel });
}

async function describedAll(models: SimulationOptions["models"] = {}): Promise<Readonly<Record<string, Described>>> {
  const found: [string, Described][] = [];
  for (const [name, spec] of Object.entries(models)) found.push([name, await describeModel(spec)]);
  return Object.fromEntries(found);
}

function noStudy(value: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `An estimate needs a study, and this is of the kind ${typeof value}.`, {
    data: { option: "study" },
    hint: 'Give it defineStudy({ name: "…", run: async (simulation) => { … } }), or what loadStudy returns.',
  });
}

interface Counting {
  readonly priceOf: PriceOf;
  readonly real: Store | undefined;
  readonly models: readonly string[];
}

async function count(rehearsed: readonly Rehearsed[], { priceOf, real, models }: Counting) {
  const calls = rehearsed.flatMap((one) => one.calls);
  const runs = rehearsed.map(({ run }) => run);
  const asked = [...new Set([...models, ...calls.map((call) => call.model)])];
  return {
    ...{ run: runs[0] as RunId, calls: calls.length, served: rehearsed.reduce((sum, one) => sum + one.served, 0) },
    ...bandsOf(calls, priceOf),
    spent: await ledgerOf(real === undefined ? nothing() : attemptsOf(real, runs), priceOf),
    prices: new Map(asked.map((id) => [id, priceOf(id)])),
    assumptions: assumptionsOf(asked),
  };
}

async function* attemptsOf(store: Store, runs: readonly RunId[]) {
  for (const run of runs) yield* store.listAttempts(run);
}

async function* nothing(): AsyncIterable<never> {}
