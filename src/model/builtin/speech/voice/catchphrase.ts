import type { LanguageCode } from "../../../../kernel/language/tongues.ts";
import { detectLanguage } from "../../../../kernel/language/tongues.ts";
import type { Character } from "../../character/character.ts";
import { finished, goingOn } from "./sentence.ts";

/** A phrase that the person keeps saying and did not say lately, of those in the language that is spoken. */
export function catchphraseOf(
  { catchphrases, style }: Character,
  language: LanguageCode,
  said: string,
): string | undefined {
  const small = said.toLowerCase();
  return catchphrases.find((words) => {
    const own = detectLanguage(words) ?? detectLanguage(style);
    return (own === undefined || own === language) && !small.includes(bare(words).toLowerCase());
  });
}

const bare = (words: string): string => words.replace(/[\s.…,!?。！？؟]+$/u, "");
/** More words make a sentence of their own. */
const fewWords = 4;

/**
 * What is said with a phrase in its place: one that wants to go on before the first sentence, a short one beside a
 * sentence, and one that has an end of its own behind all of them.
 * @example
 * withCatchphrase(["I would wait."], "to be fair", "en"); // => ["To be fair, I would wait."]
 */
export function withCatchphrase(said: readonly string[], phrase: string, language: LanguageCode): readonly string[] {
  const words = bare(phrase);
  const [first = "", ...rest] = said;
  const after = goingOn(first);
  const wantsMore = /(?:…|\.\.\.|,)$|\b(?:but|that|and|to say)$/iu.test(phrase);
  const isWhole = /^(?:I|you|we|they|he|she|it|there|this|that|the|my|if|what|whoever|nobody|somebody|on)\b/iu.test(
    first,
  );
  if (/\bthat$/iu.test(words) && !isWhole) return said;
  if (wantsMore) return after === undefined ? said : [finished(`${words} ${after}`, language), ...rest];
  const isShort = words.split(/\s+/).length <= fewWords && !["ko", "ja", "ar"].includes(language);
  const isClause = /^(?:I|you|we|they|it|that)\b/iu.test(phrase);
  if (!isShort || isClause || /[.!?。！？؟]$/u.test(phrase)) return [...said, finished(phrase, language)];
  if (after !== undefined) return [finished(`${words}, ${after}`, language), ...rest];
  const last = said.at(-1) ?? "";
  if (!last.endsWith(".")) return [...said, finished(phrase, language)];
  return [...said.slice(0, -1), `${last.slice(0, -1)}, ${words.charAt(0).toLowerCase()}${words.slice(1)}.`];
}
