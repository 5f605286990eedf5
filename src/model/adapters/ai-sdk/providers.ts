import type { EmbeddingModelV4, LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelLimits } from "../../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Environment } from "../connection.ts";

/** What a provider's package needs to make a model. */
export interface ProviderCall {
  /** The model as its maker names it. */
  readonly name: string;
  readonly apiKey: string;
  readonly baseURL: string;
  readonly fetch: typeof globalThis.fetch;
  readonly environment: Environment;
  /** The context that the user wants, where a server can be asked for one. */
  readonly contextTokens?: number | undefined;
}

/** A model, and what its server says that it can bear. */
export interface Served {
  readonly language: LanguageModelV4;
  readonly limits?: ModelLimits;
}

/** One place where models are served: how to pay there, where it is, and how to talk to it. */
export interface Provider {
  /** Variables that may hold the key, the one to name first; empty when none is needed. */
  readonly keys: readonly string[];
  readonly keyless?: true;
  /** Variables that may hold the address. */
  readonly addresses: readonly string[];
  /** Where it is when nobody says otherwise. */
  readonly address?: (environment: Environment) => string | undefined;
  /** Meant when an address names a bare host. */
  readonly port?: number;
  /** Put after an address that has no path. */
  readonly path: (address: URL) => string;
  language(call: ProviderCall): Promise<Served>;
  embedding(call: ProviderCall): Promise<EmbeddingModelV4>;
}

/** Served by the Responses API alone. */
const responsesOnly = /codex|-pro\b|deep-research|computer-use/;

const openai: Provider = {
  keys: ["OPENAI_API_KEY"],
  addresses: ["OPENAI_BASE_URL"],
  address: () => "https://api.openai.com/v1",
  path: () => "/v1",
  // Chat completions, not responses: it takes a seed, and it is what all servers of this kind speak.
  language: async (call) => {
    const provider = await openOpenAI(call);
    return { language: responsesOnly.test(call.name) ? provider.responses(call.name) : provider.chat(call.name) };
  },
  embedding: async (call) => (await openOpenAI(call)).embedding(call.name),
};

async function openOpenAI({ apiKey, baseURL, fetch, environment }: ProviderCall) {
  const { createOpenAI } = await import("@ai-sdk/openai");
  const { OPENAI_ORG_ID: organization, OPENAI_PROJECT_ID: project } = environment;
  return createOpenAI({
    apiKey,
    baseURL,
    fetch,
    ...(organization ? { organization } : {}),
    ...(project ? { project } : {}),
  });
}

const azure: Provider = {
  keys: ["AZURE_API_KEY", "AZURE_OPENAI_API_KEY"],
  addresses: ["AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_BASE_URL", "AZURE_BASE_URL"],
  address: ({ AZURE_RESOURCE_NAME: name }) =>
    name && /^[a-z0-9-]+$/i.test(name) ? `https://${name}.openai.azure.com/openai` : undefined,
  path: () => "/openai",
  language: async (call) => ({ language: (await openAzure(call)).chat(call.name) }),
  embedding: async (call) => (await openAzure(call)).embedding(call.name),
};

/**
 * Azure's current addresses are those of OpenAI below another path; with a dated API version, the older ones are
 * meant, which name the deployment in the path and the version in the query.
 */
async function openAzure({ name, apiKey, baseURL, fetch, environment }: ProviderCall) {
  const { createOpenAI } = await import("@ai-sdk/openai");
  const version = environment["AZURE_API_VERSION"] || environment["OPENAI_API_VERSION"] || "v1";
  const headers = { "api-key": apiKey };
  if (!/^\d{4}-/.test(version)) {
    const current = baseURL.endsWith("/v1") ? baseURL : `${baseURL}/v1`;
    return createOpenAI({ apiKey, baseURL: current, fetch, headers });
  }
  const query = new URLSearchParams({ "api-version": version });
  const versioned: typeof fetch = (input, init) => fetch(`${String(input)}?${query}`, init);
  const older = `${baseURL.replace(/\/v1$/, "")}/deployments/${encodeURIComponent(name)}`;
  return createOpenAI({ apiKey, baseURL: older, fetch: versioned, headers });
}

const anthropic: Provider = {
  keys: ["ANTHROPIC_API_KEY"],
  addresses: ["ANTHROPIC_BASE_URL"],
  address: () => "https://api.anthropic.com/v1",
  path: () => "/v1",
  language: async ({ apiKey, baseURL, fetch, name }) => {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    return { language: createAnthropic({ apiKey, baseURL, fetch }).languageModel(name) };
  },
  embedding: async ({ name }) => {
    throw unknownModel(`anthropic/${name}`, "Anthropic serves no embeddings: use another embedder.");
  },
};

const google: Provider = {
  keys: ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"],
  addresses: ["GOOGLE_GENERATIVE_AI_BASE_URL", "GOOGLE_GEMINI_BASE_URL", "GEMINI_BASE_URL"],
  address: () => "https://generativelanguage.googleapis.com/v1beta",
  path: () => "/v1beta",
  language: async ({ apiKey, baseURL, fetch, name }) => {
    const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
    return { language: createGoogleGenerativeAI({ apiKey, baseURL, fetch }).languageModel(name) };
  },
  embedding: async ({ apiKey, baseURL, fetch, name }) => {
    const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
    return createGoogleGenerativeAI({ apiKey, baseURL, fetch }).embeddingModel(name);
  },
};

const mistral: Provider = {
  keys: ["MISTRAL_API_KEY"],
  addresses: ["MISTRAL_BASE_URL"],
  address: () => "https://api.mistral.ai/v1",
  path: () => "/v1",
  language: async (call) => ({ language: (await openMistral(call)).languageModel(call.name) }),
  embedding: async (call) => (await openMistral(call)).embeddingModel(call.name),
};

async function openMistral({ apiKey, baseURL, fetch }: ProviderCall) {
  const { createMistral } = await optional("@ai-sdk/mistral@4", () => import("@ai-sdk/mistral"));
  return createMistral({ apiKey, baseURL, fetch });
}

const openrouter: Provider = {
  keys: ["OPENROUTER_API_KEY"],
  addresses: ["OPENROUTER_BASE_URL"],
  address: () => "https://openrouter.ai/api/v1",
  path: () => "/api/v1",
  language: async (call) => ({ language: (await openCompatible("openrouter", call)).chatModel(call.name) }),
  embedding: async (call) => (await openCompatible("openrouter", call)).embeddingModel(call.name),
};

const compatible: Provider = {
  keys: ["OPENAI_COMPATIBLE_API_KEY", "TINYTROUPE_API_KEY"],
  keyless: true,
  addresses: ["OPENAI_COMPATIBLE_BASE_URL", "TINYTROUPE_BASE_URL"],
  path: () => "/v1",
  language: async (call) => ({ language: (await openCompatible("compatible", call)).chatModel(call.name) }),
  embedding: async (call) => (await openCompatible("compatible", call)).embeddingModel(call.name),
};

async function openCompatible(name: string, { apiKey, baseURL, fetch }: ProviderCall) {
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  return createOpenAICompatible({
    name,
    baseURL,
    fetch,
    ...(apiKey === "" ? {} : { apiKey }),
    includeUsage: true,
    supportsStructuredOutputs: true,
    transformRequestBody: (body) => ({ ...body, messages: (body["messages"] as ChatMessage[]).map(markedPart) }),
  });
}

type ChatMessage = { content?: unknown; cache_control?: unknown };

/** The package puts a mark beside a text; the servers that know marks read them inside a part. */
function markedPart(message: ChatMessage): ChatMessage {
  const { cache_control: mark, ...rest } = message;
  if (mark === undefined || typeof rest.content !== "string") return message;
  return { ...rest, content: [{ type: "text", text: rest.content, cache_control: mark }] };
}

const ollama: Provider = {
  keys: ["OLLAMA_API_KEY"],
  keyless: true,
  addresses: ["OLLAMA_HOST", "OLLAMA_BASE_URL"],
  address: () => "http://127.0.0.1:11434",
  port: 11434,
  path: () => "",
  language: async (call) => {
    const { openOllama } = await import("./ollama.ts");
    const wanted = Number(call.environment["OLLAMA_CONTEXT_LENGTH"]) || undefined;
    return openOllama({ ...call, contextTokens: call.contextTokens ?? wanted });
  },
  embedding: async (call) => {
    const { openOllamaEmbedding } = await import("./ollama.ts");
    return openOllamaEmbedding(call);
  },
};

export const providers: Readonly<Record<string, Provider>> = {
  openai,
  azure,
  anthropic,
  google,
  mistral,
  openrouter,
  ollama,
  compatible,
};

/**
 * Loads a package that not everybody has.
 * @throws PACKAGE_MISSING with the command that installs it
 */
export async function optional<T>(versioned: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    const name = versioned.replace(/(?<=.)@\d+$/, "");
    const command = `npm install ${versioned}`;
    throw new TinyTroupeError("PACKAGE_MISSING", `The package ${name} is not installed.`, {
      data: { package: name, command },
      hint: `Install it with: ${command}`,
    });
  }
}

export function unknownModel(spec: string, hint: string): TinyTroupeError<"MODEL_UNKNOWN"> {
  return new TinyTroupeError("MODEL_UNKNOWN", `There is no model '${spec}'.`, { data: { spec }, hint });
}
