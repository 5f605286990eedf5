/** Words in a row that make one shingle. */
const width = 3;

// A fixed locale: the words of a text must not depend on the machine. Dictionaries for scripts without spaces
// (Chinese, Japanese, Thai, Khmer) are used whatever the locale.
const segmenter = once(() => new Intl.Segmenter("en", { granularity: "word" }));

/**
 * Plain English, in which words part by few rules: a fiftieth of a segmenter's time. What links words in some versions
 * of Unicode's rules (UAX #29) and parts them in others is left to the segmenter.
 */
const plain = /^[\t\n\r -^`{-~a-z“”–—]*$/;
const linked = /[a-z0-9]:[a-z0-9]/;
/** Between letters ' and . belong to a word, between digits , and ; as well. */
const plainWord = /[a-z0-9]+(?:(?:(?<=[a-z])['.](?=[a-z])|(?<=[0-9])['.,;](?=[0-9]))[a-z0-9]+)*/g;

/**
 * The words of a text in any script, folded: lower case, compatibility forms made equal, no punctuation.
 * @example
 * words("Well, I'd LOVE that!"); // => ["well", "i'd", "love", "that"]
 */
export function words(text: string): readonly string[] {
  const folded = text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  if (plain.test(folded) && !linked.test(folded)) return folded.match(plainWord) ?? [];
  return [...segmenter().segment(folded)].flatMap((piece) => (piece.isWordLike ? [piece.segment] : []));
}

/**
 * The text as a set of hashed word shingles (Broder 1997: w-shingling), three words each, sorted.
 * A text of fewer words is one shingle of all it has.
 */
export function shingles(text: string): Uint32Array {
  return shinglesOf(words(text));
}

/** The same for a text that was parted into words already. */
export function shinglesOf(found: readonly string[]): Uint32Array {
  const set = new Set<number>();
  for (let at = 0; at === 0 || at + width <= found.length; at++) {
    let value = start;
    for (let next = at; next < Math.min(at + width, found.length); next++) {
      if (next > at) value = hash(" ", value);
      value = hash(found[next] as string, value);
    }
    set.add(value >>> 0);
  }
  return Uint32Array.from(set).sort();
}

/** The different words of a text that was parted into words already, hashed and sorted. */
export function hashedWords(found: readonly string[]): Uint32Array {
  return Uint32Array.from(new Set(found.map((word) => hash(word, start) >>> 0))).sort();
}

/**
 * The share of the new text's shingles that the old text has, too, in [0, 1] (Broder's containment): 1 when all that
 * is said was said before, whatever else the old text held.
 */
export function containment(fresh: Uint32Array, old: Uint32Array): number {
  let common = 0;
  for (let left = 0, right = 0; left < fresh.length && right < old.length; ) {
    const difference = (fresh[left] ?? 0) - (old[right] ?? 0);
    if (difference === 0) common += 1;
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return fresh.length === 0 ? 0 : common / fresh.length;
}

const start = 0x811c9dc5;

/** FNV-1a, 32 bits, gone on with from what came before. */
function hash(text: string, before: number): number {
  let value = before;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}

/** Makes it at first use: opening the dictionaries takes some 20 ms. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
