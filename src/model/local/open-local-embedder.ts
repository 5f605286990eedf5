import type { Embedder } from "../../kernel/contracts/embedder.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { aborted, orAborted } from "./calling/abort.ts";
import { loadModel, unavailable } from "./load.ts";
import { locate } from "./locate.ts";
import type { LocalOptions } from "./options.ts";
import { type LlamaModel, openRuntime, type Runtime } from "./runtime.ts";

const defaultContext = 2048;

/**
 * Opens a GGUF file as an embedder: vectors of norm 1, as wide as the model is.
 * Throws MODEL_UNKNOWN, MODEL_DOWNLOAD, FILE_UNREADABLE, PACKAGE_MISSING, MODEL_UNAVAILABLE or ABORTED;
 * `embed` throws CONTEXT_EXCEEDED for a text that is too long, and ABORTED.
 */
export async function openLocalEmbedder(nameOrPath: string, options: LocalOptions): Promise<Embedder> {
  const located = await locate(nameOrPath, options);
  const id = `local/${located.name}`;
  const runtime = await openRuntime(options.gpu ?? "auto");
  try {
    const model = await loadModel(runtime, located, options);
    const vectorOf = await createVectors(runtime, { model, id }, options);
    return {
      id,
      dimensions: model.embeddingVectorSize,
      async embed(texts, { signal } = {}) {
        const vectors: Float32Array[] = [];
        for (const text of texts) {
          if (signal?.aborted) throw aborted(signal);
          vectors.push(await orAborted(vectorOf(text), signal));
        }
        return vectors;
      },
      close: () => runtime.llama.dispose(),
    };
  } catch (error) {
    await runtime.llama.dispose();
    throw error;
  }
}

async function createVectors(
  runtime: Runtime,
  { model, id }: { model: LlamaModel; id: string },
  { contextTokens = defaultContext, threads }: LocalOptions,
): Promise<(text: string) => Promise<Float32Array>> {
  const limit = Math.min(contextTokens, model.trainContextSize);
  const size = { contextSize: limit, batchSize: limit };
  const context = await model
    .createEmbeddingContext(threads === undefined ? size : { ...size, threads })
    .catch((cause: unknown) => {
      throw unavailable(runtime, id, cause);
    });
  return async (text) => {
    const tokens = context.calculateInputLength(text);
    if (tokens > limit) throw tooLong(id, tokens, limit);
    return unit((await context.getEmbeddingFor(text)).vector);
  };
}

function tooLong(model: string, tokens: number, limit: number): TinyTroupeError {
  return new TinyTroupeError("CONTEXT_EXCEEDED", `A text of ${tokens} tokens is too long for ${model} (${limit}).`, {
    data: { model, tokens, limit },
    hint: "Embed it in pieces.",
  });
}

function unit(vector: readonly number[]): Float32Array {
  const norm = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (value) => value / norm);
}
