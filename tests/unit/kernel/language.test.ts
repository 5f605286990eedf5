import { expect, it } from "vitest";
import { surelyIn } from "../../../src/kernel/language/tongues.ts";

it.each([
  ["it", "Secondo me il bollitore costa troppo, e non capisco perché dovrei comprarlo se il mio funziona ancora."],
  ["nl", "Ik vind die waterkoker veel te duur en ik begrijp niet waarom ik hem zou kopen als de mijne nog goed werkt."],
  ["sv", "Jag tycker att vattenkokaren är för dyr och jag förstår inte varför jag ska köpa den när min fungerar bra."],
  ["ca", "Trobo que el bullidor és massa car i no entenc per què l'hauria de comprar si el meu encara funciona."],
  ["fa", "به نظر من این کتری خیلی گران است و نمی فهمم چرا باید آن را بخرم وقتی کتری خودم هنوز کار می کند."],
])("says nothing of %s, which is near to a known language", (_, text) => {
  expect(surelyIn(text)).toBeUndefined();
});

it("wants a quarter of common words, and three of them", () => {
  expect(surelyIn("It is what they are.")).toBe("en");
  expect(surelyIn("It is.")).toBeUndefined();
  const names = "Kettle garden winter market sister engine number doctor ticket window colour bread";
  expect(surelyIn(`The ${names}, and the rest.`)).toBeUndefined();
});
