import { describe, expect, it } from "vitest";
import { Lexicon, termsOf } from "../../../../src/person/memory/recall/lexicon.ts";

function lexiconOf(...texts: readonly string[]): Lexicon {
  const lexicon = new Lexicon();
  texts.forEach((text, slot) => {
    lexicon.add(slot, termsOf(text));
  });
  return lexicon;
}

const best = (likenesses: Float64Array): number => likenesses.indexOf(Math.max(...likenesses));

describe("likeness of words", () => {
  it.each([
    [
      "English",
      "What did she say about the delivery fees?",
      ["He likes hiking.", "She complained: the delivery fee.", "The tram was late."],
    ],
    ["Korean", "은행에서 뭐라고 했어요?", ["날씨가 좋다.", "은행은 대출을 거절했다.", "기차가 늦었다."]],
    ["Japanese", "銀行の口座について", ["昨日は雨が降った。", "銀行で口座を開きました。", "電車が遅れた。"]],
    [
      "German",
      "Was kostet Brot in der Bäckerei?",
      ["Der Zug hatte Verspätung.", "Die Bäckerei verkauft günstige Brote.", "Es regnet."],
    ],
  ])("finds what shares words in %s", (_language, asked, texts) => {
    const likenesses = lexiconOf(...texts).match(termsOf(asked));
    expect(best(likenesses)).toBe(1);
    expect(likenesses[1]).toBeGreaterThan(0.15);
  });
  it("counts a rare word for more than a common one", () => {
    const many = Array.from({ length: 20 }, (_, at) => `kettles of kind${at}`);
    const likenesses = lexiconOf(...many, "saffron of old").match(termsOf("kettles saffron"));
    expect(best(likenesses)).toBe(20);
  });
  it("is 1 for the same words, 0 for none in common, and the same in both directions", () => {
    const lexicon = lexiconOf("cheap bread here", "bread here, cheap", "a saddle", "bread of yesterday");
    expect(lexicon.match(termsOf("cheap bread here"))[0]).toBeCloseTo(1, 12);
    expect(lexicon.likeness(0, 1)).toBeCloseTo(1, 12);
    expect(lexicon.likeness(0, 2)).toBe(0);
    expect(lexicon.likeness(0, 3)).toBeCloseTo(lexicon.likeness(3, 0), 12);
    expect([...lexicon.match(termsOf("nothing like it"))]).toEqual([0, 0, 0, 0]);
    expect([...lexicon.match(termsOf(""))]).toEqual([0, 0, 0, 0]);
  });
  it("forgets what was taken out", () => {
    const lexicon = lexiconOf("cheap bread", "bread and wine");
    lexicon.remove(0);
    expect(lexicon.match(termsOf("cheap bread"))[0]).toBe(0);
    const fresh = new Lexicon();
    fresh.add(1, termsOf("bread and wine"));
    expect(lexicon.match(termsOf("cheap bread"))[1]).toBe(fresh.match(termsOf("cheap bread"))[1]);
  });
});
