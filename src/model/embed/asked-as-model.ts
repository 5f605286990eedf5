import { z } from "zod";
import type { Embedder } from "../../kernel/contracts/embedder.ts";
import type { Layer, Model, Usage } from "../../kernel/contracts/model.ts";

/** In which requests for vectors are counted: they are made for several people at once. */
export const embeddingScope = "embeddings";

/** Whatever the embedder makes; what of it is an answer is looked at by those who asked. */
const anything = z.custom<readonly Float32Array[]>();
/** It reads texts and writes none; `structured` and the like are nothing that it is asked for. */
const limits: Model["limits"] = { contextTokens: 0, structured: true, images: false, following: "full" };

/**
 * An embedder whose requests pass through the layers that stand around models: each is a call of the purpose `embed` in
 * one scope, a message a text, with no answer that would cost anything.
 */
export function askedAsModel(embedder: Embedder, layers: Layer): Embedder {
  const model = layers(modelOf(embedder));
  const { id, batch = Number.POSITIVE_INFINITY } = embedder;
  return {
    id,
    get dimensions() {
      return embedder.dimensions;
    },
    embed: async (texts, { signal } = {}) => {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += batch) {
        const messages = texts.slice(start, start + batch).map((content) => ({ role: "user", content }) as const);
        const asked = { messages, schema: anything, purpose: "embed", scope: embeddingScope } as const;
        const { value } = await model.generate({ ...asked, maxOutputTokens: 0, ...(signal && { signal }) });
        vectors.push(...value);
      }
      return vectors;
    },
    close: async () => embedder.close?.(),
  };
}

function modelOf(embedder: Embedder): Model {
  return {
    ...{ id: embedder.id, limits },
    generate: async <T>({ messages, signal }: Parameters<Model["generate"]>[0]) => {
      let usage: Usage = { input: 0, output: 0 };
      const texts = messages.map(({ content }) => String(content));
      const value = await embedder.embed(texts, {
        ...(signal && { signal }),
        onUsage: ({ input, output }) => {
          usage = { input: usage.input + input, output: usage.output + output };
        },
      });
      return { value: value as T, usage, origin: "model" };
    },
  };
}
