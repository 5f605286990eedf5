import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import type { Embedder, EmbedOptions } from "../../../kernel/contracts/embedder.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { aborted, countable, modelTimeout } from "../../flow/time.ts";
import { closedError } from "../connection.ts";
import { callError } from "./errors.ts";

export interface SdkEmbedderSettings {
  readonly id: string;
  readonly embedding: EmbeddingModelV4;
  readonly deadlineMs: number;
  readonly secrets: readonly string[];
  close?(): Promise<void>;
}

/** How many texts go into one call when the provider names no limit of its own. */
const usualBatch = 100;

/** Lengths of well-known embeddings; that of others is known from the first vectors on. */
const dimensionsOf: Readonly<Record<string, number>> = {
  "text-embedding-3-small": 1536,
  "text-embedding-3-large": 3072,
  "text-embedding-ada-002": 1536,
  "gemini-embedding-001": 3072,
  "mistral-embed": 1024,
};

/** An embedding model of the AI SDK behind our contract: batched, and every vector of norm 1. */
export async function createSdkEmbedder(settings: SdkEmbedderSettings): Promise<Embedder> {
  const { id, embedding } = settings;
  const batch = Math.min((await embedding.maxEmbeddingsPerCall) ?? usualBatch, usualBatch);
  let dimensions = dimensionsOf[embedding.modelId] ?? 0;
  let closed = false;
  return {
    ...{ id, batch, billed: true },
    get dimensions() {
      return dimensions;
    },
    embed: async (texts, options = {}) => {
      if (closed) throw closedError(id);
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += batch) {
        vectors.push(...(await embedBatch(settings, texts.slice(start, start + batch), options)));
      }
      dimensions = vectors[0]?.length ?? dimensions;
      return vectors;
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await settings.close?.();
    },
  };
}

async function embedBatch(
  { id, embedding, deadlineMs, secrets }: SdkEmbedderSettings,
  texts: readonly string[],
  { signal, onUsage }: EmbedOptions,
): Promise<Float32Array[]> {
  const deadline = AbortSignal.timeout(countable(deadlineMs));
  const abortSignal = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    abortSignal.throwIfAborted();
    const { embeddings, usage } = await embedding.doEmbed({ values: [...texts], abortSignal });
    if (usage !== undefined) onUsage?.({ input: usage.tokens, output: 0 });
    if (embeddings.length === texts.length) return embeddings.map(unitVector);
  } catch (error) {
    if (signal?.aborted) throw aborted(signal);
    if (deadline.aborted) throw modelTimeout(id, deadlineMs);
    throw callError(error, { model: id, secrets, contextTokens: 8_192 });
  }
  throw new TinyTroupeError("MODEL_EMPTY", `${id} gave fewer vectors than it was given texts.`, {
    data: { model: id },
    hint: "Try again, or use another embedder.",
  });
}

function unitVector(vector: readonly number[]): Float32Array {
  const norm = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (norm === 0 ? 0 : value / norm));
}
