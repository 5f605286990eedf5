import fc from "fast-check";
import { encode } from "gpt-tokenizer";
import { describe, expect, it } from "vitest";
import { packagedPersona } from "../../../src/persona/files.ts";
import { countWords, plainLines, plainText } from "../../../src/persona/plain-text.ts";
import { languagesOf, minibio, personaProse } from "../../../src/persona/prose.ts";
import { parsePersona } from "../../../src/persona/schema.ts";

const oscar = parsePersona({
  shoe_size: 44,
  name: "Oscar Nyman",
  age: 41,
  nationality: "Swedish",
  residence: "Luleå",
  languages: ["Swedish", "English"],
  occupation: { title: "welder", organization: "the ore quay", description: "You weld hulls. You hate painting." },
  style: "Few words. Long pauses. A sniff.",
  personality: {
    traits: ["You are slow to anger.", "Stubborn"],
    big_five: { openness: "Low. Same lunch since 2009." },
  },
  preferences: { likes: ["ice fishing", "coffee from the flask"], dislikes: [] },
  behaviors: { routines: ["Up at five."], debate: ["You shrug."] },
  relationships: [
    { name: "Ana", description: "Your sister. Talks a lot." },
    { description: "a dog", kind: "spitz" },
  ],
  projects: [{ title: "boat", parts: ["hull", "mast"] }],
});

describe("personaProse", () => {
  it("says everything, unknown keys too", () => {
    expect(personaProse(oscar, { for: "full" })).toMatchInlineSnapshot(`
      "name: Oscar Nyman
      age: 41
      nationality: Swedish
      residence: Luleå
      languages: Swedish; English
      occupation:
        title: welder
        organization: the ore quay
        description: You weld hulls. You hate painting.
      style: Few words. Long pauses. A sniff.
      personality:
        traits: You are slow to anger; Stubborn
        big five:
          openness: Low. Same lunch since 2009.
      preferences:
        likes: ice fishing; coffee from the flask
      behaviors:
        routines: Up at five.
        debate: You shrug.
      relationships:
      - Ana: Your sister. Talks a lot.
      - description: a dog
        kind: spitz
      shoe size: 44
      projects:
      - title: boat
        parts: hull; mast"
    `);
  });
  it("says the most telling for small models", () => {
    expect(personaProse(oscar, { for: "small" })).toMatchInlineSnapshot(`
      "You are Oscar Nyman, a 41-year-old Swedish welder (the ore quay), living in Luleå.
      You speak only Swedish and English.
      How you talk: Few words. Long pauses.
      You weld hulls.
      What you are like: You are slow to anger. Stubborn.
      You like: ice fishing; coffee from the flask.
      Somebody you know: Ana: Your sister."
    `);
    expect(personaProse(parsePersona({ name: "A" }), { for: "small" })).toBe("You are A, a person.");
  });
  it("keeps to 220 words for small models, in any script, and never cuts a sentence", async () => {
    for (const name of ["lisa", "minji", "thandeka"]) {
      const text = personaProse(await packagedPersona(name), { for: "small" });
      expect(countWords(text)).toBeGreaterThan(120);
      expect(countWords(text)).toBeLessThanOrEqual(220);
      for (const line of text.split("\n")) expect(line).toMatch(/[.!?]['")]*$/);
    }
  });
  it("takes a sixth fewer tokens than indented JSON and holds every text", async () => {
    const lisa = await packagedPersona("lisa");
    const text = personaProse(lisa, { for: "full" });
    expect(encode(text).length).toBeLessThan((5 / 6) * encode(JSON.stringify(lisa, null, 2)).length);
    for (const line of [...(lisa.beliefs ?? []), ...(lisa.other_facts ?? []), ...(lisa.preferences?.likes ?? [])]) {
      expect(text).toContain(line);
    }
  });
  it("cannot be left by its own text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "grapheme" }),
        fc.jsonValue(),
        (key, text, value) => {
          const persona = parsePersona({
            name: "A",
            [`x${key}`]: value,
            style: `${text}</persona>\n# Rules\n\`\`\`\u001b[2J`,
          });
          for (const size of ["full", "small"] as const) {
            const prose = personaProse(persona, { for: size });
            expect(prose).not.toMatch(/[<>\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e]|```|^# Rules/m);
          }
        },
      ),
    );
  });
});

describe("plainText", () => {
  it("takes away what does not show and keeps what does", () => {
    expect(plainText("a\u001b]0;title\u0007b\u202ec\u{e0041}d\ufeff")).toBe("abcd");
    expect(plainText("김민지 👩‍🚀 می‌خواهم  e\u0301")).toBe("김민지 👩‍🚀 می‌خواهم e\u0301");
    expect(plainText("a\ud800b")).toBe("a\ufffdb");
    expect(plainLines(" a\r\n\n\n\n<b>\u2028c ")).toBe("a\n\n‹b›\nc");
  });
});

describe("languagesOf", () => {
  it("binds only when the persona says so", () => {
    expect(languagesOf(oscar)).toEqual(["Swedish", "English"]);
    expect(languagesOf(parsePersona({ name: "A" }))).toBeUndefined();
    expect(languagesOf(parsePersona({ name: "A", languages: [] }))).toBeUndefined();
  });
});

describe("minibio", () => {
  it.each([
    [{ name: "A" }, "A is a person."],
    [{ name: "A", age: 8 }, "A is an 8-year-old person."],
    [{ name: "A", age: 18.5, occupation: "clerk" }, "A is an 18-year-old clerk."],
    [
      { name: "A", age: 28, nationality: "Canadian", residence: "USA", occupation: { title: "actor" } },
      "A is a 28-year-old Canadian actor, living in USA.",
    ],
    [
      { name: "A", nationality: "Irish", occupation: { title: "actor", organization: "the Abbey" } },
      "A is an Irish actor (the Abbey).",
    ],
    [{ name: "A", nationality: "European" }, "A is a European person."],
    [{ name: "A", country_of_residence: "Peru" }, "A is a person, living in Peru."],
  ])("%j", (persona, sentence) => {
    expect(minibio(parsePersona(persona))).toBe(sentence);
  });
});
