import stringWidth from "string-width";

const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Text of people, files and models, made harmless for a terminal: no escape sequence, no control character but the
 * line break, no character that turns the direction of what follows.
 * @example
 * harmless("a\u001b[31mb\u0007\r\nc"); // => "ab\nc"
 */
export function harmless(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(escapes, "")
    .replace(/\t/g, "  ")
    .replace(/\u2028|\u2029/g, "\n")
    .replace(controls, "")
    .replace(directions, "");
}

/**
 * JSON in which no character steers a terminal or turns the direction of text: they stand as escapes, which is the same
 * data.
 * @example
 * harmlessJson(JSON.stringify("a\u009bb")); // => '"a\\u009bb"'
 */
export function harmlessJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Columns that a text takes in a terminal: 2 for a wide character, 0 for a combining one. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/**
 * Breaks text into lines of at most `width` columns, at words where there are words and between characters where a
 * script has none; line breaks of the text stay.
 * @example
 * wrap("one two three", 7); // => ["one two", "three"]
 */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(2, width);
  return text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, room));
}

/**
 * Breaks the program's own words at spaces alone: what is to be copied stays whole. A path is never cut, and a command
 * that does not fit beside other words has its own line, as long as it is. Further lines of what is indented hang below it.
 * @example
 * wrapWhole("Fetch it: npm install kettle", 20); // => ["Fetch it:", "npm install kettle"]
 */
export function wrapWhole(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    const [indent = ""] = /^ */.exec(paragraph) ?? [];
    const hanging = indent === "" ? "" : `${indent}  `;
    for (const unit of paragraph.match(units) ?? [""]) {
      const last = lines.at(-1);
      if (last !== undefined && widthOf(last + unit) <= width) lines[lines.length - 1] = last + unit;
      else lines.push(last === undefined ? unit : hanging + unit.trimStart());
    }
    return lines.map((line) => line.trimEnd());
  });
}

// A command goes to the end of its sentence or of its part of one, quoted words included; anything else is one word.
const units =
  /\s*["'`(]?(?:(?:npx|npm|node|ollama|tinytroupe) (?:"[^"]*"|'[^']*'|(?![.:?](?:\s|$)|[`,;()]).)+[^\s"'(]*|\S+)/g;

/** Columns of the longest part that `wrapWhole` keeps whole. */
export function widestWhole(text: string): number {
  return Math.max(0, ...(text.match(units) ?? []).map((unit) => widthOf(unit.trim())));
}

/** A text cut to the width, with an ellipsis when something was cut. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let result = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(result + segment) > width - 1) break;
    result += segment;
  }
  return `${result}…`;
}

/** Fills up with spaces to the width, by columns. */
export function pad(text: string, width: number, side: "left" | "right" = "left"): string {
  const missing = " ".repeat(Math.max(0, width - widthOf(text)));
  return side === "left" ? text + missing : missing + text;
}

/**
 * A number of bytes as people read it.
 * @example
 * sizeText(1_234_567); // => "1.2 MB"
 */
export function sizeText(bytes: number): string {
  const scale = [1e12, 1e9, 1e6, 1e3].find((size) => bytes >= size) ?? 1;
  const unit = { 1e12: "TB", 1e9: "GB", 1e6: "MB", 1e3: "kB", 1: "bytes" }[scale];
  return `${scale === 1 ? bytes : (bytes / scale).toFixed(1)} ${unit}`;
}

/** Keeps a right-to-left text from turning what stands around it (Unicode isolates, which take no column). */
export function isolate(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(paragraph, width)) {
    if (widthOf(line + piece.trimEnd()) > width) {
      if (line.trim() !== "") lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Words with the punctuation and space that follow them; what is longer than a line is cut between characters. */
function pieces(paragraph: string, width: number): string[] {
  const result: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(paragraph)) {
    const last = result.at(-1);
    const opens = /^[\p{Ps}\p{Pi}<]/u.test(segment) || (/\s$/.test(last ?? "") && !/^\s/.test(segment));
    const sticks =
      last !== undefined &&
      ((!isWordLike && !opens) || last === "." || /[\p{Ps}\p{Pi}<'’\-/]$|^["`*_]+$|\d:$/u.test(last));
    if (sticks && widthOf(last + segment.trimEnd()) <= width) result[result.length - 1] = last + segment;
    else result.push(...(widthOf(segment) > width ? graphemes(segment, width) : [segment]));
  }
  return result;
}

function graphemes(word: string, width: number): string[] {
  const result: string[] = [""];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const last = result.at(-1) ?? "";
    if (widthOf(last + segment) > width) result.push(segment);
    else result[result.length - 1] = last + segment;
  }
  return result;
}
