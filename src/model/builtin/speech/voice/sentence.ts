import type { LanguageCode } from "../../../../kernel/language/tongues.ts";
import { isCommonWord } from "../../../../kernel/language/tongues.ts";

/** A sentence as it stands in a text: with a capital, one end, articles that fit, and elisions. */
export function finished(words: string, language: LanguageCode): string {
  const single = withOneEnd(withCapital(joined(words, language)));
  return /[.!?。？！؟…]["”»’]?$/u.test(single) ? single : single + (language === "ja" ? "。" : ".");
}

function withCapital(words: string): string {
  const [first = ""] = words;
  if (first >= "a" && first <= "z") return first.toUpperCase() + words.slice(1);
  return words.replace(
    /^([¿¡"“«„‘「]?\s?)(\p{Ll})/u,
    (_whole, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

function withOneEnd(words: string): string {
  // Few have anything behind a stop.
  if (!/[.!?…。！？؟]["”»’]?[.。,;:]/.test(words)) return words;
  return words
    .replace(/([.!?…。！？؟])(["”»’]?)[.。]+$/u, "$1$2")
    .replace(/([.!?…。！？؟])["”»’]?(?=[,;:])/gu, (end) => end.slice(1));
}

function joined(words: string, language: LanguageCode): string {
  if (language === "en") return words.replace(/\b([Aa]) (?=[aeiouAEIOU])/g, "$1n ");
  return language === "fr" ? words.replace(/\b([Qq]u|[Dd])e (?=[aeiouhâàéèêîôûœ])/gu, "$1'") : words;
}

/**
 * A sentence that goes on after an opening: small at its beginning, where that surely is no name; else undefined.
 * @example
 * goingOn("On balance I am for it."); // => "on balance I am for it."
 */
export function goingOn(sentence: string): string | undefined {
  const [first = ""] = /^[\p{L}'’]+/u.exec(sentence) ?? [];
  if (/^I(?:['’]|$)/.test(first)) return sentence;
  const small = first.toLowerCase();
  if (first === "" || !isCommonWord(small) || /^(?:sie|ihr|ihnen)$/.test(small)) return undefined;
  return small + sentence.slice(first.length);
}
