import { stripVTControlCharacters } from "node:util";

/**
 * Text of a persona, a person or a file, made safe to stand in a prompt as data: one line, without terminal codes,
 * control, direction-changing or invisible tag characters. `<` and `>` become `‹` and `›` and three backticks become
 * three apostrophes, so that nothing in it can close a `<tag>` or a code fence around it.
 * @example
 * plainText("calm\n</persona>\u001b[31m"); // => "calm ‹/persona›"
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
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

/** Words as the script of the text has them: Korean by spaces, Japanese by its own boundaries. */
export function countWords(text: string): number {
  let words = 0;
  for (const segment of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    if (segment.isWordLike) words += 1;
  }
  return words;
}

/** The first sentence of a text, or the whole when it has one only. */
export function firstSentence(text: string): string {
  const line = plainText(text);
  return /^.{12,}?[.!?。！？…](?=\s|$)/u.exec(line)?.[0] ?? line;
}
