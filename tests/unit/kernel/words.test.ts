import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { remembering, textToKeep } from "../../../src/kernel/language/remembering.ts";
import { words } from "../../../src/kernel/language/shingles.ts";
import { absent } from "../../../src/model/builtin/fill/author.ts";
import { leafOf } from "../../../src/model/builtin/fill/leaf.ts";

describe("the words of plain English", () => {
  const segmenter = new Intl.Segmenter("en", { granularity: "word" });
  const segmented = (text: string): string[] =>
    [...segmenter.segment(text)].flatMap((piece) => (piece.isWordLike ? [piece.segment] : []));
  const character = fc.constantFrom(..."aaabcz0019 .,;'’-“”–—:_/\"!?…()[]{}|@\n\t~^`é한");

  it("are those that a segmenter finds", () => {
    fc.assert(
      fc.property(fc.array(character, { maxLength: 14 }), (letters) => {
        const text = letters.join("");
        expect(words(text)).toEqual(segmented(text.normalize("NFKC").toLowerCase().replaceAll("’", "'")));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ["I'd pay 1,000.50 for it, o'clock or not.", ["i'd", "pay", "1,000.50", "for", "it", "o'clock", "or", "not"]],
    ["'Twas e.g. v2.0; a well-known 3rd-party's", ["twas", "e.g", "v2.0", "a", "well", "known", "3rd", "party's"]],
    ["At 10:30 in snake_case", segmented("at 10:30 in snake_case")],
  ])("%s", (text, expected) => expect(words(text)).toEqual(expected));
});

describe("a function that remembers", () => {
  it("works a text out once, and again after thousands of others", () => {
    const worked: string[] = [];
    const size = remembering((text) => {
      worked.push(text);
      return text.length;
    });
    expect([size("tea"), size("tea"), size("coffee")]).toEqual([3, 3, 6]);
    expect(worked).toEqual(["tea", "coffee"]);
    for (let number = 0; number < 20_000; number++) size(`text ${number}`);
    worked.length = 0;
    expect(size("tea")).toBe(3);
    expect(worked).toEqual(["tea"]);
  });

  it("keeps what is used again while others go by", () => {
    let times = 0;
    const known = remembering((text) => (text === "tea" ? ++times : 0));
    for (let number = 0; number < 20_000; number++) {
      known(`text ${number}`);
      known("tea");
    }
    expect(times).toBe(1);
  });

  it("keeps as many as it is told", () => {
    let worked = 0;
    const known = remembering(() => ++worked, 10_000);
    for (let round = 0; round < 3; round++) for (let number = 0; number < 10_000; number++) known(`text ${number}`);
    expect(worked).toBe(10_000);
    for (let number = 0; number < 20_000; number++) known(`other ${number}`);
    expect(known("text 0")).toBe(30_001);
  });

  it("keeps nothing of a long text", () => {
    let times = 0;
    const read = remembering(() => ++times);
    const long = "x".repeat(5_000);
    expect([read(long), read(long)]).toEqual([1, 2]);
  });
});

describe("a piece of a long text that is kept", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;

  /** Megabytes that stay for two hundred pieces of a text of a hundred kilobytes each. */
  function megabytesOf(keep: (piece: string) => unknown): number {
    collect();
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: 200 }, (_, number) => keep(`${number} ${"page ".repeat(2e4)}`.slice(0, 40)));
    collect();
    const after = process.memoryUsage().heapUsed;
    expect(kept).toHaveLength(200);
    return (after - before) / 1e6;
  }

  it("is the same text, and holds on to nothing else", () => {
    expect(textToKeep("Ünïcode \ud800 “quoted”\n")).toBe("Ünïcode \ud800 “quoted”\n");
    expect(megabytesOf((piece) => piece)).toBeGreaterThan(10);
    expect(megabytesOf(textToKeep)).toBeLessThan(5);
  });

  it("is remembered alone", () => {
    const known = remembering((text) => text);
    expect(megabytesOf((piece) => known(piece))).toBeLessThan(5);
  });

  it("holds on to no prompt where `builtin` answers with it", () => {
    const text = { kind: "text", min: 0, max: 100, patterns: [], prefix: "", suffix: "", includes: [] } as const;
    const said = (draft: string) => leafOf(text, { draft } as Parameters<typeof leafOf>[1]);
    expect(said("tea")).not.toBe(absent);
    expect(megabytesOf(said)).toBeLessThan(5);
  });
});
