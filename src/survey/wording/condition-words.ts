import type { SurveyCondition } from "../instrument/condition.ts";

/**
 * A condition as people read it.
 * @example
 * conditionInWords({ all: [{ item: "drinks", is: "yes" }, { not: { item: "cups", below: 2 } }] }); // => "drinks is yes and not (cups is below 2)"
 */
export function conditionInWords(condition: SurveyCondition): string {
  const inner = (one: SurveyCondition): string =>
    "item" in one || "not" in one ? conditionInWords(one) : `(${conditionInWords(one)})`;
  if ("all" in condition) return condition.all.map(inner).join(" and ");
  if ("any" in condition) return condition.any.map(inner).join(" or ");
  if ("not" in condition) return `not (${conditionInWords(condition.not)})`;
  const { item, is, includes, below, above, atLeast, atMost, answered } = condition;
  const tests: readonly (readonly [string, unknown])[] = [
    ...([
      ["is", is],
      ["includes", includes],
      ["is below", below],
      ["is above", above],
    ] as const),
    ...([
      ["is at least", atLeast],
      ["is at most", atMost],
    ] as const),
  ];
  const told = tests
    .filter(([, value]) => value !== undefined)
    .map(([verb, value]) => `${verb} ${[value].flat().join(" or ")}`);
  const whether = answered === undefined ? [] : [answered ? "is answered" : "is not answered"];
  return `${item} ${[...told, ...whether].join(" and ")}`;
}
