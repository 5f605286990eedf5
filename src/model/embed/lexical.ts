import type { Embedder } from "../../kernel/contracts/embedder.ts";
import { gramsOf, isDense, stemOf, weightOf, wordsOf } from "../../kernel/language/terms.ts";
import { aborted } from "../flow/time.ts";
import { ofNormOne } from "./unit.ts";

export const lexicalEmbedderId = "lexical/hashed-512";
const dimensions = 512;

/**
 * Vectors from the words of a text and their parts, for any language and without any model: hashed counts of words,
 * stems and character n-grams with signs (K. Weinberger et al., "Feature Hashing", 2009). Texts are near when they
 * share words or parts of words, not when they mean the same. Needs nothing, loads nothing.
 * @example
 * const [one, other] = await createLexicalEmbedder().embed(["cheap bread", "bread"]);
 * one.length; // => 512
 */
export function createLexicalEmbedder(): Embedder {
  return {
    id: lexicalEmbedderId,
    dimensions,
    compares: "words",
    instant: true,
    embed: async (texts, { signal } = {}) => {
      if (signal?.aborted) throw aborted(signal);
      return texts.map(lexicalVector);
    },
  };
}

function lexicalVector(text: string): Float32Array {
  const features = new Map<string, { readonly weight: number; count: number }>();
  const add = (name: string, weight: number) => {
    const feature = features.get(name) ?? { weight, count: 0 };
    feature.count += 1;
    features.set(name, feature);
  };
  for (const word of wordsOf(text)) {
    const whole = isDense(word);
    const share = weightOf(word);
    add(`w ${word}`, share);
    add(`s ${stemOf(word)}`, 0.7 * share);
    for (const gram of gramsOf(word)) add(`g ${gram}`, whole ? 0.8 : 0.35 * share);
  }
  const vector = new Float32Array(dimensions);
  for (const [name, { weight, count }] of features) {
    const hash = spread(name);
    const at = hash % dimensions;
    // A word that is said ten times is not ten times as important.
    vector[at] = (vector[at] ?? 0) + (hash >= 0x8000_0000 ? -1 : 1) * weight * (1 + Math.log(count));
  }
  return ofNormOne(vector);
}

/** FNV-1a, then the finalizer of MurmurHash3: the former alone leaves similar texts in similar places. */
function spread(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
