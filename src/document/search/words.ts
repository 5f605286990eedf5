import { gramsOf, isDense, stemOf, weightOf, wordsOf } from "../../kernel/language/terms.ts";

/** How alike each text is to a question, in [0, 1]. */
export type Matcher = (question: string) => Float64Array;

/** Term frequency counts less and less; long texts have more of everything. The usual values. */
const saturation = 1.2;
const lengthShare = 0.75;

/**
 * Ranks texts by their words: BM25 (S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework", 2009), as a
 * share of the most that a text could have of the question.
 */
export function matcherOf(texts: readonly string[]): Matcher {
  const counted = texts.map((text) => counts(termsOf(text)));
  const lengths = counted.map((terms) => [...terms.values()].reduce((sum, count) => sum + count, 0));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
  const places = new Map<string, number[]>();
  for (const [at, terms] of counted.entries()) {
    for (const term of terms.keys()) {
      const found = places.get(term);
      if (found === undefined) places.set(term, [at]);
      else found.push(at);
    }
  }
  return (question) => {
    const scores = new Float64Array(texts.length);
    let most = 0;
    for (const term of new Set(termsOf(question))) {
      const found = places.get(term) ?? [];
      const having = Math.max(1, found.length);
      const rarity = weightOf(term) * Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
      most += rarity * (saturation + 1);
      for (const at of found) {
        const count = counted[at]?.get(term) ?? 0;
        const long = 1 - lengthShare + (lengthShare * (lengths[at] ?? 0)) / Math.max(1, mean);
        scores[at] = (scores[at] ?? 0) + (rarity * count * (saturation + 1)) / (count + saturation * long);
      }
    }
    return most === 0 ? scores : scores.map((score) => score / most);
  };
}

/** Stems; two characters at a time where words are not parted. */
function termsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => {
    // Without those that stand for the ends of a word: there, a word is a whole phrase.
    const grams = isDense(word) ? [...gramsOf(word)].slice(1, -1) : [];
    if (grams.length > 0) return grams;
    return [stemOf(word)];
  });
}

function counts(terms: readonly string[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const term of terms) counted.set(term, (counted.get(term) ?? 0) + 1);
  return counted;
}
