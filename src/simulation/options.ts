import type { Listener } from "../kernel/contracts/events.ts";
import type { Store } from "../kernel/contracts/store.ts";
import { issuesInWords } from "../kernel/text/issues.ts";
import { checkKeys, type KeysOf, withArticle } from "../kernel/text/known-keys.ts";
import { momentHint, parseMoment, type WrittenMoment } from "../kernel/time/moment.ts";
import { utc } from "../kernel/time/zone.ts";
import type { Budget } from "../kernel/values/errors.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { createLimiters, type Limiters, type Limits } from "../model/flow/limit/limits.ts";
import { type Price, PriceTable } from "../model/flow/money/price.ts";
import { checkBudget } from "../model/flow/money/purse.ts";
import type { EmbedderSpec, ModelSpec } from "../model/open.ts";
import type { Configuration } from "./configuration/settings.ts";
import type { Environment } from "./environment.ts";
import type { ApprovalOptions } from "./run/approvals.ts";
import type { SharedBudget } from "./run/shared-budget.ts";

/** How far a long preparation is. */
export interface Progress {
  readonly what: string;
  readonly unit: "bytes" | "share";
  readonly done: number;
  readonly total?: number;
}

/** Which run a fork comes from, and where it is to part from it. */
export interface ForkOptions {
  /**
   * The run that it comes from, by its id or the beginning of it, or by its study's name: the one with this seed and model,
   * else the one played last. Default: that of `study`.
   */
  readonly of?: string;
  /** The name of the study that it is a fork of. */
  readonly study?: string;
  /** A place in it: `room/3`, before the third step of the world `room`, or the label of a checkpoint. */
  readonly at?: string;
  /** What is different in it, as plain data: kept with the run. */
  readonly described?: Readonly<Record<string, unknown>>;
  /** An earlier fork of this name that parts elsewhere, or is described otherwise, gives way. Default: NAME_TAKEN. */
  readonly replace?: boolean;
}

/** How a run is opened. Everything but the name has a default; what is said here comes over what the project settles. */
export interface SimulationOptions extends ApprovalOptions {
  /** The study's name; with the seed and the model it says which run this is. */
  readonly name: string;
  /** All chance comes from it. Default 1. */
  readonly seed?: number | string;
  /** `provider/model`, `local/<name or file>`, `builtin`, a Model of your own or an AI SDK model. Default: the best found. */
  readonly model?: ModelSpec;
  /**
   * Who judges and extracts. Default: the first of `models` that is another than the model and can judge, so that nobody
   * judges their own words; where there is none, the model. A run that was begun keeps its judge, and a fork has that of
   * the run that it comes from.
   */
  readonly judge?: ModelSpec;
  /**
   * Who acts, where that is not the model alone: in the arms of a comparison, so that one judges all of them, or in a run
   * that is read; none for a run in which nobody does. Where no judge is named, it is none of these if there is another.
   */
  readonly actors?: readonly ModelSpec[];
  /** More of them, by names of your own: `{ cheap: "openai/gpt-5-nano" }`. Opened when they are first asked. */
  readonly models?: Readonly<Record<string, ModelSpec>>;
  readonly embedder?: EmbedderSpec;
  /**
   * A hard wall for the run, over all its openings: what earlier ones spent counts. Reaching it stops the run. Calls
   * that were in flight when its process was killed are in no ledger: each kill can cost so much more.
   */
  readonly budget?: Budget;
  /** A wall for several runs together, in place of a budget of its own. */
  readonly sharedBudget?: SharedBudget;
  /** Prices of one's own, in US dollars for a million tokens, by the id of the model; they come over the known ones. */
  readonly prices?: Readonly<Record<string, Price>>;
  /**
   * `simulate`: no effect happens, whatever its policy says; people are told what would have come of it. `by policy` is
   * for forks, which else simulate those on the real world that were not done before.
   */
  readonly effects?: "simulate" | "by policy";
  /** This run is a fork: what goes as in the run that it comes from is answered from there. */
  readonly fork?: ForkOptions;
  /** A store, or the path of a SQLite file. Default `.tinytroupe/troupe.db` in the working folder. */
  readonly store?: Store | string;
  /** Go on with this run: its name, seed and model count, whatever is said here. OPTION_INVALID for another model object. */
  readonly resume?: string;
  /**
   * The simulated moment at which the study begins, with the zone in which it takes place in brackets:
   * `2030-01-31T09:00[Europe/Berlin]`. UTC unless it says otherwise. Default: no calendar.
   */
  readonly startAt?: Date | string;
  /** Where relative paths start. Default: the working folder. */
  readonly folder?: string;
  /** Where what the run leaves for people belongs (`resultsFolder`). Default: a folder of its own beside the journal. */
  readonly results?: string;
  /**
   * MiB of memory for what people hold between their turns: persona, history, what they lived through. What does not fit is
   * put aside in the store, that of whoever rested longest first. Their notes have three quarters of it beside that, and
   * 192 MiB at least. From 1,024 on crowds are rehearsed on `builtin` in a thread of its own, which may take half as much
   * again: answers are the same. Default 256.
   */
  readonly peopleMegabytes?: number;
  /** Calls in flight at most, to each model: short for `limits.concurrency`. Default: what suits the model. */
  readonly concurrency?: number;
  /** What the providers allow, or limiters of `createLimiters` that several runs share. */
  readonly limits?: Limits | Limiters;
  /** Milliseconds that one attempt to get an answer may take. Default: what suits the model. */
  readonly deadlineMs?: number;
  /**
   * How a call that failed on the way is tried again: so many attempts in all (10), with waits of up to `firstMs` (500),
   * doubled each time, at most `longestMs` (30,000). A wait that the provider asks for is kept in any case.
   */
  readonly retry?: { readonly attempts?: number; readonly firstMs?: number; readonly longestMs?: number };
  /** Stops the run cleanly when aborted: nothing new begins, calls in flight return. */
  readonly signal?: AbortSignal;
  /** Kept with the run, as plain data. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Calls stream, so that those who watch see words as they are produced. Default false. */
  readonly stream?: boolean;
  readonly onEvent?: Listener;
  /** Said yes to beforehand: fetching the weights of a local model, say. Asked with size and place. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Progress of a long preparation, such as fetching weights. */
  readonly onProgress?: (progress: Progress) => void;
  readonly environment?: Environment;
  /** What the project settles. Default: read from `tinytroupe.config.ts` or `.json` and from variables. */
  readonly configuration?: Configuration;
  readonly safety?: { readonly harmfulContent?: boolean; readonly copyright?: boolean };
}

const known: KeysOf<SimulationOptions> = {
  ...{
    name: true,
    seed: true,
    model: true,
    judge: true,
    models: true,
    embedder: true,
    budget: true,
    sharedBudget: true,
  },
  ...{ prices: true, effects: true, fork: true, store: true, resume: true, startAt: true, folder: true, results: true },
  ...{ concurrency: true, limits: true, deadlineMs: true, retry: true, signal: true, details: true, stream: true },
  ...{ onEvent: true, confirm: true, onProgress: true, environment: true, configuration: true, safety: true },
  ...{ approve: true, approvals: true, peopleMegabytes: true, actors: true },
};

const knownOfFork: KeysOf<ForkOptions> = { of: true, study: true, at: true, described: true, replace: true };
const knownOfRetry: KeysOf<SimulationOptions["retry"]> = { attempts: true, firstMs: true, longestMs: true };
const knownOfSafety: KeysOf<SimulationOptions["safety"]> = { harmfulContent: true, copyright: true };

/** OPTION_INVALID for options of a run that are none, within its options too. */
export function checkOptions(options: SimulationOptions): void {
  checkKeys(options, known, "the options of a simulation");
  const { peopleMegabytes = 0, budget, fork, retry, safety, deadlineMs = 1 } = options;
  if (!(peopleMegabytes >= 0)) throw notMegabytes(peopleMegabytes);
  if (budget !== undefined) checkBudget(budget);
  if (fork !== undefined) checkKeys(fork, knownOfFork, "the options of a fork");
  if (retry !== undefined) checkKeys(retry, knownOfRetry, "how calls are tried again");
  if (safety !== undefined) checkKeys(safety, knownOfSafety, "the rules of safety");
  if (!(deadlineMs > 0)) throw meansNothing("deadlineMs", deadlineMs, "Give milliseconds, as in deadlineMs: 60_000.");
  checkEffects(options);
}

/** What is taken for a yes here happens in the real world. */
function checkEffects({ effects, approvals = {} }: Pick<SimulationOptions, "effects" | "approvals">): void {
  if (effects !== undefined && effects !== "simulate" && effects !== "by policy")
    throw meansNothing("effects", effects, "Give 'simulate' or 'by policy', or leave it out.");
  for (const [name, said] of Object.entries(approvals))
    if (typeof said !== "boolean") throw meansNothing(`approvals.${name}`, said, "Give true or false.");
}

function meansNothing(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The option ${option} is ${withArticle(value)}: that means nothing.`, {
    data: { option, value },
    hint,
  });
}

function notMegabytes(value: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "'peopleMegabytes' is no amount of memory.", {
    data: { option: "peopleMegabytes", value },
    hint: "Give MiB of memory, as in peopleMegabytes: 256.",
  });
}

/**
 * Prices of one's own, checked: OPTION_INVALID with the path of what is none.
 * @example
 * checkedPrices({ "acme/small": { input: 0.1, output: 0.4 } })["acme/small"]?.output; // => 0.4
 */
export function checkedPrices(prices: SimulationOptions["prices"] = {}): Readonly<Record<string, Price>> {
  const found = PriceTable.safeParse(prices).error?.issues ?? [];
  const [issue] = issuesInWords(found, { whole: prices, schema: PriceTable });
  if (issue === undefined) return prices;
  const option = ["prices", issue.path].filter((part) => part !== "").join(".");
  throw new TinyTroupeError("OPTION_INVALID", `'${option}' is no price: ${issue.message}`, {
    data: { option },
    hint: 'Give US dollars for a million tokens, as in prices: { "acme/small": { input: 0.1, output: 0.4 } }.',
  });
}

/** The limiters of a run: its own, or those that it shares. Throws `OPTION_INVALID` for limits that let nothing through. */
export function limitersOf({ concurrency, limits = {} }: Pick<SimulationOptions, "concurrency" | "limits">): Limiters {
  if (!isShared(limits)) return createLimiters({ ...limits, ...(concurrency !== undefined && { concurrency }) });
  if (concurrency === undefined) return limits;
  throw new TinyTroupeError("OPTION_INVALID", "Limiters that runs share have a concurrency of their own.", {
    data: { option: "concurrency", value: concurrency },
    hint: "Give the concurrency to createLimiters.",
  });
}

const isShared = (limits: Limits | Limiters): limits is Limiters => "of" in limits;

/**
 * The study's first moment, and the zone in which it takes place; a text without a zone is UTC, so that the same study is
 * the same everywhere. OPTION_INVALID when it is no moment, or the zone is none.
 * @example
 * beginningOf("2030-01-31T09:00[Europe/Berlin]")?.moment.toISOString(); // => "2030-01-31T08:00:00.000Z"
 */
export function beginningOf(value: Date | string | undefined): WrittenMoment | undefined {
  if (value === undefined) return undefined;
  const read = typeof value === "string" ? parseMoment(value) : { moment: new Date(value), zone: utc };
  if (read !== undefined && !Number.isNaN(read.moment.getTime())) return read;
  throw new TinyTroupeError("OPTION_INVALID", `'${String(value)}' is no moment of the calendar.`, {
    data: { option: "startAt", value: String(value) },
    hint: momentHint(String(value), "2030-01-31, 2030-01-31T09:00 or 2030-01-31T09:00[Europe/Berlin]"),
  });
}
