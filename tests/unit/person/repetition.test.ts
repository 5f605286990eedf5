import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Action } from "../../../src/kernel/contracts/person.ts";
import { containment, shingles, words } from "../../../src/kernel/language/shingles.ts";
import { personSettings } from "../../../src/person/options.ts";
import { RepetitionGuard, repetitionFeedback } from "../../../src/person/quality/repetition.ts";

/** Texts that say again what was said: [what it shows, the earlier text, the new one]. */
const repeats: readonly (readonly [string, string, string])[] = [
  [
    "verbatim",
    "I think the price is too high for what you get, honestly.",
    "I think the price is too high for what you get, honestly.",
  ],
  [
    "a new beginning",
    "I think the price is too high for what you get, and my customers would never pay it.",
    "Well, as I said, I think the price is too high for what you get, and my customers would never pay it.",
  ],
  [
    "a few words changed",
    "A word processor that reads my notes aloud while I cook would be wonderful, because my hands are always busy.",
    "A word processor that reads my notes aloud while I'm cooking would be wonderful, because my hands are always so busy.",
  ],
  [
    "another order",
    "We should start with the small shops. They know their customers best. The big chains can wait until next year.",
    "The big chains can wait until next year. We should start with the small shops. They know their customers best.",
  ],
  [
    "a part of it",
    "Look, I have run this bakery for twenty years and I can tell you that nobody buys bread from an app. They come for the smell, they come for the chat, and they come because their mother came here.",
    "They come for the smell, they come for the chat, and they come because their mother came here.",
  ],
  [
    "lightly reworded",
    "My biggest worry is privacy: I don't want my patients' data on some server abroad where nobody knows who reads it.",
    "My biggest worry is still privacy. I don't want my patients' data on some server abroad where nobody knows who is reading it.",
  ],
  [
    "Korean",
    "저는 그 가격이 너무 비싸다고 생각해요. 우리 손님들은 절대 그 돈을 내지 않을 거예요.",
    "저는 솔직히 그 가격이 너무 비싸다고 생각해요. 우리 손님들은 절대 그 돈을 내지 않을 거예요.",
  ],
  [
    "Japanese",
    "この機能はとても便利だと思いますが、値段が少し高すぎるのではないでしょうか。",
    "そうですね、この機能はとても便利だと思いますが、値段が少し高すぎるのではないでしょうか。",
  ],
  ["Thai", "ฉันคิดว่าราคานี้แพงเกินไปสำหรับลูกค้าของเรา", "ฉันคิดว่าราคานี้แพงเกินไปสำหรับลูกค้าของเราจริงๆ"],
  [
    "Spanish",
    "Yo creo que la oficina debería abrir más temprano, porque los clientes llegan antes de las ocho.",
    "Como ya dije, yo creo que la oficina debería abrir más temprano, porque los clientes llegan antes de las ocho.",
  ],
  [
    "Arabic",
    "أعتقد أن السعر مرتفع جدا بالنسبة لما نحصل عليه في متجرنا الصغير.",
    "بصراحة أعتقد أن السعر مرتفع جدا بالنسبة لما نحصل عليه في متجرنا الصغير.",
  ],
];

/** Texts that say something new, though the words are much alike. */
const fresh: readonly (readonly [string, string, string])[] = [
  [
    "same subject",
    "I think the price is too high for what you get, honestly.",
    "I think the design is lovely, but the battery is too small for a whole working day.",
  ],
  [
    "same beginning",
    "I think we should ask the customers first, before we build anything at all.",
    "I think we should ask the suppliers as well, since they know which parts will be late.",
  ],
  [
    "builds on it",
    "I would add a feature that checks facts while you write.",
    "That feature that checks facts could also propose a source for each claim, and mark the ones that no source supports.",
  ],
  [
    "goes on",
    "A word processor that reads my notes aloud while I cook would be wonderful, because my hands are always busy.",
    "And it should let me answer it, so that I can dictate the next step of the recipe without washing my hands.",
  ],
  [
    "long, the same things",
    "The trouble with this kind of software is that it is made for people who sit at a desk all day. I stand in a workshop, my fingers are oily, and the screen is full of dust. If you want me to use it, make the buttons big and let me talk to it.",
    "The trouble with talking to it is the noise. In my workshop the compressor runs all day and I wear ear protection, so it would have to understand me over that, or there must be some big button that I can hit with my elbow when my fingers are oily.",
  ],
  [
    "says it again to qualify it",
    "I would pay about ten euros a month for that.",
    "I would pay about ten euros a month for that, but only if my whole family can use it, if I can cancel whenever I want to, and if they never sell what I write to anyone else.",
  ],
  [
    "Korean",
    "저는 그 가격이 너무 비싸다고 생각해요. 우리 손님들은 절대 그 돈을 내지 않을 거예요.",
    "디자인은 마음에 들어요. 하지만 우리 손님들은 배터리가 하루 종일 가는지 먼저 물어볼 거예요.",
  ],
  [
    "Japanese",
    "この機能はとても便利だと思いますが、値段が少し高すぎるのではないでしょうか。",
    "値段はともかく、高齢のお客様には画面の文字が小さすぎると思います。",
  ],
  ["Chinese", "我觉得这个价格太贵了，我们的客户不会买的。", "我觉得颜色很好看，不过我们的客户更关心电池。"],
  [
    "Spanish",
    "Yo creo que la oficina debería abrir más temprano, porque los clientes llegan antes de las ocho.",
    "Los clientes también se quejan de que no hay dónde sentarse, sobre todo las personas mayores.",
  ],
];

const share = (before: string, after: string): number => containment(shingles(after), shingles(before));
const talk = (content: string, target?: string): Action => ({ type: "TALK", content, ...(target ? { target } : {}) });
const settings = personSettings({}).repetition;
const guard = () => new RepetitionGuard(settings ?? { threshold: 0.5, lookback: 6 });
const heard = (content: string) => [{ type: "CONVERSATION" as const, content }];
const sift = (known: RepetitionGuard, ...actions: Action[]) => known.sift(actions, { done: [], stimuli: [] });

describe("B11: the threshold", () => {
  it("stands in the middle of a wide gap between texts that repeat and texts that do not", () => {
    const lowest = Math.min(...repeats.map(([, before, after]) => share(before, after)));
    const highest = Math.max(...fresh.map(([, before, after]) => share(before, after)));
    expect({ lowest: lowest.toFixed(2), highest: highest.toFixed(2) }).toEqual({ lowest: "0.68", highest: "0.27" });
    expect(Math.abs((lowest + highest) / 2 - (settings?.threshold ?? 0))).toBeLessThan(0.05);
  });
  it.each(repeats)("finds a repetition: %s", (_what, before, after) => {
    const known = guard();
    known.remember([talk(before)], []);
    expect(sift(known, talk(after)).repeated).toHaveLength(1);
  });
  it.each(fresh)("lets pass: %s", (_what, before, after) => {
    const known = guard();
    known.remember([talk(before)], []);
    expect(sift(known, talk(after)).kept).toHaveLength(1);
  });
});

describe("the guard", () => {
  const text = "I would never pay five euros for a plain bread roll.";
  it("compares with the last few of the same kind and target", () => {
    const known = guard();
    known.remember([talk(text, "Oscar")], []);
    expect(sift(known, talk(text, "Marcos")).repeated).toEqual([]);
    expect(sift(known, { type: "THINK", content: text }).repeated).toEqual([]);
    known.remember(
      ["Bread", "Milk", "Eggs", "Salt", "Oil"].map((item) =>
        talk(`${item} is what we still need to get today.`, "Oscar"),
      ),
      [],
    );
    expect(sift(known, talk(text, "Oscar")).repeated).toHaveLength(1);
    known.remember([talk("That would be all that I had on my list.", "Oscar")], []);
    expect(sift(known, talk(text, "Oscar")).repeated).toEqual([]);
  });
  it("sees a repetition within one turn, and remembers nothing by looking", () => {
    const known = guard();
    expect(sift(known, talk(text), talk(text))).toEqual({ kept: [talk(text)], repeated: [talk(text)] });
    expect(sift(known, talk(text)).repeated).toEqual([]);
    expect(known.sift([talk(text)], { done: [talk(text)], stimuli: [] }).repeated).toHaveLength(1);
  });
  it("lets short replies be repeated once", () => {
    const known = guard();
    known.remember([talk("Yes, please.")], []);
    expect(sift(known, talk("Yes, please!")).kept).toHaveLength(1);
    known.remember([talk("Yes, please!")], []);
    expect(sift(known, talk("yes please")).repeated).toHaveLength(1);
    expect(sift(known, talk("No, thanks.")).kept).toHaveLength(1);
  });
  it("lets whoever is asked the same again answer the same again", () => {
    const known = guard();
    known.remember([talk(text)], heard("Would you pay five euros for a bread roll?"));
    const again = heard("So, would you pay five euros for a bread roll?");
    expect(known.sift([talk(text)], { done: [], stimuli: again }).kept).toHaveLength(1);
    expect(known.sift([talk(text)], { done: [], stimuli: heard("And for a cake?") }).repeated).toHaveLength(1);
    known.remember([{ type: "THINK", content: text }], []);
    expect(known.sift([{ type: "THINK", content: text }], { done: [], stimuli: again }).repeated).toHaveLength(1);
  });
  it("quotes in its feedback no more than a few words", () => {
    expect(repetitionFeedback([talk(`${"가".repeat(200)}`)])).toMatchInlineSnapshot(
      `"You were about to say again what you said before, and left it: TALK “가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가 …”. Bring in something new, or be DONE."`,
    );
  });
});

describe("shingles", () => {
  it("know the words of scripts with and without spaces", () => {
    expect(words("Well, I’d LOVE that!")).toEqual(["well", "i'd", "love", "that"]);
    expect(words("値段が高い")).toEqual(["値段", "が", "高い"]);
    expect(words("ราคาแพงมาก")).toEqual(["ราคา", "แพง", "มาก"]);
    expect(words("🙂!?")).toEqual([]);
  });
  it("say 1 for the same text, and never leave [0, 1]", () => {
    const text = fc
      .array(fc.constantFrom("bread", "milk", "is", "too", "dear", "가격", "高い", ","), { minLength: 1 })
      .map((list) => list.join(" "));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(share(one, one)).toBe(1);
        expect(share(one, other)).toBeGreaterThanOrEqual(0);
        expect(share(one, other)).toBeLessThanOrEqual(1);
        if (words(one).length >= 3) expect(share(`${other} ${one}`, one)).toBe(1);
      }),
    );
  });
  it("agree with a plain count over sets of words", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 3, maxLength: 30 });
    const plain = (list: readonly string[]) =>
      new Set(list.slice(2).map((word, at) => `${list[at]} ${list[at + 1]} ${word}`));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [left, right] = [plain(one), plain(other)];
        const expected = [...left].filter((one) => right.has(one)).length / left.size;
        expect(share(other.join(" "), one.join(" "))).toBeCloseTo(expected, 10);
      }),
    );
  });
});
