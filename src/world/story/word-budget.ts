import { sentences } from "../../kernel/language/stems.ts";
import { wordCount } from "../../kernel/language/terms.ts";

/** The first texts that have no more words than this together; the last of them ends with a sentence. */
export function withinWords<T extends { readonly text: string }>(texts: readonly T[], words: number): readonly T[] {
  const kept: T[] = [];
  let left = words;
  for (const one of texts) {
    const text = beginningOf(one.text, left, kept.length === 0);
    if (text !== "") kept.push({ ...one, text });
    if (text !== one.text) break;
    left -= wordCount(text);
  }
  return kept;
}

/** As many whole sentences as there is room for; of the very first, as many words. */
function beginningOf(text: string, words: number, isFirst: boolean): string {
  if (wordCount(text) <= words) return text;
  let end = 0;
  for (const sentence of sentences(text)) {
    const next = text.indexOf(sentence, end) + sentence.length;
    if (wordCount(text.slice(0, next)) > words) break;
    end = next;
  }
  if (end > 0 || !isFirst) return text.slice(0, end).trimEnd();
  const pieces = text.split(/(?<=\s)/u);
  while (wordCount(pieces.join("")) > words) pieces.pop();
  return pieces.length === 0 ? text : `${pieces.join("").trimEnd()} …`;
}
