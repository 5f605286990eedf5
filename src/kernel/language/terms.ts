/** Scripts whose characters are syllables or words. */
const dense = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Tells whether the characters of a word are syllables or words by themselves. */
export function isDense(word: string): boolean {
  return dense.test(word);
}

/** English, whose words are found in a fraction of the time. */
const plain = /^[\0-\x7f‘’“”–—]*$/;

/**
 * The words of a text in any script, folded: lower case, compatibility forms made equal, no punctuation. Scripts that
 * leave no spaces give long words: see `gramsOf`.
 * @example
 * wordsOf("Cheap BREAD, please!"); // => ["cheap", "bread", "please"]
 */
export function wordsOf(text: string): string[] {
  if (plain.test(text)) return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/**
 * How many words a text has, in any script; where a character is a syllable or a word, two of them are one.
 * @example
 * wordCount("It rains, and nobody minds."); // => 5
 */
export function wordCount(text: string): number {
  const counts = wordsOf(text).map((word) => (isDense(word) ? [...word].length / 2 : 1));
  return Math.ceil(counts.reduce((sum, count) => sum + count, 0));
}

/** How much a word tells: short words of alphabets are mostly grammar; a syllable or an ideogram is a word by itself. */
export function weightOf(word: string): number {
  return isDense(word) ? 1 : Math.min(1, word.length / 6) ** 2;
}

/** Endings of European languages, a plural's among them, and particles of Korean. */
const ending =
  /(?:ings?|edly|ed|ions?|ly|ness|ments?|en|er|es?|(?<![isu])s|이|가|은|는|을|를|의|에서|에게|에|으로|로|와|과|도)$/u;

/**
 * A word without a common ending, where enough of it is left: the forms of a word meet, whatever is searched.
 * @example
 * stemOf("loudly"); // => "loud"
 */
export function stemOf(word: string): string {
  const single = word.endsWith("ies") ? word.replace(/(?<=..)ies$/u, "y") : word;
  const bare = single.replace(ending, "");
  if (bare === single) return single;
  return hasLetters(bare, /^\p{Script=Hangul}/u.test(word) ? 2 : 3) ? bare : single;
}

/** Whether there are so many characters; only where some may be pairs are they counted one by one. */
function hasLetters(text: string, least: number): boolean {
  return text.length >= 2 * least || (text.length >= least && [...text].length >= least);
}

/** Three characters at a time with the ends marked; two where a character is a syllable or a word. */
export function* gramsOf(word: string): Generator<string> {
  const size = isDense(word) ? 2 : 3;
  const characters = ["^", ...word, "$"];
  for (let at = 0; at + size <= characters.length; at++) yield characters.slice(at, at + size).join("");
}
