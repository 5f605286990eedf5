import { totalmem } from "node:os";
import { hasPackage } from "./inventory.ts";
import type { WeightsOffer } from "./local/options.ts";
import { entryOf, smallDefault } from "./local/weights/catalogue.ts";
import { listModels } from "./local/weights/folder.ts";

/** What was chosen, and the one line that says so. */
export interface ModelChoice {
  readonly spec: string;
  /** `Using openai/gpt-6-luna (OPENAI_API_KEY is set). Another: --model <provider/model>` */
  readonly reason: string;
  /** A yes was given to fetch its weights: open it with a `confirm` that does not ask again. */
  readonly fetch?: true;
}

/** What can be found out about the machine. Each is asked only when the choice depends on it. */
export interface ModelProbes {
  /** Chat models of a running Ollama, the one changed last first; empty when none runs. */
  ollamaModels(): Promise<readonly string[]>;
  /** Names of local models that can run here and whose weights are here, the best first. */
  localModels(): Promise<readonly string[]>;
  /** Asks for a yes to fetch the small local model; its name after a yes. */
  fetchLocalModel(): Promise<string | undefined>;
}

/** What the choice of a model depends on. */
export interface ModelQuestion {
  /** What the user said, and where: `--model`, a file, an option. */
  readonly requested?: { readonly spec: string; readonly by: string } | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly probes: ModelProbes;
}

/**
 * The model to take of each provider when only its key is known: the small, cheap one of its current family, as the
 * providers' own model pages had it in November 2026.
 */
export const usualModels = {
  openai: "openai/gpt-6-luna",
  anthropic: "anthropic/claude-haiku-5-5",
  google: "google/gemini-3.5-flash-lite",
  mistral: "mistral/mistral-small-latest",
  openrouter: "openrouter/openai/gpt-6-luna",
} as const;

/**
 * Which model to use: what was asked for, else a provider whose key is set, else a running Ollama, else a local model
 * that is here or may be fetched, else the built-in stand-in; and one line that says which and why.
 * @example
 * const probes = probesOf({ environment: {}, cacheFolder: "models" });
 * (await chooseModel({ environment: { MISTRAL_API_KEY: "k" }, probes })).spec; // => "mistral/mistral-small-latest"
 */
export async function chooseModel({ requested, environment, probes }: ModelQuestion): Promise<ModelChoice> {
  if (requested !== undefined) return chosen(requested.spec, `from ${requested.by}`);
  const { keyVariables } = await import("./adapters/ai-sdk.ts");
  for (const [provider, spec] of Object.entries(usualModels)) {
    const variable = keyVariables(provider).find((name) => environment[name]?.trim());
    if (variable !== undefined) return chosen(spec, `${variable} is set`);
  }
  const [served] = await probes.ollamaModels();
  if (served !== undefined) return chosen(`ollama/${served}`, "Ollama is running");
  const [local] = await probes.localModels();
  if (local !== undefined) return chosen(`local/${local}`, "its weights are on this machine");
  const fetched = await probes.fetchLocalModel();
  if (fetched !== undefined) return { ...chosen(`local/${fetched}`, "to be fetched, as agreed"), fetch: true };
  return chosen("builtin", "rules, no language model: no key is set, no Ollama runs, no local model is here");
}

function chosen(spec: string, why: string): ModelChoice {
  return { spec, reason: `Using ${spec} (${why}). Another: --model <provider/model>` };
}

/** Where to look, and how long. */
export interface ProbeOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where weights are kept: see `modelCacheFolder`. */
  readonly cacheFolder: string;
  readonly hub?: string;
  /** Asked before anything is fetched; without it nothing is. */
  confirm?(offer: WeightsOffer): Promise<boolean>;
  /** Milliseconds for Ollama to answer; 300 when absent: it is on this machine, or it is not running. */
  readonly patienceMs?: number;
}

/** Looks at this machine: Ollama over HTTP at OLLAMA_HOST or its usual place, weights in the cache folder. */
export function probesOf(options: ProbeOptions): ModelProbes {
  return {
    ollamaModels: async () => (await findOllama(options)).models,
    localModels: async () => {
      if (!hasPackage("node-llama-cpp")) return [];
      const here = (await listModels(options.cacheFolder)).filter(
        (model) => model.installed && model.memory < totalmem(),
      );
      // Of the small ones, size says little: the catalogue has them in the order of how they did when measured.
      const rank = (model: (typeof here)[number]): number => (model.following === "full" ? model.parameters : 0);
      return here.sort((one, other) => rank(other) - rank(one)).map(({ name }) => name);
    },
    fetchLocalModel: async () => {
      if (options.confirm === undefined || !hasPackage("node-llama-cpp")) return undefined;
      const { offerOf } = await import("./local/locate.ts");
      return (await options.confirm(offerOf(entryOf(smallDefault), options))) ? smallDefault : undefined;
    },
  };
}

/** An Ollama at its address, and its chat models, the one changed last first; none where none runs. */
export interface OllamaFound {
  readonly address?: string;
  readonly running: boolean;
  readonly models: readonly string[];
}

/** Looks for Ollama. Whatever goes wrong on the way means the same here: there is no Ollama to use. */
export async function findOllama({
  environment,
  patienceMs = 300,
}: Pick<ProbeOptions, "environment" | "patienceMs">): Promise<OllamaFound> {
  const address = ollamaAddress(environment["OLLAMA_HOST"]?.trim() || environment["OLLAMA_BASE_URL"]?.trim());
  if (address === undefined) return { running: false, models: [] };
  try {
    const response = await fetch(`${address}/api/tags`, { signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) return { address, running: false, models: [] };
    const { models } = (await response.json()) as { models?: readonly unknown[] };
    return { address, running: true, models: (models ?? []).flatMap((model) => chatModel(model) ?? []) };
  } catch {
    return { address, running: false, models: [] };
  }
}

/**
 * Where Ollama is, from what OLLAMA_HOST may hold: a host, a port, both, or an address.
 * @example
 * ollamaAddress("0.0.0.0:8000"); // => "http://127.0.0.1:8000"
 */
export function ollamaAddress(host = "127.0.0.1"): string | undefined {
  const bare = host.startsWith(":") ? `127.0.0.1${host}` : host;
  const url = URL.parse(/^https?:\/\//i.test(bare) ? bare : `http://${bare}`);
  if (url === null) return undefined;
  // Where a server listens on every interface, its own machine reaches it on loopback.
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1";
  if (url.port === "" && !/^https?:\/\//i.test(bare)) url.port = "11434";
  return url.origin + url.pathname.replace(/\/(v1\/?)?$/, "");
}

/** The name of a model that can talk; models that only embed are told by their family or their name. */
function chatModel(model: unknown): string | undefined {
  if (typeof model !== "object" || model === null || !("name" in model) || typeof model.name !== "string")
    return undefined;
  const family = "details" in model && typeof model.details === "object" && model.details !== null ? model.details : {};
  const text = `${model.name} ${JSON.stringify(family)}`;
  return /embed|bert|minilm|\bbge\b|\be5\b/i.test(text) ? undefined : model.name;
}
