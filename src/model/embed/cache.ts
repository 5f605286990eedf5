import type { Embedder } from "../../kernel/contracts/embedder.ts";
import { type Digest, digest } from "../../kernel/values/hash.ts";

/**
 * Remembers vectors by the digest of their text; the least recently used go first (at most `entries`, 20,000 unless
 * told: about 40 MB at 512 dimensions). A text that occurs twice in one call is embedded once. Vectors handed out are
 * copies: what is done to one changes no other.
 */
export function withEmbeddingCache(
  embedder: Embedder,
  { entries = 20_000 }: { readonly entries?: number } = {},
): Embedder {
  const known = new Map<Digest, Float32Array>();
  const recall = (key: Digest): Float32Array | undefined => {
    const vector = known.get(key);
    if (vector !== undefined) remember(key, vector);
    return vector;
  };
  const remember = (key: Digest, vector: Float32Array): void => {
    known.delete(key);
    known.set(key, vector);
    for (const oldest of known.keys()) {
      if (known.size <= entries) break;
      known.delete(oldest);
    }
  };
  return {
    id: embedder.id,
    get dimensions() {
      return embedder.dimensions;
    },
    ...(embedder.compares && { compares: embedder.compares }),
    ...(embedder.billed && { billed: true }),
    ...(embedder.batch !== undefined && { batch: embedder.batch }),
    ...(embedder.close === undefined ? {} : { close: async () => embedder.close?.() }),
    embed: async (texts, options) => {
      const keys = texts.map((text) => digest(text));
      const found = new Map(keys.map((key) => [key, recall(key)]));
      const missing = [...new Map(keys.map((key, at) => [key, texts[at] ?? ""]))].filter(([key]) => !found.get(key));
      const fresh =
        missing.length === 0
          ? []
          : await embedder.embed(
              missing.map(([, text]) => text),
              options,
            );
      missing.forEach(([key], at) => {
        const vector = fresh[at];
        if (vector === undefined)
          throw new TypeError(`${embedder.id} gave ${fresh.length} vectors for ${missing.length}.`);
        found.set(key, vector);
        remember(key, vector);
      });
      return keys.map((key) => (found.get(key) ?? new Float32Array()).slice());
    },
  };
}
