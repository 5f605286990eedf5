import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Embedder } from "../../kernel/contracts/embedder.ts";
import type { Model, ModelLimits } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { limitsOf } from "../catalogue/limits.ts";
import { dialectOf } from "./ai-sdk/dialect.ts";
import { createSdkEmbedder } from "./ai-sdk/embedder.ts";
import { createSdkModel } from "./ai-sdk/model.ts";
import { type Provider, type ProviderCall, providers, unknownModel } from "./ai-sdk/providers.ts";
import { type Connection, type Environment, openConnection } from "./connection.ts";

export interface ProviderOptions {
  /** Keys and addresses, by the names that the providers themselves use. */
  readonly environment: Environment;
  /** Takes the place of the address in the environment. */
  readonly baseUrl?: string;
  /** Milliseconds that a call may take; 300,000 when absent. */
  readonly deadlineMs?: number;
  /** Where the user knows better than the catalogue. */
  readonly limits?: Partial<ModelLimits>;
}

const usualDeadlineMs = 300_000;

/** The providers that a `provider/model` string can name here. */
export const providerNames: readonly string[] = Object.keys(providers);

/** The variables that may hold a provider's key, the usual one first. */
export function keyVariables(provider: string): readonly string[] {
  return providers[provider]?.keys ?? [];
}

/**
 * Opens a model of a provider: `openai/gpt-5-mini`, `azure/<deployment>`, `anthropic/…`, `google/…`, `mistral/…`,
 * `openrouter/<maker>/<model>`, `ollama/…`, or `compatible/…` for any server that speaks like OpenAI's. Nothing but
 * Ollama is contacted before the first call; `close` gives its sockets back.
 * @throws MODEL_UNKNOWN, KEY_MISSING, PACKAGE_MISSING, OPTION_INVALID
 */
export async function openProvider(spec: string, options: ProviderOptions): Promise<Model> {
  const asked = parseSpec(spec);
  const { provider, name, served } = asked;
  return opened(options, asked, async (call, connection) => {
    const { language, limits } = await served.language({ ...call, contextTokens: options.limits?.contextTokens });
    return createSdkModel({
      id: `${provider}/${name}`,
      language,
      dialect: dialectOf(provider, {
        name,
        limits: { ...limitsOf(provider, name), ...limits, ...options.limits },
        official: call.baseURL === served.address?.({}),
      }),
      deadlineMs: options.deadlineMs ?? usualDeadlineMs,
      secrets: secretsOf(options.environment),
      close: connection.close,
    });
  });
}

/**
 * Opens a provider's embeddings, as in `openai/text-embedding-3-small` or `ollama/nomic-embed-text`. Where the length
 * of its vectors is not well known, `dimensions` is 0 until the first came.
 * @throws as `openProvider`
 */
export async function openProviderEmbedder(spec: string, options: ProviderOptions): Promise<Embedder> {
  const asked = parseSpec(spec);
  const { provider, name, served } = asked;
  return opened(options, asked, async (call, connection) =>
    createSdkEmbedder({
      id: `${provider}/${name}`,
      embedding: await served.embedding(call),
      deadlineMs: options.deadlineMs ?? usualDeadlineMs,
      secrets: secretsOf(options.environment),
      close: connection.close,
    }),
  );
}

export interface LanguageModelOptions {
  readonly deadlineMs?: number;
  readonly limits?: Partial<ModelLimits>;
}

/** Any model object of the AI SDK's provider packages, of the versions 2 (AI SDK 5) to 4 (AI SDK 7). */
export type AnyLanguageModel = Pick<LanguageModelV4, "provider" | "modelId"> & {
  readonly specificationVersion: string;
};

/** Tells whether a value is a model object of the AI SDK. */
export function isLanguageModel(value: unknown): value is AnyLanguageModel {
  if (typeof value !== "object" || value === null) return false;
  const { specificationVersion, provider, modelId, doGenerate, doStream } = value as Record<string, unknown>;
  return (
    typeof specificationVersion === "string" &&
    typeof provider === "string" &&
    typeof modelId === "string" &&
    typeof doGenerate === "function" &&
    typeof doStream === "function"
  );
}

/**
 * A user's own AI SDK model object as one of our models, by its provider's `doGenerate` and `doStream`; whatever
 * `fetch`, key and address it was made with stay its own.
 * @throws OPTION_INVALID when it is no model object of a version from 2 to 4
 */
export function fromLanguageModel(language: AnyLanguageModel, options: LanguageModelOptions = {}): Model {
  if (!isLanguageModel(language) || !["v2", "v3", "v4"].includes(language.specificationVersion)) {
    throw new TinyTroupeError("OPTION_INVALID", "This is no model object of the AI SDK that can be used here.", {
      data: { option: "model" },
      hint: "Give a 'provider/model' string, or a model made by a provider package for AI SDK 5, 6 or 7.",
    });
  }
  const provider = language.provider.split(".")[0]?.split("-")[0] ?? language.provider;
  const name = language.modelId;
  return createSdkModel({
    id: `${provider}/${name}`,
    language: language as LanguageModelV4,
    dialect: dialectOf(provider, {
      name,
      limits: { ...limitsOf(provider, name), ...options.limits },
      official: false,
    }),
    deadlineMs: options.deadlineMs ?? usualDeadlineMs,
    secrets: [],
  });
}

function parseSpec(spec: string): { provider: string; name: string; served: Provider } {
  const slash = spec.indexOf("/");
  const provider = spec.slice(0, Math.max(0, slash));
  const name = spec.slice(slash + 1).trim();
  const served = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
  if (served === undefined || name === "") {
    throw unknownModel(spec, `Write provider/model, with one of ${providerNames.join(", ")}: openai/gpt-5-mini.`);
  }
  return { provider, name, served };
}

/** Makes something that holds a connection, and closes that again if the making fails. */
async function opened<T>(
  options: ProviderOptions,
  { provider, name, served }: ReturnType<typeof parseSpec>,
  make: (call: ProviderCall, connection: Connection) => Promise<T>,
): Promise<T> {
  const { environment } = options;
  const apiKey = keyOf(provider, served, environment);
  const baseURL = addressOf(provider, served, options);
  const connection = await openConnection(environment);
  try {
    return await make({ name, apiKey, baseURL, fetch: connection.fetch, environment }, connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function firstOf(environment: Environment, variables: readonly string[]): string | undefined {
  return variables
    .map((variable) => environment[variable]?.trim())
    .find((value) => value !== undefined && value !== "");
}

function keyOf(provider: string, { keys, keyless }: Provider, environment: Environment): string {
  const key = firstOf(environment, keys);
  const [variable] = keys;
  if (key !== undefined || keyless === true || variable === undefined) return key ?? "";
  throw new TinyTroupeError("KEY_MISSING", `The key for ${provider} is missing.`, {
    data: { provider, variable },
    hint: `Set ${keys.join(" or ")} in the environment, or choose another model.`,
  });
}

/** Every key of every provider: none of them belongs into a message. */
function secretsOf(environment: Environment): readonly string[] {
  const variables = Object.values(providers).flatMap(({ keys }) => keys);
  return variables.flatMap((variable) => environment[variable]?.trim() ?? []);
}

function addressOf(provider: string, served: Provider, options: ProviderOptions): string {
  const said = options.baseUrl ?? firstOf(options.environment, served.addresses);
  const address = said ?? served.address?.(options.environment);
  if (address === undefined) {
    const variable = served.addresses[0] ?? "baseUrl";
    throw new TinyTroupeError("OPTION_INVALID", `Where ${provider} is served is not known.`, {
      data: { option: "baseUrl" },
      hint: `Give a baseUrl, or set ${variable}${provider === "azure" ? " or AZURE_RESOURCE_NAME" : ""}.`,
    });
  }
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : withPort(address, served.port));
  // A query would end up in the middle of the address, and may hold a key.
  if (url === null || url.username !== "" || url.password !== "" || url.search !== "") {
    throw new TinyTroupeError("OPTION_INVALID", `The address of ${provider} is no plain web address.`, {
      data: { option: "baseUrl" },
      hint: `Write it like https://host/v1, without a '?', with the key in its own variable${
        provider === "azure" ? " and the version in AZURE_API_VERSION" : ""
      }.`,
    });
  }
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path === "" ? served.path(url) : path}`;
}

/** `OLLAMA_HOST` is often a bare host: the usual port is meant then. */
function withPort(address: string, port: number | undefined): string {
  const [host = "", ...path] = address.split("/");
  const whole = port === undefined || /:\d+$/.test(host) ? host : `${host}:${port}`;
  return `http://${[whole, ...path].join("/")}`;
}
