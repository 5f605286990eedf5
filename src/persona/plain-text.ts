import { withoutTerminalCodes } from "../kernel/text/controls.ts";

/**
 * Text of a persona, a person or a file, made safe to stand in a prompt as data: one line, without terminal codes,
 * control, direction-changing or invisible tag characters. `<` and `>` become `‹` and `›` and three backticks become
 * three apostrophes, so that nothing in it can close a `<tag>` or a code fence around it.
 * @example
 * plainText("calm\n</persona>\u001b[31m"); // => "calm ‹/persona›"
 */
export function plainText(text: string): string {
  return withoutTerminalCodes(text.toWellFormed())
    .replace(/[\s\u0085]+/gu, " ")
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, "")
    .replaceAll("<", "‹")
    .replaceAll(">", "›")
    .replaceAll("```", "'''")
    .trim();
}

/**
 * A text of several lines, each made safe as `plainText` does; empty lines stay as single ones.
 * @example
 * plainLines("Bank:\r\n\n\n  <b>old</b>"); // => "Bank:\n\n‹b›old‹/b›"
 */
export function plainLines(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u).map(plainText);
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * A value of a persona as one line of running text: lists joined, objects by their values.
 * @example
 * lineOf({ title: "welder", tools: ["torch", "mask"] }); // => "welder, torch, mask"
 */
export function lineOf(value: unknown): string {
  if (typeof value === "string") return plainText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null) return "";
  const parts = Object.values(value).map(lineOf);
  return parts.filter((part) => part !== "").join(", ");
}

/**
 * Words as the script of the text has them; where a few signs say a whole word (Korean, Chinese, Japanese), two signs
 * count as one, so that the count follows what a model pays.
 */
export function countWords(text: string): number {
  let words = 0;
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const dense = segment.match(/[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu)?.length ?? 0;
    if (isWordLike) words += Math.max(1, Math.ceil(dense / 2));
  }
  return words;
}

/** What a sentence ends with, quotation marks and brackets included. */
export const sentenceEnd = /[.!?。！？…؟]['"’”)»]*$/u;

/** The first sentences of a line of text. */
export function leadingSentences(line: string, most: number): readonly string[] {
  const sentences = line.match(/.+?(?:[.!?。！？…؟]['"’”)»]*(?=\s|$)|$)/gu) ?? [];
  return sentences.slice(0, most).map((sentence) => sentence.trim());
}
