import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { createSpeech } from "../../../src/cli/terminal/speech.ts";
import { harmless, widthOf } from "../../../src/cli/terminal/text.ts";

describe("speech", () => {
  it("gives out every word once, in order, however the text is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { maxLength: 12 }), (raw) => {
        const pieces = raw.map(harmless);
        const speech = createSpeech(12);
        const lines = [...pieces.flatMap((piece) => speech.add(piece)), ...speech.open()];
        expect(lines.join("").replace(/\s/g, "")).toBe(pieces.join("").replace(/\s/g, ""));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe("screen", () => {
  it("draws no footer and no escape code where there is no terminal", () => {
    const written: string[] = [];
    const screen = createScreen({ write: (text) => written.push(text) });
    screen.footer(["3 calls"]);
    screen.print("hello");
    expect(written.join("")).toBe("hello\n");
  });
  it("takes the footer away before it prints, and draws it again below", () => {
    const written: string[] = [];
    const screen = createScreen({ write: (text) => written.push(text), isTTY: true, columns: 40 });
    screen.footer(["speaking", "status"]);
    screen.print("hello");
    screen.footer([]);
    const footer = "\u001b[?7lspeaking\nstatus\u001b[?7h";
    expect(written).toEqual([footer, `\r\u001b[1A\u001b[Jhello\n${footer}`, "\r\u001b[1A\u001b[J"]);
  });
});
