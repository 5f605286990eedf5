import type { LanguageModelV4CallOptions, LanguageModelV4Prompt, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { APICallError, type EmbeddingModelV4, type LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelLimits } from "../../../kernel/contracts/model.ts";
import { followingOfSize, limitsOf, parametersOf } from "../../catalogue/limits.ts";

/** Where an Ollama server is, and which of its models is meant. */
export interface OllamaPlace {
  readonly name: string;
  readonly baseURL: string;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
  /** The context to ask for, in tokens. */
  readonly contextTokens?: number | undefined;
}

/**
 * The context that is asked for unless the user says another: enough for a long talk, and bearable in memory.
 * Without one the server takes its own default, and cuts longer prompts without a word.
 */
const usualContext = 16_384;

/**
 * Ollama's own API as a language model of the AI SDK. Its OpenAI-like one has no way to ask for a context length.
 * One context length for all calls: the server loads the model anew whenever it changes.
 */
export async function openOllama(
  place: OllamaPlace,
): Promise<{ readonly language: LanguageModelV4; readonly limits: ModelLimits }> {
  const shown = await show(place);
  const most = contextOf(shown) ?? usualContext;
  const contextTokens = place.contextTokens ?? Math.min(most, usualContext);
  const known = limitsOf("ollama", place.name);
  const size = Number.parseFloat(shown.details?.parameter_size ?? "");
  const limits: ModelLimits = {
    contextTokens,
    structured: true,
    images: shown.capabilities?.includes("vision") ?? known.images,
    following: followingOfSize(Number.isNaN(size) ? parametersOf(place.name) : size / (isMillions(shown) ? 1000 : 1)),
  };
  const thinks = shown.capabilities?.includes("thinking") ?? false;
  return { language: ollamaModel(place, { contextTokens, thinks }), limits };
}

interface Shown {
  readonly capabilities?: readonly string[];
  readonly details?: { readonly parameter_size?: string };
  readonly model_info?: Readonly<Record<string, unknown>>;
}

/** What the server knows of the model; nothing when it is not running yet, since the first call will say so. */
async function show(place: OllamaPlace): Promise<Shown> {
  try {
    const response = await post(place, "/api/show", {
      body: { model: place.name },
      signal: AbortSignal.timeout(5_000),
    });
    return (await response.json()) as Shown;
  } catch {
    // Not running, or no Ollama: the first call meets the same, and says so.
    return {};
  }
}

function contextOf(shown: Shown): number | undefined {
  const found = Object.entries(shown.model_info ?? {}).find(([key]) => key.endsWith(".context_length"))?.[1];
  return typeof found === "number" ? found : undefined;
}

const isMillions = (shown: Shown): boolean => /M$/i.test(shown.details?.parameter_size ?? "");

interface Asking {
  readonly contextTokens: number;
  readonly thinks: boolean;
}

function ollamaModel(place: OllamaPlace, asking: Asking): LanguageModelV4 {
  const ask = (options: LanguageModelV4CallOptions, stream: boolean): Promise<Response> =>
    post(place, "/api/chat", {
      body: requestBody(options, { ...asking, name: place.name, stream }),
      signal: options.abortSignal,
    });
  return {
    specificationVersion: "v4",
    provider: "ollama",
    modelId: place.name,
    supportedUrls: {},
    doGenerate: async (options) => {
      const reply = (await (await ask(options, false)).json()) as Reply;
      return { content: [{ type: "text", text: reply.message?.content ?? "" }], ...ending(reply), warnings: [] };
    },
    doStream: async (options) => {
      const response = await ask(options, true);
      return { stream: ReadableStream.from(streamParts(lines(response))) };
    },
  };
}

function requestBody(
  options: LanguageModelV4CallOptions,
  { name, stream, contextTokens, thinks }: Asking & { name: string; stream: boolean },
): object {
  const format = options.responseFormat?.type === "json" ? (options.responseFormat.schema ?? "json") : undefined;
  return {
    model: name,
    messages: options.prompt.map(ollamaMessage),
    stream,
    // A prompt that does not fit is an error, never cut.
    truncate: false,
    ...(format === undefined ? {} : { format }),
    ...(thinks ? { think: thinking(name, options) } : {}),
    options: {
      num_ctx: contextTokens,
      ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.maxOutputTokens === undefined ? {} : { num_predict: options.maxOutputTokens }),
    },
  };
}

/** People act without long thought; gpt-oss cannot do without any. */
function thinking(name: string, options: LanguageModelV4CallOptions): boolean | "low" {
  const purpose = options.providerOptions?.["ollama"]?.["purpose"];
  const acting = purpose === "act" || purpose === "elicit";
  return name.includes("gpt-oss") ? "low" : !acting;
}

function ollamaMessage(message: LanguageModelV4Prompt[number]): object {
  if (message.role === "system") return { role: "system", content: message.content };
  const text = message.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  const images = message.content.flatMap((part) =>
    part.type === "file" && part.data.type === "data" ? [base64(part.data.data)] : [],
  );
  return { role: message.role, content: text, ...(images.length === 0 ? {} : { images }) };
}

function base64(data: Uint8Array | string): string {
  return typeof data === "string" ? data : Buffer.from(data).toString("base64");
}

interface Reply {
  readonly message?: { readonly content?: string };
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
  readonly error?: string;
}

function ending(reply: Reply) {
  const raw = reply.done_reason;
  const unified = reply.done !== true ? "interrupted" : raw === "length" ? "length" : "stop";
  const input = reply.prompt_eval_count;
  const output = reply.eval_count;
  return {
    finishReason: { unified, raw } as const,
    usage: {
      inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: output, text: output, reasoning: undefined },
    },
  };
}

async function* streamParts(replies: AsyncIterable<Reply>): AsyncGenerator<LanguageModelV4StreamPart> {
  let last: Reply = {};
  for await (const reply of replies) {
    if (reply.error !== undefined) throw new Error(reply.error);
    const delta = reply.message?.content ?? "";
    if (delta !== "") yield { type: "text-delta", id: "0", delta };
    last = reply;
  }
  yield { type: "finish", ...ending(last) };
}

async function* lines(response: Response): AsyncGenerator<Reply> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) if (line.trim() !== "") yield JSON.parse(line) as Reply;
  }
  if (rest.trim() !== "") yield JSON.parse(rest) as Reply;
}

/** Embeddings by Ollama's own API. */
export function openOllamaEmbedding(place: OllamaPlace): EmbeddingModelV4 {
  return {
    specificationVersion: "v4",
    provider: "ollama",
    modelId: place.name,
    maxEmbeddingsPerCall: 256,
    supportsParallelCalls: false,
    doEmbed: async ({ values, abortSignal }) => {
      const body = { model: place.name, input: values, truncate: true };
      const response = await post(place, "/api/embed", { body, signal: abortSignal });
      const answer = (await response.json()) as { embeddings?: number[][]; prompt_eval_count?: number };
      const { embeddings = [], prompt_eval_count: tokens } = answer;
      return { embeddings, ...(tokens !== undefined && { usage: { tokens } }), warnings: [] };
    },
  };
}

async function post(
  { baseURL, apiKey, fetch }: OllamaPlace,
  path: string,
  { body, signal }: { readonly body: object; readonly signal: AbortSignal | undefined },
): Promise<Response> {
  const url = `${baseURL}${path}`;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(apiKey === "" ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.ok) return response;
  throw new APICallError({
    message: response.statusText,
    url,
    requestBodyValues: {},
    statusCode: response.status,
    responseHeaders: Object.fromEntries(response.headers),
    responseBody: await response.text(),
  });
}
