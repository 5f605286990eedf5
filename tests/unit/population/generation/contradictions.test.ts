import { describe, expect, it } from "vitest";
import { parsePersona } from "../../../../src/persona/schema.ts";
import type { Draw } from "../../../../src/population/draw.ts";
import { contradictionsIn } from "../../../../src/population/generation/check/contradictions.ts";
import { schoolingOf, statusOf } from "../../../../src/population/generation/check/status.ts";

const drawn = (values: Draw["values"]): Draw => ({ id: "0001", values, weight: 1 });
const found = (values: Draw["values"], fact: string, language?: string): readonly string[] =>
  contradictionsIn(parsePersona({ name: "Ana", age: values["age"] ?? null, other_facts: [fact] }), {
    status: statusOf(drawn(values)),
    language,
  }).map(({ message }) => message);

describe("what contradicts a draw", () => {
  it.each<[Draw["values"], string]>([
    [{ age: 44 }, "You are 34 years old and tired."],
    [{ age: 44 }, "Du bist 34 Jahre alt."],
    [{ age: 44 }, "Você tem 34 anos e duas gatas."],
    [{ age: 44 }, "Tu as 34 ans."],
    [{ age: 44 }, "Tienes 34 años."],
    [{ age: 44 }, "당신은 34살이다."],
    [{ age: 44 }, "あなたは34歳だ。"],
    [{ age: 20 }, "You have worked at the same school for 15 years."],
    [{ employment: "employed full-time" }, "You are retired and like it."],
    [{ employment: "employed" }, "Você está desempregada desde março."],
    [{ employment_status: "retired" }, "Your boss is a fool."],
    [{ labour_force: "unemployed" }, "Du bist in Rente."],
    [{ marital_status: "never married" }, "Your wife hums."],
    [{ marital_status: "single" }, "Deine Frau summt."],
    [{ marital_status: "married" }, "You are divorced."],
    [{ civil_status: "divorced" }, "Votre mari ronfle."],
    [{ civil_status: "widowed" }, "Você é casada."],
    [{ children: 0 }, "You worry about your youngest daughter."],
    [{ children: "no children" }, "Tus dos hijas te llaman."],
    [{ children: 2 }, "You have no children."],
    [{ education: "primary school" }, "You hang your master's degree in the hall."],
    [{ sex: "female" }, "You are a single father of two."],
    [{ gender: "man" }, "Tu es une femme."],
  ])("%j: %s", (values, fact) => {
    expect(found(values, fact)).toHaveLength(1);
  });
  it.each<[Draw["values"], string]>([
    [{ age: 44 }, "You are 44 years old."],
    [{ age: 44 }, "Your son is 12 years old."],
    [{ age: 44 }, "You are 34 minutes from the sea."],
    [{ employment: "retired" }, "Your old boss still writes at Christmas."],
    [{ employment: "employed" }, "Your mother is retired."],
    [{ marital_status: "single" }, "Your brother's wife hums."],
    [{ marital_status: "divorced" }, "Your ex-husband kept the dog."],
    [{ marital_status: "widowed" }, "Your husband died in 2015."],
    [{ marital_status: "married" }, "Your first marriage ended in divorce."],
    [{ children: 0 }, "Your sister's children call you twice a week."],
    [{ children: 0 }, "Your childhood smelt of coal."],
    [{ education: "primary school" }, "Your daughter went to university."],
    [{ sex: "female" }, "You married a man from Puno."],
  ])("but not %j: %s", (values, fact) => {
    expect(found(values, fact)).toEqual([]);
  });
  it("is another language than the person's, where it is sure which one it is", () => {
    const english = "You keep the receipts of all that you have bought, and you know where each of them is. ".repeat(2);
    expect(found({}, english, "Portuguese")).toEqual(["is not written in Portuguese"]);
    expect(found({}, english, "English")).toEqual([]);
    expect(found({}, english, "Polish")).toEqual([]);
    expect(found({}, english.slice(0, 80), "Portuguese")).toEqual([]);
  });
  it("is a job that nobody of that status has", () => {
    const persona = parsePersona({ name: "Ana", occupation: { title: "Retired nurse" } });
    const check = (employment: string) => contradictionsIn(persona, { status: statusOf(drawn({ employment })) });
    expect(check("employed").map(({ path }) => path)).toEqual(["occupation.title"]);
    expect(check("retired")).toEqual([]);
  });
});

describe("the status of a draw", () => {
  it.each<[Draw["values"], object]>([
    [
      { age: 30, sex: "F" },
      { age: 30, sex: "female" },
    ],
    [{ employment: "Unemployed" }, { work: "unemployed" }],
    [{ employment: "Aposentado" }, { work: "retired" }],
    [{ marital_status: "unmarried" }, { marriage: "single" }],
    [{ marital_status: "Verheiratet" }, { marriage: "married" }],
    [{ family_status: "cohabiting" }, { marriage: "partnered" }],
    [{ children: 3 }, { children: "some" }],
    [{ children: "none" }, { children: "none" }],
    [{ region: "North" }, {}],
  ])("%j is %j", (values, status) => {
    expect(statusOf(drawn(values))).toEqual(status);
  });
  it("tells schooling by words, else by rank", () => {
    expect(schoolingOf(drawn({ education: "Bachelor's degree" }))).toBe(2);
    expect(schoolingOf(drawn({ education: "less than high school" }))).toBe(0);
    expect(schoolingOf(drawn({ education: "below a bachelor's degree" }))).toBe(1);
    expect(schoolingOf(drawn({ education: "Ensino médio" }))).toBe(1);
    const dimensions = { education: { kind: "ordinal" as const, shares: { I: 1, II: 1, III: 1 } } };
    const specification = { specification: 1 as const, name: "x", dimensions };
    expect(["I", "II", "III"].map((education) => schoolingOf(drawn({ education }), specification))).toEqual([0, 1, 2]);
    expect(schoolingOf(drawn({ education: "I" }))).toBeUndefined();
  });
});
