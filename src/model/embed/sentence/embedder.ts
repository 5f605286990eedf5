import { createRequire } from "node:module";
import type { Embedder } from "../../../kernel/contracts/embedder.ts";
import { ofNormOne } from "../unit.ts";
import { piecesOf } from "./pieces.ts";
import { sentenceEmbedderId, sentencePackages } from "./protocol.ts";
import { SentenceThread } from "./thread.ts";

const dimensions = 512;

/** Tells whether the packages of the sentence embedder are installed, without loading them. */
export function hasSentencePackages(): boolean {
  const { resolve } = createRequire(import.meta.url);
  return sentencePackages.every((name) => {
    try {
      return resolve(name) !== "";
    } catch {
      // What cannot be resolved cannot be loaded either.
      return false;
    }
  });
}

/**
 * Sentence vectors without a network: Universal Sentence Encoder Lite (D. Cer et al., 2018), English, 512 numbers,
 * about 9 ms a sentence in a thread of its own. The thread starts with the first text and never keeps the process
 * alive by itself. Blind to negation. `embed` throws `PACKAGE_MISSING`, `MODEL_UNAVAILABLE`, `ABORTED` or `CLOSED`.
 */
export function createSentenceEmbedder(): Embedder {
  const thread = new SentenceThread();
  return {
    id: sentenceEmbedderId,
    dimensions,
    embed: async (texts, { signal } = {}) => {
      const pieces = texts.map(piecesOf);
      const vectors = (await thread.ask(pieces.flat(), signal)).values();
      return pieces.map((mine) => meanOf(mine, vectors));
    },
    close: () => thread.close(),
  };
}

/** A long text is the mean of its pieces, by their length. */
function meanOf(pieces: readonly string[], vectors: Iterator<Float32Array, undefined>): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const { length } of pieces) {
    const { value: vector } = vectors.next();
    for (let at = 0; at < dimensions; at++) sum[at] = (sum[at] ?? 0) + length * (vector?.[at] ?? 0);
  }
  return ofNormOne(sum);
}
