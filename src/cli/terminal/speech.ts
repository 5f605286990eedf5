import { wrap } from "./text.ts";

/** A text that arrives in pieces, wrapped as it comes: lines that are done, and the rest that may still change. */
export interface Speech {
  /** Takes the next piece and returns the lines that are done now. */
  add(piece: string): string[];
  /** The lines that may still change. */
  open(): string[];
}

/** Wraps a growing text to a width; what was given out as done is never given out again. */
export function createSpeech(width: number): Speech {
  let rest = "";
  return {
    add: (piece) => {
      rest += piece;
      const done: string[] = [];
      for (;;) {
        // The last two lines may change as the word at the end grows; what stands before them may not.
        const lines = wrap(rest, width);
        const first = lines[0];
        if (lines.length < 3 || first === undefined) return done;
        done.push(first);
        rest = withoutLine(rest, first);
      }
    },
    open: () => (rest === "" ? [] : wrap(rest, width)),
  };
}

function withoutLine(text: string, line: string): string {
  return text.slice(line.length).replace(/^(?:[^\S\n]*\n|[^\S\n]+)/, "");
}
