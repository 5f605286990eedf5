import { describe, expect, it } from "vitest";
import { nextItem } from "../../../src/survey/flow/next-item.ts";
import type { ItemPart } from "../../../src/survey/instrument/kind.ts";
import { answerShape, itemShape } from "../../../src/survey/wording/answer-shape.ts";
import { itemInWords } from "../../../src/survey/wording/item-words.ts";
import { readAnswer, readItem } from "../../../src/survey/wording/read-answer.ts";
import { common, further, surveyOf } from "./instruments.ts";

/** The first item of a survey of one, as it is shown. */
const shown = (item: object) => {
  const next = nextItem(surveyOf([item]), []);
  return next.kind === "item" ? next.item : undefined;
};
const partOf = (item: object): ItemPart => shown(item)?.parts[0] as ItemPart;
const byId = (id: string): object =>
  [...common, ...further].find((item) => (item as { id: string }).id === id) as object;

describe("an item in words", () => {
  it("holds all of it", () => {
    const asked = [...common, ...further].flatMap((item) => {
      const one = shown(item);
      return one === undefined ? [] : [itemInWords(one)];
    });
    expect(asked.join("\n\n=====\n\n")).toMatchSnapshot();
  });
});

describe("an answer that is read", () => {
  it.each([
    ["drinks", "Yes", "yes"],
    ["drinks", "  NO ", "no"],
    ["kind", "herbal  tea", "herb"],
    ["kind", "herb", "herb"],
    ["where", ["in cafés", "at home"], ["at home", "in cafés"]],
    ["where", ["Nowhere"], ["none"]],
    ["likes", "very much", "very much"],
    ["rank", ["sugar", "milk", "lemon"], ["sugar", "milk", "lemon"]],
    ["cups", "3", 3],
    ["points", "7 – very good", "7"],
    ["points", 7, "7"],
    ["why", " It warms. ", "It warms."],
  ])("%s: %j", (id, given, value) => expect(readAnswer(partOf(byId(id)), given)).toEqual({ value }));
  it.each([
    ["drinks", "perhaps", "'perhaps' is none of its options"],
    ["where", ["at home"], "there are 1 of at least 2"],
    ["where", ["at home", "Nowhere"], "'none' goes with no other"],
    ["where", ["at home", "at home"], "an option stands in it twice"],
    ["rank", ["milk", "lemon"], "there are 2 of at least 3"],
    ["best", ["milk", "milk"], "an option stands in it twice"],
    ["cups", 41, "41 is above 40"],
    ["cups", 1.5, "1.5 is no whole number"],
    ["cups", "many", "it is no number"],
    ["why", " ", "there is no text"],
  ])("%s: %j is refused", (id, given, fault) => expect(readAnswer(partOf(byId(id)), given)).toEqual({ fault }));
  it("of several parts, by their numbers", () => {
    const traits = shown(byId("traits"))!;
    const given = { "1": "price", "2": "price", "3": "taste", "4": "tin" };
    expect(itemShape(traits).safeParse({ ...given, "9": "x" }).success).toBe(false);
    const read = [...readItem(traits, given)].slice(0, 5);
    expect(read).toEqual([
      ["traits.1.best", { value: "price" }],
      ["traits.1.worst", { fault: "it is the same as the one before" }],
      ["traits.2.best", { value: "taste" }],
      ["traits.2.worst", { value: "tin" }],
      ["traits.3.best", { fault: "'undefined' is none of its options" }],
    ]);
  });
  it.each([
    ["spend", { tea: 30, Cake: "20" }, { value: { tea: 30, cake: 20, cups: 0 } }],
    ["spend", [{ option: "tea", amount: 50 }], { value: { tea: 50, cake: 0, cups: 0 } }],
    [
      "spend",
      [
        { option: "tea", amount: 30 },
        { option: "tea", amount: 20 },
      ],
      { fault: "it has no amounts by option" },
    ],
    ["spend", { tea: 30 }, { fault: "it adds up to 30 instead of 50" }],
    ["spend", { tea: 60, cake: -10 }, { fault: "the amount of 'cake' is no number from 0" }],
    ["spend", { tea: 50, beer: 0 }, { fault: "'beer' is none of its options" }],
    ["words", [" warm ", "calm"], { value: ["warm", "calm"] }],
    ["words", ["a", "b", "c", "d"], { fault: "there are 4 of at most 3" }],
    ["last", { kind: "black", cups: 2 }, { value: { kind: "black", cups: 2 } }],
    ["last", { kind: "red" }, { fault: expect.stringMatching(/^it\.kind has not its shape/) }],
    ["last", { cups: 2 }, { fault: expect.stringMatching(/^it\.kind has not its shape/) }],
    ["nps", "10 – extremely likely", { value: "10" }],
    ["nps", 3, { value: "3" }],
  ])("%s: %j", (id, given, read) => expect(readAnswer(partOf(byId(id)), given)).toEqual(read));
  it("what fits the shape of an answer can be read, and options are asked for by what people read", () => {
    const shape = answerShape(partOf(byId("kind")));
    expect(shape.safeParse("Herbal tea").success).toBe(true);
    expect(shape.safeParse("herb").success).toBe(false);
    expect(answerShape(partOf(byId("where"))).safeParse(["Nowhere"]).success).toBe(true);
    expect(answerShape(partOf(byId("best"))).safeParse(["milk"]).success).toBe(false);
  });
});
