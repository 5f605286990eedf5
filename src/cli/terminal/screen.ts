import { stripVTControlCharacters } from "node:util";
import { fit, harmless, widthOf, wrapWhole } from "./text.ts";

/** Where text goes: a stream of a terminal, a file or a test. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Lines that scroll, above a footer that stays last; without a terminal the footer is never drawn. */
export interface Screen {
  readonly width: number;
  /** Rows of the terminal; 24 where it does not say. */
  readonly height: number;
  /** It is a terminal that can redraw. */
  readonly live: boolean;
  print(...lines: readonly string[]): void;
  /**
   * The program's own words as lines: at a terminal broken between words, beside `taken` columns; in a file or a pipe
   * as they are, for whoever reads on to break.
   */
  fold(text: string, taken?: number): string[];
  /** Prints the program's own words. */
  say(text: string, paint?: (line: string) => string): void;
  /** Replaces the footer; lines that are too long are cut, and of more lines than rows the last ones are shown. */
  footer(lines: readonly string[]): void;
}

/** A line must not wrap while it can still be redrawn: autowrap is off meanwhile, so that odd widths only clip. */
const autowrap = { off: "\u001b[?7l", on: "\u001b[?7h" } as const;

/**
 * A screen on an output; 80 columns where the output does not say, at most 100 for easy reading.
 * A dumb terminal, which cannot redraw, is written to like a file.
 */
export function createScreen(output: Output, options: { readonly dumb?: boolean } = {}): Screen {
  const live = output.isTTY === true && options.dumb !== true;
  let drawn: readonly string[] = [];
  const columns = (): number => output.columns || 80;
  const width = (): number => Math.min(100, Math.max(20, columns() - 1));
  const height = (): number => output.rows || 24;
  /** Moves to the start of a drawn line and clears from there; a terminal that became narrower has wrapped the lines. */
  const back = (from: number): string => {
    if (drawn.length === 0) return "";
    const rows = drawn.slice(from).map((line) => Math.max(1, Math.ceil(widthOf(line) / columns())));
    const up = rows.reduce((sum, count) => sum + count, 0) - 1;
    return `\r${up > 0 ? `\u001b[${up}A` : ""}\u001b[J`;
  };
  const draw = (lines: readonly string[]): string =>
    lines.length === 0 ? "" : `${autowrap.off}${lines.join("\n")}${autowrap.on}`;
  // Behind the last line there is room for the ^C that a terminal writes where the cursor stands.
  const cut = (line: string, index: number, lines: readonly string[]): string => {
    const room = width() - (index === lines.length - 1 ? 2 : 0);
    return widthOf(line) <= room ? line : fit(stripVTControlCharacters(line), room);
  };
  const fold = (text: string, taken = 0): string[] =>
    output.isTTY === true ? wrapWhole(harmless(text), width() - taken) : harmless(text).split("\n");
  const print = (...lines: readonly string[]): void => {
    if (lines.length > 0) output.write(`${back(0)}${lines.join("\n")}\n${draw(drawn)}`);
  };
  return {
    live,
    print,
    fold,
    say: (text, paint = (line) => line) => print(...fold(text).map(paint)),
    get width() {
      return width();
    },
    get height() {
      return height();
    },
    footer: (lines) => {
      if (!live) return;
      const next = lines.slice(-Math.max(1, height() - 1)).map(cut);
      const same = sharedStart(drawn, next);
      if (same === drawn.length && same === next.length) return;
      // What did not change stays as it is; the cursor stands in the last line, so that one is always written anew.
      const from = Math.max(0, Math.min(same, drawn.length - 1, next.length - 1));
      output.write(back(from) + draw(next.slice(from)));
      drawn = next;
    },
  };
}

function sharedStart(one: readonly string[], other: readonly string[]): number {
  const different = one.findIndex((line, index) => line !== other[index]);
  return different === -1 ? Math.min(one.length, other.length) : different;
}
