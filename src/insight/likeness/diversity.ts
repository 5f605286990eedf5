/** Texts shorter than this give no stable value (R. Koizumi, 2012, on texts of fewer than 200 words). */
export const fewestWords = 100;
const threshold = 0.72;

/**
 * How many words in a row a text holds its variety: the measure of textual lexical diversity, MTLD (P. M. McCarthy and
 * S. Jarvis, "MTLD, vocd-D, and HD-D", Behavior Research Methods 42, 2010), the mean of reading forwards and backwards,
 * with factors at a type-token ratio of 0.72. Undefined for fewer than 100 words, and where no word comes twice.
 */
export function lexicalDiversity(words: readonly string[]): number | undefined {
  if (words.length < fewestWords) return undefined;
  const ways = [words, words.toReversed()].map(factors);
  if (ways.some((found) => found === 0)) return undefined;
  return ways.reduce((sum, found) => sum + words.length / found, 0) / ways.length;
}

function factors(words: readonly string[]): number {
  let whole = 0;
  let count = 0;
  let types = new Set<string>();
  for (const word of words) {
    count += 1;
    types.add(word);
    if (types.size / count > threshold) continue;
    whole += 1;
    count = 0;
    types = new Set();
  }
  // What is left over counts as far as its variety has fallen.
  return count === 0 ? whole : whole + (1 - types.size / count) / (1 - threshold);
}
