import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { remembering } from "../../../src/kernel/language/remembering.ts";
import { words } from "../../../src/kernel/language/shingles.ts";

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

  it("keeps nothing of a long text", () => {
    let times = 0;
    const read = remembering(() => ++times);
    const long = "x".repeat(5_000);
    expect([read(long), read(long)]).toEqual([1, 2]);
  });
});
