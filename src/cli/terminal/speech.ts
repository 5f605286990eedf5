import { harmless, wrap } from "./text.ts";

/** A text that arrives in pieces, wrapped as it comes: lines that are done, and the rest that may still change. */
export interface Speech {
  /** Takes the next piece, as it came from a model, and returns the lines that are done now. */
  add(piece: string): string[];
  /** The lines that were not given out yet. */
  open(): string[];
  /** All of the text so far, made harmless. */
  readonly text: string;
}

/**
 * Wraps a growing text to a width; what was given out as done is never given out again.
 * @param held how many lines may still change, at least 2: the word at the end grows, and an escape sequence that
 * comes in pieces is known as one only at its end
 */
export function createSpeech(width: number, held = 2): Speech {
  let raw = "";
  let text = "";
  let given = 0;
  return {
    get text() {
      return text;
    },
    add: (piece) => {
      raw += piece;
      text = harmless(raw);
      const done: string[] = [];
      for (;;) {
        const rest = text.slice(given);
        const lines = wrap(rest, width);
        const first = lines[0];
        if (lines.length <= Math.max(2, held) || first === undefined) return done;
        done.push(first);
        given = text.length - withoutLine(rest, first).length;
      }
    },
    open: () => (given >= text.length ? [] : wrap(text.slice(given), width)),
  };
}

/** What is left after a line, which has every word of the text's beginning but may have lost some of its space. */
function withoutLine(text: string, line: string): string {
  let end = 0;
  for (const character of line.replace(/\s/g, "")) end = text.indexOf(character, end) + character.length;
  return text.slice(end).replace(/^(?:[^\S\n]*\n|[^\S\n]+)/, "");
}
