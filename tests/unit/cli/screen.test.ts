import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { createSpeech } from "../../../src/cli/terminal/speech.ts";
import { harmless, widthOf } from "../../../src/cli/terminal/text.ts";
import { TinyTerminal } from "../../support/tiny-terminal.ts";

describe("speech", () => {
  it("gives out every word once, in order, however the text is cut and however much is held back", () => {
    const words = fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { maxLength: 12 });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 6 }), (pieces, held) => {
        const speech = createSpeech(12, held);
        const lines = [...pieces.flatMap((piece) => speech.add(piece)), ...speech.open()];
        expect(lines.join("").replace(/\s/g, "")).toBe(harmless(pieces.join("")).replace(/\s/g, ""));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(12);
      }),
    );
  });
  it("gives out once what follows an indentation that left no room for it", () => {
    const pieces = [" ", "       ", " ⺀₠𛲜", "   ", " ", " ⺀⺀𖿠  🆑", "   ", " !"];
    const speech = createSpeech(12);
    const lines = [...pieces.flatMap((piece) => speech.add(piece)), ...speech.open()];
    expect(lines.join("").replace(/\s/g, "")).toBe(pieces.join("").replace(/\s/g, ""));
  });
  it("gives the same lines as the whole text at once", () => {
    const text = "The quick brown fox, having jumped over the lazy dog, sat down.\nIt was tired; so was the dog.";
    const speech = createSpeech(20);
    const lines = [...text].flatMap((character) => speech.add(character));
    const whole = createSpeech(20);
    expect([...lines, ...speech.open()]).toEqual([...whole.add(text), ...whole.open()]);
  });
  it("takes out an escape sequence that comes in pieces", () => {
    const speech = createSpeech(20);
    for (const piece of ["red \u001b", "[3", "1m", "alert \u001b]0;ti", "tle\u0007end"]) speech.add(piece);
    expect(speech.open()).toEqual(["red alert end"]);
  });
});

/** The same without anything to redraw: a terminal without end, written to once. */
function onPaper(
  printed: readonly string[],
  footer: readonly string[],
  size: { columns: number; rows: number },
): string {
  const paper = new TinyTerminal(size.columns, 10_000);
  for (const line of printed) paper.write(`${line}\n`);
  createScreen({ write: (text) => paper.write(text), isTTY: true, ...size }).footer(footer);
  return paper.text();
}

describe("screen", () => {
  it("draws no footer and no escape code where there is no terminal, or a dumb one", () => {
    for (const [isTTY, dumb] of [
      [false, false],
      [true, true],
    ]) {
      const written: string[] = [];
      const screen = createScreen(
        { write: (text) => written.push(text), isTTY: isTTY === true },
        { dumb: dumb === true },
      );
      screen.footer(["3 calls"]);
      screen.print("hello");
      screen.footer([]);
      expect(screen.live).toBe(false);
      expect(written.join("")).toBe("hello\n");
    }
  });
  it("rewrites only the lines of the footer that changed", () => {
    const terminal = new TinyTerminal(40, 10);
    const screen = createScreen(terminal);
    screen.footer(["one", "two", "three"]);
    terminal.written = "";
    screen.footer(["one", "two", "four"]);
    expect(terminal.written).toBe("\r\u001b[J\u001b[?7lfour\u001b[?7h");
    expect(terminal.text()).toBe("one\ntwo\nfour");
  });
  it("shows what was printed, in order, and under it the footer, after whatever came before", () => {
    const line = fc.string({
      unit: fc.constantFrom("a", "b", " ", "김", "字", "👩‍👩‍👧‍👦", "é", "ع", "\u001b[2mx\u001b[22m"),
      maxLength: 60,
    });
    const lines = fc.array(line, { maxLength: 4 });
    const steps = fc.array(fc.record({ print: lines, footer: lines }), { maxLength: 12 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 24, max: 50 }), fc.integer({ min: 3, max: 8 }), (all, columns, rows) => {
        const terminal = new TinyTerminal(columns, rows);
        const screen = createScreen(terminal);
        const printed: string[] = [];
        for (const { print, footer } of all) {
          screen.print(...print);
          screen.footer(footer);
          printed.push(...print);
          expect(terminal.text()).toBe(onPaper(printed, footer, { columns, rows }));
        }
        screen.footer([]);
        expect(terminal.text()).toBe(onPaper(printed, [], { columns, rows }));
      }),
    );
  });
  it("cuts what is wider than the terminal, colours and all, and keeps the last of too many lines", () => {
    const terminal = new TinyTerminal(30, 4);
    const screen = createScreen(terminal);
    screen.footer([..."12345"].map((digit) => `\u001b[1m${digit.repeat(60)}\u001b[22m`));
    // The last line leaves room for the ^C that a terminal writes behind it.
    expect(terminal.text().split("\n")).toEqual([`${"3".repeat(28)}…`, `${"4".repeat(28)}…`, `${"5".repeat(26)}…`]);
  });
});
