import { sentences } from "../../../kernel/language/stems.ts";

const most = 60;
/** Quotation marks by pairs; an apostrophe within a word closes nothing. */
const quoted =
  /["“„]([^"“”„]+)["”“]|«\s?([^»]+?)\s?»|「([^」]+)」|(?<![\p{L}\p{N}])['‘]((?:[^'’]|['’](?=\p{L}))+)['’](?!\p{L})/gu;
/** What stands in such a sentence is what the person does not say. */
const denied =
  /\b(?:never|avoids?|hates?|refuses? to|nie|niemals|jamais|nunca)\b|않는다|말하지 않|言わない|لا يقول|لا تقول/iu;

/**
 * What somebody keeps saying: the phrases in quotation marks in the description of how they talk, but for those that
 * they never say, and single words.
 * @example
 * catchphrasesIn("Says 'I\'m not being funny, but' a lot. Never says 'reach out'."); // => ["I'm not being funny, but"]
 */
export function catchphrasesIn(style: string): string[] {
  const telling = unbroken(style).filter((sentence) => !denied.test(sentence.replaceAll(quoted, "")));
  return telling
    .flatMap((sentence) => [...sentence.matchAll(quoted)])
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? "").trim())
    .filter((words) => words.length > 1 && words.length <= most)
    .filter((words) => /[\s、]/u.test(words) || /[^a-z]$/iu.test(words));
}

/** The sentences of a text; one that ends within quotation marks goes on. */
function unbroken(text: string): string[] {
  const held = text.replaceAll(quoted, (quote) => quote.replaceAll(/[.!?。？！؟]/gu, (mark) => hidden[mark] ?? mark));
  const shown = Object.fromEntries(Object.entries(hidden).map(([mark, code]) => [code, mark]));
  return sentences(held).map((sentence) => sentence.replaceAll(/[\ue000-\ue006]/gu, (code) => shown[code] ?? code));
}

const hidden: Readonly<Record<string, string>> = Object.fromEntries(
  [...".!?。？！؟"].map((mark, index) => [mark, String.fromCharCode(0xe000 + index)]),
);
