import { homedir } from "node:os";
import type { Embedder } from "../kernel/contracts/embedder.ts";
import type { Listener } from "../kernel/contracts/events.ts";
import type { Model, ModelLimits } from "../kernel/contracts/model.ts";
import { nearest } from "../kernel/text/nearest.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { AnyLanguageModel } from "./adapters/ai-sdk.ts";
import { createBuiltin } from "./builtin/builtin.ts";
import type { BuiltinOptions } from "./builtin/stand-in.ts";
import { limitsOf } from "./catalogue/limits.ts";
import { usualModels } from "./default.ts";
import { createLexicalEmbedder, lexicalEmbedderId } from "./embed/lexical.ts";
import { sentenceEmbedderId, sentencePackages } from "./embed/sentence/protocol.ts";
import type { LocalOptions } from "./local/options.ts";
import { catalogue } from "./local/weights/catalogue.ts";
import { modelCacheFolder } from "./local/weights/folder.ts";

/** A name such as `openai/gpt-6-luna`, `local/smollm2-135m` or `builtin`, a model, or a model object of the AI SDK. */
export type ModelSpec = string | Model | AnyLanguageModel;

/** A name such as `openai/text-embedding-3-small`, `sentence`, `lexical` or `local/…`, or an embedder. */
export type EmbedderSpec = string | Embedder;

/** What a model is opened with: the machine as data, and what the user knows better. */
export interface OpenModelOptions {
  /** Keys, addresses and folders by the names of their variables; nothing reads the process's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes the place of the provider's address. */
  readonly baseUrl?: string;
  /** Milliseconds that one attempt may take. */
  readonly deadlineMs?: number;
  /** Where the user knows better than the catalogue what the model bears. */
  readonly limits?: Partial<ModelLimits>;
  /** How a `local/…` model is fetched and run. */
  readonly local?: Partial<LocalOptions>;
  /** How `builtin` answers. */
  readonly builtin?: BuiltinOptions;
}

/** What an embedder is opened with. */
export interface OpenEmbedderOptions extends OpenModelOptions {
  /** Told, as a warning, when the default has to fall back. */
  readonly watch?: Listener;
  /** Vectors to remember; see `withEmbeddingCache`. */
  readonly cacheEntries?: number;
}

/**
 * Opens a model by name, or takes one as it is. What is needed for it is loaded now, not before.
 * @throws MODEL_UNKNOWN, KEY_MISSING, PACKAGE_MISSING, OPTION_INVALID, and for local models MODEL_DOWNLOAD,
 * FILE_UNREADABLE, MODEL_UNAVAILABLE, ABORTED
 * @example
 * const model = await openModel("builtin", { environment: {} });
 * model.id; // => "builtin"
 */
export async function openModel(spec: ModelSpec, options: OpenModelOptions): Promise<Model> {
  if (typeof spec !== "string") return openObject(spec, options);
  if (spec === "builtin") return createBuiltin(options.builtin);
  if (spec.startsWith("local/")) {
    const { openLocalModel } = await import("./local/open-local-model.ts");
    return openLocalModel(spec.slice("local/".length), localOptions(options));
  }
  const { openProvider, providerNames } = await import("./adapters/ai-sdk.ts");
  if (!isServed(spec, providerNames)) throw unknown(spec, providerNames);
  return openProvider(spec, options);
}

/** What a model is called: by its provider and name, or as its maker called it. */
export const modelId = (spec: ModelSpec): string =>
  typeof spec === "string" ? spec : "generate" in spec ? spec.id : `${spec.provider}/${spec.modelId}`;

/**
 * What a model is by its name alone: its id, and what the catalogue says that it bears. Nothing is opened or asked.
 * @throws MODEL_UNKNOWN
 */
export async function describeModel(spec: ModelSpec): Promise<Pick<Model, "id" | "limits" | "choose">> {
  if (typeof spec !== "string" || spec === "builtin") return openModel(spec, { environment: {} });
  const { providerNames } = await import("./adapters/ai-sdk.ts");
  if (!isServed(spec, ["local", ...providerNames])) throw unknown(spec, providerNames);
  const [provider = "", ...name] = spec.split("/");
  return { id: spec, limits: limitsOf(provider, name.join("/")) };
}

/**
 * Opens an embedder, with a cache before it unless that may hold nothing. Without a name: sentences when their packages are installed (English,
 * no network), else hashed words, with a warning that says so.
 * @throws as `openModel`
 * @example
 * const embedder = await openEmbedder("lexical", { environment: {} });
 * embedder.dimensions; // => 512
 */
export async function openEmbedder(spec: EmbedderSpec | undefined, options: OpenEmbedderOptions): Promise<Embedder> {
  const { cacheEntries } = options;
  const embedder = typeof spec === "object" ? spec : await embedderNamed(spec, options);
  if (cacheEntries === 0) return embedder;
  const { withEmbeddingCache } = await import("./embed/cache.ts");
  return withEmbeddingCache(embedder, cacheEntries === undefined ? {} : { entries: cacheEntries });
}

/** What an embedder will be, by its name alone: nothing is opened or asked. */
export async function describeEmbedder(
  spec: EmbedderSpec | undefined,
): Promise<Pick<Embedder, "id" | "compares" | "instant" | "billed">> {
  if (typeof spec === "object") return spec;
  const { hasSentencePackages } = await import("./embed/sentence/embedder.ts");
  const name = spec ?? (hasSentencePackages() ? "sentence" : "lexical");
  if (name === "sentence") return { id: sentenceEmbedderId };
  if (name === "lexical") return { id: lexicalEmbedderId, compares: "words", instant: true };
  return { id: name, ...(!name.startsWith("local/") && { billed: true }) };
}

async function embedderNamed(spec: string | undefined, options: OpenEmbedderOptions): Promise<Embedder> {
  const { id } = await describeEmbedder(spec);
  if (id === sentenceEmbedderId) return (await import("./embed/sentence/embedder.ts")).createSentenceEmbedder();
  if (spec === undefined) {
    const packages = sentencePackages.map((name) => `${name}@0.2`).join(" ");
    const message = `Memories are compared by their words, not by their meaning. For meaning: npm install ${packages}`;
    options.watch?.({ type: "warning", message });
  }
  if (spec === undefined || id === lexicalEmbedderId) return createLexicalEmbedder();
  if (spec.startsWith("local/")) {
    const { openLocalEmbedder } = await import("./local/open-local-embedder.ts");
    return openLocalEmbedder(spec.slice("local/".length), localOptions(options));
  }
  const { openProviderEmbedder, providerNames } = await import("./adapters/ai-sdk.ts");
  if (!isServed(spec, providerNames)) throw unknown(spec, providerNames, ["sentence", "lexical"]);
  return openProviderEmbedder(spec, options);
}

async function openObject(spec: Exclude<ModelSpec, string>, options: OpenModelOptions): Promise<Model> {
  if ("generate" in spec && typeof spec.generate === "function") return spec;
  // Says itself what is wrong with an object that is neither.
  const { fromLanguageModel } = await import("./adapters/ai-sdk.ts");
  return fromLanguageModel(spec as AnyLanguageModel, options);
}

function localOptions({ environment, local, limits }: OpenModelOptions): LocalOptions {
  const contextTokens = limits?.contextTokens;
  return {
    cacheFolder: modelCacheFolder(environment, process.platform, homedir()),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...local,
  };
}

function isServed(spec: string, providers: readonly string[]): boolean {
  const slash = spec.indexOf("/");
  return slash > 0 && slash < spec.length - 1 && providers.includes(spec.slice(0, slash));
}

/** Makers by how their models' names begin. */
const makers: readonly (readonly [RegExp, string])[] = [
  [/^(gpt-|chatgpt|o\d)/i, "openai"],
  [/^claude/i, "anthropic"],
  [/^gemini/i, "google"],
  [/^(mistral|ministral|magistral|codestral)/i, "mistral"],
];

function unknown(spec: string, providers: readonly string[], alone: readonly string[] = ["builtin"]): TinyTroupeError {
  const named = [...alone, ...catalogue.map(({ name }) => `local/${name}`), ...Object.values(usualModels)];
  const meant = [...new Set([...guesses(spec, [...providers, "local"]), ...nearest(spec, named)])].slice(0, 3);
  const forms = `Write <provider>/<model>, with one of ${providers.join(", ")}; local/<name or file.gguf>; or ${alone.join(" or ")}.`;
  return new TinyTroupeError("MODEL_UNKNOWN", `There is no model '${spec}'.`, {
    data: { spec },
    hint: meant.length === 0 ? forms : `Did you mean ${meant.join(" or ")}? ${forms}`,
  });
}

function guesses(spec: string, providers: readonly string[]): readonly string[] {
  const slash = spec.indexOf("/");
  if (/\.gguf$/i.test(spec)) return [`local/${spec}`];
  if (slash > 0) return nearest(spec.slice(0, slash), providers).map((provider) => provider + spec.slice(slash));
  const maker = makers.find(([pattern]) => pattern.test(spec))?.[1];
  return maker === undefined ? [] : [`${maker}/${spec}`];
}
