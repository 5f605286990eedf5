import { type CueTable, cueTables } from "./cue-tables.ts";
import { sentences } from "./stems.ts";
import type { LanguageCode } from "./tongues.ts";

/** What a phrase does in a talk. */
export type Cue = keyof CueTable;

/** Finds phrases of one language by what they do. */
export interface CueReader {
  /** How often such a phrase stands in the text. */
  count(cue: Cue, text: string): number;
  /** Whether the turn opens with one, or has one in its first two sentences. */
  opens(cue: Cue, text: string): boolean;
}

/**
 * A reader for one language.
 * @example
 * cueReader("en").opens("disagreement", "I hear you, but I don't buy it."); // => true
 */
export function cueReader(language: LanguageCode): CueReader {
  const compiled = new Map<Cue, RegExp>();
  const patternOf = (cue: Cue): RegExp => {
    const known = compiled.get(cue) ?? patternFor(cueTables[language][cue], language);
    compiled.set(cue, known);
    return known;
  };
  return {
    count: (cue, text) => [...folded(text).matchAll(patternOf(cue))].length,
    opens: (cue, text) => folded(sentences(text).slice(0, 2).join(" ")).search(patternOf(cue)) >= 0,
  };
}

/** Scripts in which a phrase grows into the words around it. */
const joined: ReadonlySet<LanguageCode> = new Set(["ko", "ja"]);

function patternFor(phrases: string, language: LanguageCode): RegExp {
  const parts = phrases.split(",");
  const open = parts.filter((part) => part.startsWith("^")).map((part) => part.slice(1));
  const anywhere = parts.filter((part) => !part.startsWith("^"));
  const [before, after] = joined.has(language) ? ["", ""] : ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"];
  const choices = [
    ...(open.length > 0 ? [`^[^\\p{L}\\p{N}]*(?:${alternatives(open)})`] : []),
    ...(anywhere.length > 0 ? [`${before}(?:${alternatives(anywhere)})`] : []),
  ];
  return new RegExp(`(?:${choices.join("|")})${after}`, "gu");
}

/** The longest first, so that "yes but" is no "yes"; a comma may stand between two words. */
function alternatives(phrases: readonly string[]): string {
  return phrases
    .toSorted((one, other) => other.length - one.length)
    .map((phrase) => phrase.replaceAll("%", "\\s?%").replaceAll(" ", ",?\\s+"))
    .join("|");
}

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
