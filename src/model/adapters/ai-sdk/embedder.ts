import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import type { Embedder } from "../../../kernel/contracts/embedder.ts";
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

/** Lengths of well-known embeddings; others are asked for one vector first. */
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
  let closed = false;
  const embed: Embedder["embed"] = async (texts, options) => {
    if (closed) throw closedError(id);
    const size = (await embedding.maxEmbeddingsPerCall) ?? usualBatch;
    const batch = Math.min(size, usualBatch);
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += batch) {
      const part = texts.slice(start, start + batch);
      vectors.push(...(await embedBatch(settings, part, options?.signal)));
    }
    return vectors;
  };
  const known = dimensionsOf[embedding.modelId];
  const dimensions = known ?? (await embed(["dimensions"]))[0]?.length ?? 0;
  return {
    id,
    dimensions,
    embed,
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
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const deadline = AbortSignal.timeout(countable(deadlineMs));
  const abortSignal = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    abortSignal.throwIfAborted();
    const { embeddings } = await embedding.doEmbed({ values: [...texts], abortSignal });
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
