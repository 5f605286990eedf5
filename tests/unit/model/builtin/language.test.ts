import { describe, expect, it } from "vitest";
import { detectLanguage } from "../../../../src/kernel/language/tongues.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { minji, oscar, talkIn, thoughtIn, turnSchema } from "./people.ts";

const model = createBuiltin();
const ask = async (persona: object, text: string, seed = 1) =>
  (
    await model.generate({
      messages: [],
      schema: turnSchema,
      purpose: "act",
      scope: "t",
      seed,
      rehearsal: { persona, heard: [{ from: "Interviewer", text }] },
    })
  ).value;

const questions = {
  ko: "가상 비서에 어떤 기능을 추가하고 싶으세요?",
  ja: "ワープロにどんな機能を追加したいですか。",
  es: "¿Qué función añadiría usted a un procesador de textos y por qué?",
  de: "Welche Funktion würden Sie in eine Textverarbeitung einbauen?",
  fr: "Quelle fonction ajouteriez-vous à un traitement de texte ?",
  pt: "Que função você acrescentaria a um editor de texto?",
  ar: "ما رأيك في السيارات الكهربائية؟",
  en: "Which feature would you add to a word processor?",
} as const;

const homes = {
  ko: "South Korean",
  ja: "Japanese",
  es: "Mexican",
  de: "Austrian",
  fr: "French",
  pt: "Brazilian",
  ar: "Egyptian",
} as const;
const names = {
  ko: "Korean (native)",
  ja: "日本語",
  es: "español",
  de: "Deutsch",
  fr: "français",
  pt: "Portuguese",
  ar: "العربية",
} as const;

describe("languages", () => {
  it.each(Object.entries(questions))("hears and answers %s", async (code, question) => {
    expect(detectLanguage(question)).toBe(code);
    for (let seed = 0; seed < 5; seed++) {
      const turn = await ask({ name: "Ida", occupation: "baker" }, question, seed);
      expect(detectLanguage(talkIn(turn))).toBe(code);
    }
  });

  it.each(Object.entries(names))("binds a person who lists nothing but %s", async (code, name) => {
    for (let seed = 0; seed < 5; seed++) {
      const turn = await ask({ name: "Ida", languages: [name], nationality: "Norwegian" }, questions.en, seed);
      expect(detectLanguage(`${talkIn(turn)} ${thoughtIn(turn)}`)).toBe(code);
    }
  });

  it.each(Object.entries(homes))(
    "takes %s from the nationality where the question tells no language",
    async (code, nationality) => {
      const turn = await ask({ name: "Ida", nationality }, "…?");
      expect(detectLanguage(`${talkIn(turn)} ${thoughtIn(turn)}`)).toBe(code);
    },
  );

  it("answers in the language of the question when it is among those listed, else in the first", async () => {
    const persona = { name: "Ida", languages: ["Korean", "English"] };
    expect(detectLanguage(talkIn(await ask(persona, questions.en)))).toBe("en");
    expect(detectLanguage(talkIn(await ask(persona, questions.fr)))).toBe("ko");
    expect(detectLanguage(talkIn(await ask(oscar, questions.en)))).toBe("en");
  });

  it("plays an interview in Korean with the person's own Korean words", async () => {
    const heard = [
      "안녕하세요, 자기소개를 부탁드려요.",
      "학교에서 어떤 기능이 있는 앱을 쓰고 싶으세요? 아이디어를 말씀해 주세요.",
      "왜 그렇게 생각하세요?",
    ];
    const said: { from: string; text: string }[] = [];
    for (const text of heard) {
      said.push({ from: "연구자", text });
      const { value } = await model.generate({
        messages: [],
        schema: turnSchema,
        purpose: "act",
        scope: "t",
        seed: 3,
        rehearsal: { persona: minji, heard: said },
      });
      expect(talkIn(value)).toMatch(/\p{sc=Hangul}/u);
      expect(talkIn(value)).not.toMatch(/[a-z]{4}/i);
      expect(value.actions.find((action) => action.type === "TALK")).toMatchObject({ target: "연구자" });
      said.push({ from: minji.name, text: talkIn(value) });
    }
    const own = said
      .filter((line) => line.from === minji.name)
      .map((line) => line.text)
      .join(" ");
    expect(own).toMatch(/등산|손글씨|보리차|교실|회의|소음|책방|교사|아이들/);
  });
});
