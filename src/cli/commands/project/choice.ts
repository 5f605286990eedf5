import { access, constants } from "node:fs/promises";
import { resolve } from "node:path";
import { type Configuration, type Environment, z } from "../../../index.ts";
import {
  chooseModel,
  hasPackage,
  type Model,
  modelCacheFolder,
  modelPath,
  nanoUsd,
  openModel,
  priceOf,
  probesOf,
} from "../../../models.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import type { Preparation } from "../../live/preparation.ts";
import type { Session } from "../../session.ts";
import { type Check, fault } from "./machine.ts";

/** The model that a run would take: the same choice, but that nothing is fetched for it. */
export function choiceOf({ variables, platform, home }: Environment, { settings, origins }: Configuration) {
  const requested = typeof settings.model === "string" ? { spec: settings.model, by: origins.model ?? "" } : undefined;
  const probes = probesOf({ environment: variables, cacheFolder: modelCacheFolder(variables, platform, home) });
  return chooseModel({ requested, environment: variables, probes });
}

/** Milliseconds that a server may take to say whether it has a model. */
const patienceMs = 2000;

/** Whether a model can be opened, as far as that can be told without loading weights or asking for an answer. */
export async function checkChoice(environment: Environment, spec: string): Promise<Check> {
  const what = "model";
  if (spec === "builtin") {
    const mend = "For a model: set a provider's key, start Ollama, or fetch one: tinytroupe models pull smollm2-135m";
    return { what, state: "good", found: "it rehearses a study", mend };
  }
  try {
    if (spec.startsWith("local/")) return await checkLocal(environment, spec.slice("local/".length));
    const late = new Promise<undefined>((done) => setTimeout(done, patienceMs, undefined).unref());
    const opening = openModel(spec, { environment: environment.variables });
    const model = await Promise.race([opening, late]);
    if (model === undefined) return { what, state: "bad", found: "its server does not answer", mend: "Look there." };
    await model.close?.();
    return { what, state: "good", found: "it can be asked" };
  } catch (error) {
    return fault(what, error);
  }
}

async function checkLocal({ variables, platform, home, folder }: Environment, name: string): Promise<Check> {
  const what = "model";
  if (!hasPackage("node-llama-cpp")) {
    return { what, state: "bad", found: "its engine is not installed", mend: "npm install node-llama-cpp@3" };
  }
  if (/\.gguf$/i.test(name)) {
    const path = resolve(folder, name);
    const there = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (!there) {
      const mend = "Check the path, from this folder. Known weights: tinytroupe models list";
      return { what, state: "bad", found: `${path} cannot be read`, mend };
    }
  } else await modelPath(name, modelCacheFolder(variables, platform, home));
  return { what, state: "good", found: "it can be loaded" };
}

/** One answer, and what it took. */
export interface Call {
  readonly model: string;
  readonly latencyMs: number;
  readonly input: number;
  readonly output: number;
  /** US dollars; null where the model's price is not known. */
  readonly usd: number | null;
}

/** Asks a model for one word: the smallest call that goes all the way. */
export async function tinyCall(
  session: Session,
  spec: string,
  {
    preparation,
    prices = {},
  }: { readonly preparation: Preparation; readonly prices?: Configuration["settings"]["prices"] },
): Promise<Call> {
  const interrupt = onInterrupt(session);
  const onProgress: NonNullable<Parameters<typeof openModel>[1]["local"]>["onProgress"] = ({ phase, done, total }) =>
    preparation.onProgress({
      ...{ what: `Loading ${spec}`, unit: phase === "load" ? "share" : "bytes", done },
      ...(total !== undefined && { total }),
    });
  try {
    const opening = openModel(spec, { environment: session.environment.variables, local: { onProgress } });
    const model = await preparation.during(`Opening ${spec}`, opening);
    try {
      const { usage, latencyMs } = await preparation.during(`Waiting for ${model.id}`, timed(model, interrupt.signal));
      const price = Object.hasOwn(prices, model.id) ? prices[model.id] : priceOf(model.id);
      const usd = price === undefined ? null : nanoUsd(usage, price) / 1e9;
      return { model: model.id, latencyMs, input: usage.input, output: usage.output, usd };
    } finally {
      await model.close?.();
    }
  } finally {
    interrupt.release();
  }
}

async function timed(model: Model, signal: AbortSignal) {
  const begun = performance.now();
  const { usage } = await model.generate({
    messages: [
      { role: "system", content: "You answer in one word." },
      { role: "user", content: "What colour has a clear sky at noon?" },
    ],
    schema: z.object({ word: z.string() }),
    ...{ purpose: "other", scope: "doctor", signal },
  });
  return { usage, latencyMs: Math.round(performance.now() - begun) };
}
