import { expect, it } from "vitest";
import { stemOf } from "../../../src/kernel/language/terms.ts";

it.each([
  ["en", ["kettle", "kettles"]],
  ["en", ["city", "cities"]],
  ["en", ["glass", "glasses"]],
  ["en", ["bake", "baked", "baking", "bakes"]],
  ["en", ["bus", "buses"]],
  ["de", ["preis", "preise", "preisen"]],
  ["de", ["frau", "frauen"]],
  ["es", ["color", "colores"]],
  ["pt", ["flor", "flores"]],
  ["fr", ["bouilloire", "bouilloires"]],
  ["ko", ["주전자", "주전자를", "주전자는"]],
])("forms of one word have one stem (%s: %j)", (_language, [first = "", ...others]) => {
  expect(others.map(stemOf)).toEqual(others.map(() => stemOf(first)));
});

it.each([
  ["the", "then"],
  ["bus", "but"],
  ["glass", "glade"],
  ["rice", "price"],
])("other words keep theirs (%s, %s)", (one, other) => {
  expect(stemOf(one)).not.toBe(stemOf(other));
});
