import type { LanguageCode } from "../../../../kernel/language/tongues.ts";
import { isCommonWord } from "../../../../kernel/language/tongues.ts";

/** A sentence as it stands in a text: with a capital, one end, articles that fit, and elisions. */
export function finished(words: string, language: LanguageCode): string {
  const capital = joined(words, language).replace(
    /^([¿¡"“«„‘「]?\s?)(\p{Ll})/u,
    (_whole, before: string, letter: string) => before + letter.toUpperCase(),
  );
  const single = capital
    .replace(/([.!?…。！？؟])(["”»’]?)[.。]+$/u, "$1$2")
    .replace(/([.!?…。！？؟])["”»’]?(?=[,;:])/gu, (end) => end.slice(1));
  return /[.!?。？！؟…]["”»’]?$/u.test(single) ? single : single + (language === "ja" ? "。" : ".");
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
