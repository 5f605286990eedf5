import type { Embedder } from "../../kernel/contracts/embedder.ts";
import { remembering } from "../../kernel/language/remembering.ts";
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
  const featuresOf = remembering(featuresIn);
  return {
    id: lexicalEmbedderId,
    dimensions,
    compares: "words",
    instant: true,
    embed: async (texts, { signal } = {}) => {
      if (signal?.aborted) throw aborted(signal);
      return texts.map((text) => lexicalVector(wordsOf(text).map(featuresOf)));
    },
  };
}

/** A part of a word, by the hash of its name. */
interface Feature {
  readonly hash: number;
  readonly weight: number;
}

function featuresIn(word: string): readonly Feature[] {
  const whole = isDense(word);
  const share = weightOf(word);
  return [
    { hash: spread(`w ${word}`), weight: share },
    { hash: spread(`s ${stemOf(word)}`), weight: 0.7 * share },
    ...Array.from(gramsOf(word), (gram) => ({ hash: spread(`g ${gram}`), weight: whole ? 0.8 : 0.35 * share })),
  ];
}

function lexicalVector(words: readonly (readonly Feature[])[]): Float32Array {
  const counts = new Map<number, { readonly weight: number; count: number }>();
  for (const features of words) {
    for (const { hash, weight } of features) {
      const known = counts.get(hash);
      if (known === undefined) counts.set(hash, { weight, count: 1 });
      else known.count += 1;
    }
  }
  const vector = new Float32Array(dimensions);
  for (const [hash, { weight, count }] of counts) {
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
