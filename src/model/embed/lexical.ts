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
  const counts = new Counts();
  return {
    id: lexicalEmbedderId,
    dimensions,
    compares: "words",
    instant: true,
    embed: async (texts, { signal } = {}) => {
      if (signal?.aborted) throw aborted(signal);
      return texts.map((text) => lexicalVector(wordsOf(text).map(featuresOf), counts));
    },
  };
}

/** The parts of a word, by the hashes of their names: numbers beside each other, and not an object each. */
interface Features {
  readonly hashes: Uint32Array;
  readonly weights: Float64Array;
}

function featuresIn(word: string): Features {
  const share = weightOf(word);
  const ofGram = isDense(word) ? 0.8 : 0.35 * share;
  const grams = Array.from(gramsOf(word), (gram) => spread(`g ${gram}`));
  return {
    hashes: Uint32Array.of(spread(`w ${word}`), spread(`s ${stemOf(word)}`), ...grams),
    weights: Float64Array.of(share, 0.7 * share, ...grams.map(() => ofGram)),
  };
}

function lexicalVector(words: readonly Features[], counts: Counts): Float32Array {
  counts.clear(words.reduce((sum, { hashes }) => sum + hashes.length, 0));
  for (const features of words) counts.add(features);
  return ofNormOne(counts.vector());
}

/**
 * How often there is which feature, in the order in which they came: a table with open addresses, which stands for all
 * texts. A `Map` takes five times as long, and one a text leaves thousands of objects behind.
 */
class Counts {
  #size = 0;
  #hashes = new Uint32Array(0);
  #weights = new Float64Array(0);
  #counts = new Uint32Array(0);
  /** One more than the place of the feature whose hash belongs here; 0 where there is none. */
  #slots = new Int32Array(0);
  /** Of the slots that are used: a short text after a long one needs few of them, which stay at hand. */
  #mask = 0;

  /** Begins anew, with room for so many. */
  clear(most: number): void {
    this.#size = 0;
    const room = 2 ** Math.ceil(Math.log2(most + 1));
    this.#mask = 2 * room - 1;
    if (room <= this.#hashes.length) {
      this.#slots.fill(0, 0, 2 * room);
      return;
    }
    [this.#hashes, this.#weights] = [new Uint32Array(room), new Float64Array(room)];
    [this.#counts, this.#slots] = [new Uint32Array(room), new Int32Array(2 * room)];
  }

  add({ hashes: given, weights }: Features): void {
    const hashes = this.#hashes;
    const slots = this.#slots;
    const mask = this.#mask;
    for (let at = 0; at < given.length; at++) {
      const hash = given[at] as number;
      let slot = hash & mask;
      let place = (slots[slot] as number) - 1;
      while (place >= 0 && hashes[place] !== hash) {
        slot = (slot + 1) & mask;
        place = (slots[slot] as number) - 1;
      }
      if (place < 0) {
        place = this.#size++;
        slots[slot] = place + 1;
        hashes[place] = hash;
        this.#weights[place] = weights[at] as number;
        this.#counts[place] = 0;
      }
      this.#counts[place] = (this.#counts[place] as number) + 1;
    }
  }

  /** With signs, of no norm. A word that is said ten times is not ten times as important. */
  vector(): Float32Array {
    const vector = new Float32Array(dimensions);
    for (let place = 0; place < this.#size; place++) {
      const hash = this.#hashes[place] as number;
      const count = this.#counts[place] as number;
      const weight = (this.#weights[place] as number) * (count === 1 ? 1 : 1 + Math.log(count));
      const at = hash % dimensions;
      vector[at] = (vector[at] as number) + (hash >= 0x8000_0000 ? -weight : weight);
    }
    return vector;
  }
}

/** FNV-1a, then the finalizer of MurmurHash3: the former alone leaves similar texts in similar places. */
function spread(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
