import { describe, expect, it } from "vitest";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { cosine, embedderContract } from "../../../support/embedder-contract.ts";

describe("lexical embedder", () => {
  embedderContract(createLexicalEmbedder);

  it.each([
    ["Korean", "은행에서 대출을 받았습니다.", "은행은 대출을 거절했다.", "오늘 날씨가 아주 좋네요."],
    ["Japanese", "銀行で口座を開きました。", "銀行の口座について聞きたい。", "昨日は雨が降った。"],
    ["German", "Die Bäckerei verkauft günstiges Brot.", "Günstige Brote aus der Bäckerei", "Der Zug hatte Verspätung."],
    ["Arabic", "فتحت حسابا في البنك", "حساب البنك مفتوح", "الطقس جميل اليوم"],
    [
      "English",
      "She complained about the delivery fees.",
      "Complaints: the delivery fee",
      "He likes hiking with his dog.",
    ],
  ])("finds what is alike in %s", async (_language, text, alike, other) => {
    const [one, near, far] = await createLexicalEmbedder().embed([text, alike, other]);
    expect(cosine(one, near)).toBeGreaterThan(cosine(one, far) + 0.2);
  });

  it.each([
    ["Korean", "서울은행장", "은행", "학교"],
    ["Chinese", "北京大学生活", "大学", "苹果"],
    ["German", "Donaudampfschifffahrt", "Dampfschiff", "Kohlenbergwerk"],
  ])("finds words inside of words in %s", async (_language, text, inside, other) => {
    const [one, near, far] = await createLexicalEmbedder().embed([text, inside, other]);
    expect(cosine(one, near)).toBeGreaterThan(cosine(one, far) + 0.1);
  });

  it("does not care for case, width and composition of characters", async () => {
    const [one, same] = await createLexicalEmbedder().embed(["Café ＡＢＣ", "CAFÉ abc"]);
    expect(cosine(one, same)).toBeCloseTo(1, 5);
  });

  it("gives a text the same vector whatever it read before", async () => {
    const long = Array.from({ length: 900 }, (_, number) => `word${number} bread`).join(" ");
    const used = createLexicalEmbedder();
    for (const text of [long, "bread and butter", "", "tea", `${long} ${long}`, "bread and butter"]) {
      const [[before], [fresh]] = await Promise.all([used.embed([text]), createLexicalEmbedder().embed([text])]);
      expect(before).toEqual(fresh);
    }
  });
});
