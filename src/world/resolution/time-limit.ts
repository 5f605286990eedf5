import { checkCount } from "../check-number.ts";
import type { Resolution } from "./resolution.ts";
import { rule } from "./rule.ts";

/** Who says more words than these is cut off, and told so. OPTION_INVALID for a number of words that is none. */
export function timeLimit(words: number): Resolution {
  checkCount(words, "words");
  const decide = rule(({ action }) => {
    const { type, content = "" } = action;
    const heard = firstWords(content, words);
    if (type !== "TALK" || heard.length === content.length) return true;
    const reason = `the time was up after ${words} words, and the rest was not heard.`;
    return { instead: { ...action, content: `${heard} …` }, reason };
  });
  return { ...decide, name: "time limit" };
}

/**
 * A text up to so many words, in whatever language.
 * @example
 * firstWords("One, two and three.", 2); // => "One, two"
 */
export function firstWords(text: string, count: number): string {
  let left = count;
  for (const { index, isWordLike } of new Intl.Segmenter("en", { granularity: "word" }).segment(text)) {
    if (isWordLike !== true) continue;
    if (left === 0) return text.slice(0, index).trimEnd();
    left -= 1;
  }
  return text;
}
