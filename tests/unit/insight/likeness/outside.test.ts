// Values of outside tools: SciPy 1.17.1, scikit-learn 1.9.1 and lexicalrichness 0.5.1, made on 2026-11-26 with the calls
// that stand beside them.
import { describe, expect, it } from "vitest";
import { attribution } from "../../../../src/insight/likeness/attribution.ts";
import { lexicalDiversity } from "../../../../src/insight/likeness/diversity.ts";
import { coefficientOfVariation, median } from "../../../../src/statistics/moments.ts";

const vocabulary =
  "the a kettle i think it costs too much for me and my sister would not buy one that breaks every winter because we had two of them last year so no".split(
    " ",
  );

/** 240 words that come back in an irregular order. */
const text = (factor: number, types: number): string[] =>
  Array.from({ length: 240 }, (_, at) => {
    const place = (at * at * factor + at * 3 + Math.floor(at / 7) * 5) % types;
    return vocabulary[place] as string;
  });

describe("lexical diversity", () => {
  // LexicalRichness(text, preprocessor=None, tokenizer=str.split).mtld(threshold=0.72)
  it.each([
    [31, 23, 16.08607021517554],
    [7, 9, 5.59349593495935],
    [13, 29, 16.24773413897281],
  ])("of the text %i/%i is what lexicalrichness gives", (factor, types, value) => {
    expect(lexicalDiversity(text(factor, types))).toBeCloseTo(value, 10);
  });

  it("is the same backwards, and has no value for 99 words or when no word comes twice", () => {
    const words = text(31, 23);
    expect(lexicalDiversity(words.toReversed())).toBe(lexicalDiversity(words));
    expect(lexicalDiversity(words.slice(0, 99))).toBeUndefined();
    expect(lexicalDiversity(Array.from({ length: 120 }, (_, at) => `w${at}`))).toBeUndefined();
  });
});

describe("spread", () => {
  it("is what SciPy gives", () => {
    // scipy.stats.variation(values, ddof=1), numpy.median(values)
    const values = [3, 12, 48, 51, 7, 90];
    expect(coefficientOfVariation(values)).toBeCloseTo(0.9673959839590528, 12);
    expect(median(values)).toBe(30);
    expect(median([5, 1, 9])).toBe(5);
  });
});

const said = {
  A: [
    "I reckon the kettle is fine, mate, just fine.",
    "Mate, I reckon we keep the old one, just saying.",
    "Just leave it, mate. I reckon it works.",
    "I reckon so, mate.",
  ],
  B: [
    "One ought to consider the total cost of ownership.",
    "The cost, considered over years, is considerable.",
    "I should consider a second opinion before purchase.",
  ],
  C: [
    "omg yes!!! love love love the colour",
    "the colour!!! omg i need it",
    "omg ok but the price, yikes!!!",
    "Considering the cost, one ought to reconsider.",
  ],
};
const utterances = Object.entries(said).flatMap(([speaker, texts]) => texts.map((text) => ({ speaker, text })));

describe("telling speakers apart", () => {
  it("gives back as many turns as scikit-learn's vectors do", () => {
    // TfidfVectorizer(analyzer="char", ngram_range=(3, 3)), each turn against the means of the others, by cosine
    const found = attribution(utterances);
    expect(found?.accuracy).toBeCloseTo(0.8055555555555555, 12);
    expect(found).toMatchObject({ chance: 1 / 3, turns: 11 });
    expect(found?.aboveChance).toBeCloseTo((0.8055555555555555 - 1 / 3) / (2 / 3), 12);
  });

  it("is at chance for speakers who say the same", () => {
    const same = ["A", "B"].flatMap((speaker) =>
      ["One.", "Two two.", "Three it is."].map((text) => ({ speaker, text })),
    );
    const twins = same.map(({ speaker }) => ({ speaker, text: "All the same to me." }));
    expect(attribution(twins)?.aboveChance).toBeCloseTo(0, 12);
    expect(attribution(same)?.aboveChance).toBeLessThanOrEqual(0);
  });

  it("does not know people by their names", () => {
    const named = ["Ann Lee", "Bob"].flatMap((speaker) =>
      ["a", "b", "c"].map((letter) => ({ speaker, text: `${speaker} says ${letter}.` })),
    );
    expect(attribution(named)?.aboveChance).toBe(1);
    expect(attribution(named, ["Ann Lee", "Bob"])?.aboveChance).toBeLessThanOrEqual(0);
  });

  it("needs two speakers of three turns each", () => {
    expect(attribution(utterances.slice(0, 6))).toBeUndefined();
    expect(attribution(utterances.slice(0, 7))?.chance).toBe(0.5);
  });
});
