import { describe, expect, it } from "vitest";
import { nextItem } from "../../../src/survey/flow/next-item.ts";
import type { ItemPart } from "../../../src/survey/instrument/kind.ts";
import { answerShape } from "../../../src/survey/wording/answer-shape.ts";
import { itemInWords } from "../../../src/survey/wording/item-words.ts";
import { readAnswer } from "../../../src/survey/wording/read-answer.ts";
import { common, surveyOf } from "./instruments.ts";

/** The first item of a survey of one, as it is shown. */
const shown = (item: object) => {
  const next = nextItem(surveyOf([item]), []);
  return next.kind === "item" ? next.item : undefined;
};
const partOf = (item: object): ItemPart => shown(item)?.parts[0] as ItemPart;
const byId = (id: string): object => common.find((item) => (item as { id: string }).id === id) as object;

describe("an item in words", () => {
  it("holds all of it", () => {
    const asked = common.flatMap((item) => {
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
  it("what fits the shape of an answer can be read, and options are asked for by what people read", () => {
    const shape = answerShape(partOf(byId("kind")));
    expect(shape.safeParse("Herbal tea").success).toBe(true);
    expect(shape.safeParse("herb").success).toBe(false);
    expect(answerShape(partOf(byId("where"))).safeParse(["Nowhere"]).success).toBe(true);
    expect(answerShape(partOf(byId("best"))).safeParse(["milk"]).success).toBe(false);
  });
});
