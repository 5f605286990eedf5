import { availableParallelism } from "node:os";
import type { Embedder } from "../kernel/contracts/embedder.ts";
import type { Listener } from "../kernel/contracts/events.ts";
import type { Model } from "../kernel/contracts/model.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { chooseModel, type ModelChoice, probesOf } from "../model/default.ts";
import type { LocalOptions, WeightsOffer } from "../model/local/options.ts";
import { modelCacheFolder } from "../model/local/weights/folder.ts";
import {
  describeEmbedder,
  describeModel,
  type EmbedderSpec,
  type ModelSpec,
  modelId,
  openEmbedder,
  openModel,
} from "../model/open.ts";
import type { Environment } from "./environment.ts";
import type { SimulationOptions } from "./options.ts";
import type { Closing } from "./run/ending/closing.ts";
import { openedLate } from "./run/ending/opened-late.ts";
import { type Judging, judgeByDefault } from "./run/judging.ts";

type Wanted = Pick<SimulationOptions, "confirm" | "deadlineMs" | "onProgress" | "peopleMegabytes" | "signal">;

/** Which model plays: what was asked for, else the best that the machine has; OPTION_INVALID for no model at all. */
export async function choiceOf(
  spec: ModelSpec | undefined,
  by: string,
  machine: { environment: Environment } & Wanted,
): Promise<ModelChoice> {
  if (spec !== undefined && typeof spec !== "string") {
    const id = modelId(spec);
    return { spec: id, reason: `Using ${id} (given by the program).` };
  }
  const variables = machine.environment.variables;
  const ask = machine.confirm;
  const confirm = ask && ((offer: WeightsOffer) => ask(questionOf(offer)));
  return chooseModel({
    ...(spec === undefined ? {} : { requested: { spec, by } }),
    environment: variables,
    probes: probesOf({ environment: variables, ...weightsOf(machine), ...(confirm && { confirm }) }),
  });
}

/** Opens a model for a run: keys and addresses from the environment, weights after a yes, with progress. */
export async function openRunModel(
  spec: ModelSpec,
  machine: { environment: Environment; agreed: boolean } & Wanted,
): Promise<Model> {
  const local: Partial<LocalOptions> = {
    ...weightsOf(machine),
    confirm: async (offer) => machine.agreed || ((await machine.confirm?.(questionOf(offer))) ?? false),
    ...(machine.signal && { signal: machine.signal }),
    onProgress: ({ model, phase, done, total }) =>
      machine.onProgress?.({
        what: `${phases[phase]} ${model}`,
        unit: phase === "load" ? "share" : "bytes",
        done,
        ...(total !== undefined && { total }),
      }),
  };
  const deadline = machine.deadlineMs === undefined ? {} : { deadlineMs: machine.deadlineMs };
  const builtin = { threadMegabytes: threadMegabytesFor(machine.peopleMegabytes) };
  return openModel(spec, { environment: machine.environment.variables, local, builtin, ...deadline });
}

/** Whoever gives people less room than this, in MiB, has no crowds, or no memory for a thread beside them. */
const roomOfCrowds = 1_024;
/** What a thread may keep of those whom it plays, of the room that they have. */
const threadPart = 1 / 2;

/** A thread helps where several things are done at once. */
const threadMegabytesFor = (peopleMegabytes = 0): number =>
  peopleMegabytes < roomOfCrowds || availableParallelism() === 1 ? 0 : peopleMegabytes * threadPart;

/**
 * An embedder that is opened when it is first asked: most runs never need one. It remembers nothing: vectors are kept
 * with the run. One that is billed is opened behind what pays for it.
 */
export async function lateEmbedder(
  spec: EmbedderSpec | undefined,
  machine: { environment: Environment; watch: Listener; paid: (embedder: Embedder) => Embedder },
): Promise<Embedder> {
  const paid = (embedder: Embedder): Embedder => (embedder.billed ? machine.paid(embedder) : embedder);
  if (typeof spec === "object") return paid(spec);
  const described = await describeEmbedder(spec);
  const { environment, watch } = machine;
  const late = openedLate(() =>
    openEmbedder(spec, { environment: environment.variables, watch, cacheEntries: 0 }).then(paid),
  );
  let opened: Embedder | undefined;
  return {
    ...described,
    get dimensions() {
      return opened?.dimensions ?? 0;
    },
    embed: async (texts, options) => {
      opened = await late.get();
      return opened.embed(texts, options);
    },
    close: async () => late.close(),
  };
}

/**
 * The models that a program named. Where the actor plays by rules, all that are only named do, so that a rehearsal asks
 * nobody. Throws MODEL_UNKNOWN for one that cannot be, and OPTION_INVALID for a name that is taken.
 */
export async function moreModels(
  options: SimulationOptions,
  { actor, environment }: { readonly actor: Model; readonly environment: Environment },
): Promise<{ readonly models: Readonly<Record<string, Model>>; readonly closing: readonly Closing[] }> {
  const models: Record<string, Model> = {};
  const closing: Closing[] = [];
  for (const [name, spec] of Object.entries(options.models ?? {})) {
    if (name === "actor" || name === "judge") throw taken(name);
    if (typeof spec !== "string") models[name] = await lateModel(spec, { ...options, environment });
    else if (actor.id === "builtin") models[name] = actor;
    else {
      const late = await lateModel(spec, { ...options, environment });
      closing.push(() => late.close?.());
      models[name] = late;
    }
  }
  return { models, closing };
}

/** Who judges: whoever was named, else by `judgeByDefault`. */
export async function judgeModel(
  options: SimulationOptions,
  {
    environment,
    ...seats
  }: Pick<Judging<Model>, "actor" | "more" | "known" | "parent"> & {
    readonly environment: Environment;
  },
): Promise<{ readonly judge: Model; readonly closing: readonly Closing[] }> {
  const closing: Closing[] = [];
  const closed = (model: Model, spec: ModelSpec): Model => {
    if (!isOwnModel(spec)) closing.push(() => model.close?.());
    return model;
  };
  const machine = { ...options, environment };
  if (options.judge === seats.actor.id) return { judge: seats.actor, closing };
  if (options.judge !== undefined) {
    return { judge: closed(await openRunModel(options.judge, { ...machine, agreed: false }), options.judge), closing };
  }
  const open = async (spec: ModelSpec): Promise<Model> => closed(await lateModel(spec, machine), spec);
  return { judge: await judgeByDefault({ ...seats, actors: options.actors, open }), closing };
}

/** Whoever made it closes it. */
export const isOwnModel = (spec: ModelSpec | undefined): boolean => typeof spec === "object" && "generate" in spec;

/** A model that is opened when it is first asked: a run that never asks it needs neither its key nor its weights. */
async function lateModel(spec: ModelSpec, machine: { readonly environment: Environment } & Wanted): Promise<Model> {
  if (typeof spec !== "string") return openModel(spec, { environment: {} });
  const { id, limits } = await describeModel(spec);
  const late = openedLate(() => openRunModel(spec, { ...machine, agreed: false }));
  return {
    id,
    limits,
    generate: async (request) => (await late.get()).generate(request),
    close: async () => late.close(),
  };
}

function taken(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A model cannot be named '${name}': the run has one so called.`, {
    data: { option: "models", value: name },
    hint: `Say which one that is by the option '${name === "actor" ? "model" : name}', or take another name.`,
  });
}

function weightsOf({ environment }: { environment: Environment }): { cacheFolder: string; hub?: string } {
  const { variables, platform, home } = environment;
  const hub = variables["HF_ENDPOINT"];
  return { cacheFolder: modelCacheFolder(variables, platform, home), ...(hub && { hub }) };
}

const phases = { fetch: "Fetching", check: "Checking", load: "Loading" } as const;

function questionOf(offer: WeightsOffer): string {
  const size = `${offer.exact ? "" : "about "}${(offer.bytes / 1e6).toFixed(0)} MB`;
  return `Fetch ${offer.title} (${size}, ${offer.licence}) from ${offer.from.join(" or ")} to ${offer.path}?`;
}
