import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sentences } from "../../../../src/kernel/language/stems.ts";
import type { LanguageCode } from "../../../../src/kernel/language/tongues.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { phrasesIn } from "../../../../src/model/builtin/speech/languages.ts";
import { leaningIn, recognised } from "../../../../src/model/builtin/speech/listening/templates.ts";
import { lisa, marcos, minji, oscar, talkIn, thoughtIn, turnSchema } from "./people.ts";

const model = createBuiltin();

interface Line {
  readonly from: string;
  readonly text: string;
}
type Persona = { readonly name: string };

const packaged = (name: string): Persona =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../../personas", `${name}.json`), "utf8")).persona;
const six = ["lisa", "oscar", "marcos", "doreen", "raghav", "thandeka"].map(packaged);
const awkward: Persona[] = [
  { name: "Nell", ...{ style: "Says 'Eh?' and 'it has been said that…'. Never says 'reach out'." } },
  {
    name: "Gus",
    ...{ beliefs: ["Why not?", "“Never” is a word."], likes: ["a man who says 'yes, please'"], goals: ["Win!"] },
  },
  { name: "Ida" },
];

/** So many rounds in which everybody answers what all the others said in the rounds before. */
async function rounds(people: readonly Persona[], question: string, { count = 3, seed = 1 } = {}) {
  const heard: Line[] = [{ from: "", text: question }];
  const said: (Line & { thought: string })[] = [];
  for (let round = 0; round < count; round++) {
    const before = [...heard];
    for (const persona of people) {
      const others = people.map(({ name }) => name).filter((name) => name !== persona.name);
      const own = said.filter(({ from }) => from === persona.name);
      const { value } = await model.generate({
        messages: own.map(({ text, thought }) => ({ role: "assistant" as const, content: `${thought}\n${text}` })),
        schema: turnSchema,
        purpose: "act",
        scope: "t",
        seed: seed * 100 + round,
        rehearsal: { persona, others, heard: before },
      });
      const text = talkIn(value);
      said.push({ from: persona.name, text, thought: thoughtIn(value) });
      if (text !== "") heard.push({ from: persona.name, text });
    }
  }
  return said;
}

const opinions: Readonly<Record<LanguageCode, string>> = {
  en: "What do you think of renting an electric cargo bike for 79 euros a month, repairs included?",
  de: "Was halten Sie von Fahrkarten, die es nur noch auf dem Handy gibt?",
  fr: "Que pensez-vous d'une liseuse en abonnement à dix euros par mois ?",
  es: "¿Qué opinan de un banco sin oficinas, solo en el móvil?",
  pt: "O que vocês acham de uma assinatura de café em casa?",
  ko: "요즘 장을 볼 때 쓰는 배달 앱에 대해 어떻게 생각하세요?",
  ja: "電気自動車のレンタルサービスについてどう思いますか。",
  ar: "ما رأيكم في تطبيق لتوصيل الطعام إلى المكاتب؟",
};
const ideas: Readonly<Record<LanguageCode, string>> = {
  en: "Which feature would you add to it?",
  de: "Welche Verbesserung würden Sie vorschlagen?",
  fr: "Quelle fonction ajouteriez-vous ?",
  es: "¿Qué función añadirían y por qué?",
  pt: "Que melhoria vocês sugerem?",
  ko: "어떤 기능을 추가하면 좋을까요?",
  ja: "どんな機能を追加したいですか。",
  ar: "ما الفكرة التي تقترحون إضافتها؟",
};

/** What no text may have, whoever says it. */
function faultsOf(text: string): string[] {
  const marks: readonly (readonly [string, string])[] = [
    ["“„", "”“"],
    ["«", "»"],
    ["「", "」"],
    ["(（", ")）"],
  ];
  const count = (set: string): number => [...text].filter((letter) => set.includes(letter)).length;
  const open = marks.filter(([opening, closing]) =>
    opening.includes("“") ? /[“„”]/u.test(text) && count("“„”") % 2 === 1 : count(opening) !== count(closing),
  );
  return [
    ...(/(?<!\.)[.!?。؟،,;:](?:\s?[.;:。،]|,)(?!\.)/u.test(text) ? ["doubled punctuation"] : []),
    ...(/…\.|\s[.,](?:\s|$)/u.test(text) ? ["stray punctuation"] : []),
    ...(open.length > 0 ? ["an unclosed mark"] : []),
    ...(/[{}]|undefined|\[object/u.test(text) ? ["a slot that is left"] : []),
    ...(/ {2}/u.test(text) ? ["a gap"] : []),
    ...(/^\p{Ll}/u.test(text) || /[!?] \p{Ll}/u.test(text) ? ["a small beginning"] : []),
    ...(/[.!?。？！؟…]["”»’')]?$/u.test(text) ? [] : ["no end"]),
    ...(/\ba [aeiou]\w{2}/iu.test(text.replace(/\ba (?:one|uni|use|eu|once)/giu, "")) && /\b(?:the|and|is)\b/.test(text)
      ? ["an article that does not fit"]
      : []),
  ];
}

describe("what the built-in people say", () => {
  it.each(Object.keys(opinions) as LanguageCode[])("is well-formed in %s, whoever says it", async (code) => {
    const people = [lisa, oscar, marcos, minji, ...awkward].map((one) => ({ ...one, languages: [code] }));
    for (const question of [opinions[code], ideas[code]]) {
      for (let seed = 1; seed <= 4; seed++) {
        const said = await rounds(people, question, { seed });
        const texts = said.flatMap(({ text, thought }) => [text, thought]).filter((text) => text !== "");
        expect(texts.length).toBeGreaterThan(people.length);
        const wrong = texts.flatMap((text) => faultsOf(text).map((fault) => `${fault}: ${text}`));
        expect(wrong).toEqual([]);
      }
    }
  });

  it("is well-formed of the packaged people, who bring much of their own", async () => {
    for (let seed = 1; seed <= 8; seed++) {
      for (const question of [opinions.en, ideas.en]) {
        const said = await rounds(six, question, { seed, count: 4 });
        const texts = said.flatMap(({ text, thought }) => [text, thought]).filter((text) => text !== "");
        expect(texts.flatMap((text) => faultsOf(text).map((fault) => `${fault}: ${text}`))).toEqual([]);
        expect(texts.filter((text) => /\breach out\b|(?<!['’])\bM not\b|\bwithout I\b|\bowed I\b/i.test(text))).toEqual(
          [],
        );
      }
    }
  });

  it.each(Object.keys(opinions) as LanguageCode[])("repeats few of its sentences in %s", async (code) => {
    const people = six.map((one) => ({ ...one, languages: [code] }));
    for (let seed = 1; seed <= 3; seed++) {
      const said = (await rounds(people, opinions[code], { seed, count: 6 })).flatMap(({ text }) => sentences(text));
      const again = said.length - new Set(said).size;
      expect(again / said.length).toBeLessThan(0.06);
    }
  });

  it("is put in frames of which none is heard more than a few times in a focus group of six", async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const said = await rounds(six, opinions.en, { seed, count: 6 });
      const frames = said.flatMap(({ text, thought }) => [...sentences(text), ...sentences(thought)].map(frameOf));
      const counts = new Map<string, number>();
      for (const frame of frames) if (frame !== undefined) counts.set(frame, (counts.get(frame) ?? 0) + 1);
      expect(frames.length).toBeGreaterThan(60);
      expect(Math.max(...counts.values())).toBeLessThanOrEqual(5);
      const repeated = [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
      expect(repeated / frames.length).toBeLessThan(0.3);
    }
  });

  it("stands on more than one side of what divides people, and stays there", async () => {
    const matters = [
      "an electric cargo bike for 79 euros a month",
      "a four-day week at full pay",
      "a bank without any branches",
      "a kettle that can be repaired",
      "a school without homework",
      "a city centre without cars",
      "a meal kit with three dinners",
      "a doctor who answers by video",
      "a television that listens",
      "a library without books",
    ];
    for (const matter of matters) {
      const question = `What do you think of ${matter}?`;
      const sides = new Map<string, Set<number>>(six.map(({ name }) => [name, new Set()]));
      for (let seed = 1; seed <= 4; seed++) {
        for (const { from, text } of await rounds(six, question, { seed, count: 1 })) {
          const leaning = leaningIn(text, phrasesIn.en);
          if (leaning !== undefined) sides.get(from)?.add(Math.sign(leaning));
        }
      }
      for (const [name, held] of sides)
        expect([name, matter, held.has(1) && held.has(-1)]).toEqual([name, matter, false]);
      expect(new Set([...sides.values()].flatMap((held) => [...held])).size).toBeGreaterThanOrEqual(2);
    }
  });

  it("is the same for the same seed, and another for another", async () => {
    const [one, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => rounds(six, opinions.en, { seed, count: 2 })),
    );
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});

/** The beginning of a sentence tells its frame. */
const frameOf = (sentence: string): string | undefined => {
  const words = sentence.toLowerCase().split(/\s+/).slice(0, 4);
  return words.length < 4 ? undefined : words.join(" ");
};

describe("what is heard of a sentence", () => {
  it("is which phrase it is and what stands in it, whatever is said around it", () => {
    const heard = (sentence: string) => recognised(sentence, phrasesIn.en);
    expect(heard("I would not spend my own money on the cargo bikes.")).toMatchObject({
      kind: "doubt",
      slots: { topic: "cargo bikes" },
    });
    expect(heard("I'm not being funny, but as far as I am concerned, the market can come!")?.kind).toBe("praise");
    expect(heard("It has been observed that I would say no to the market.")?.kind).toBe("doubt");
    expect(heard("The tram was late again.")).toBeUndefined();
  });

  it("tells on which side somebody is", () => {
    expect(leaningIn("I am for the market, and I do not need long to think.", phrasesIn.en)).toBe(1);
    expect(leaningIn("Ohne „Handy“ schlafe ich besser. Vielleicht sehe ich es zu eng.", phrasesIn.de)).toBe(-1);
    expect(leaningIn("I can see both sides of the market.", phrasesIn.en)).toBe(0);
    expect(leaningIn("It rained.", phrasesIn.en)).toBeUndefined();
  });
});
