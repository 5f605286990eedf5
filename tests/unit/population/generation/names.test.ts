import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slug } from "../../../../src/kernel/values/ids.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import type { Draw } from "../../../../src/population/draw.ts";
import { giveNames } from "../../../../src/population/generation/names/names.ts";
import { type NameStocks, packagedStocks } from "../../../../src/population/generation/names/stock.ts";

const stocks = await packagedStocks();
const drawn = (values: Draw["values"], index = 0): Draw => ({
  id: String(index + 1).padStart(4, "0"),
  values,
  weight: 1,
});
const many = (count: number, values: Draw["values"] = {}): Draw[] =>
  Array.from({ length: count }, (_, index) => drawn(values, index));
const random = createRandom(7);

describe("names", () => {
  it.each<[string, Draw["values"], RegExp]>([
    ["Korea", { nationality: "South Korean", gender: "여성" }, /^\p{sc=Hangul}{2,5}$/u],
    ["Japan", { country: "Japan", sex: "male" }, /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+ \S+$/u],
    ["Egypt", { nationality: "Egyptian" }, /^[\p{sc=Arabic} ]+$/u],
    ["a language", { language: "Russian" }, /^[\p{sc=Cyrillic} ]+$/u],
  ])("are written as in %s", (_where, values, written) => {
    for (const name of giveNames(many(20, values), { random, stocks })) expect(name).toMatch(written);
  });
  it("are of the gender that was drawn, however it is called", () => {
    const specification = { name: "brazil", locale: "pt-BR" };
    const women = stocks("pt-BR").female;
    const isWoman = (name: string): boolean => women.some((given) => name.startsWith(`${given} `));
    const named = (gender: string) => giveNames(many(30, { gender }), { random, stocks, specification });
    expect(named("Mulher").every(isWoman)).toBe(true);
    expect(named("men").some(isWoman)).toBe(false);
    const either = named("non-binary").filter(isWoman).length;
    expect(either).toBeGreaterThan(3);
    expect(either).toBeLessThan(27);
  });
  it("go by what was drawn before what holds of everybody", () => {
    const specification = { name: "x", locale: "ko", title: "Adults in Brazil", language: "Japanese" };
    const [one, other] = giveNames([drawn({ nationality: "Polish" }), drawn({}, 1)], { random, stocks, specification });
    expect(one).toMatch(/\p{sc=Latin}/u);
    expect(other).toMatch(/\p{sc=Hangul}/u);
  });
  it("are unique as names and as ids, by construction, and none that models give to everybody", () => {
    const tight: NameStocks = () => ({
      ...{ female: ["Ana", "Jane"], male: ["Ivo", "John"] },
      families: { female: ["Doe", "Luz"], male: ["Doe", "Luz"] },
    });
    const names = giveNames(many(300), { random, stocks: tight, taken: ["Ana Luz"] });
    expect(new Set(names.map((name) => slug(name))).size).toBe(300);
    expect(names).not.toContain("Ana Luz");
    expect(names).not.toContain("Jane Doe");
  });
  it("of a thousand people are a thousand, in each of many countries", () => {
    for (const locale of ["pt-BR", "pt-PT", "de", "fr", "es", "en-US", "en-IN", "en-NG", "ko", "ja", "ar", "zh-CN"]) {
      const names = giveNames(many(1_000), { random, stocks, specification: { name: "x", locale } });
      expect(new Set(names.map((name) => slug(name))).size, locale).toBe(1_000);
    }
  });
  it("stay what they are when more people come", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (few, more) => {
        const all = giveNames(many(few + more), { random, stocks });
        expect(giveNames(many(few), { random, stocks })).toEqual(all.slice(0, few));
      }),
    );
  });
  it("are those of the country, where its language has none", () => {
    expect(stocks("hi-IN").families.female).toContain("Acharya");
    expect(stocks("pt").female.length).toBeGreaterThan(50);
  });
  it("are refused for a locale that has none, with those that have", () => {
    expect(() => giveNames(many(1), { random, stocks, specification: { name: "x", locale: "xx" } })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", hint: expect.stringContaining("pt_BR") }),
    );
  });
});
