import type { Specification, Where } from "../../specification/schema.ts";

type Test = Where[string];

/** Every test of every dimension, wherever the specification has one. */
function* testsIn(specification: Specification): Generator<readonly [dimension: string, test: Test]> {
  const wheres: (Where | undefined)[] = [
    ...(specification.joints ?? []).flatMap(({ cells }) => cells.map(({ when }) => when)),
    ...(specification.conditionals ?? []).flatMap(({ rows }) => rows.map(({ when }) => when)),
    ...(specification.constraints ?? []).flatMap((rule) => {
      if ("never" in rule) return [rule.never];
      return "always" in rule ? [rule.always] : [rule.when, rule.must];
    }),
    ...(specification.quotas ?? []).map(({ where }) => where),
    ...(specification.boosts ?? []).map(({ where }) => where),
    specification.households?.partners?.of,
  ];
  for (const where of wheres) yield* Object.entries(where ?? {});
}

/**
 * Where the bands of a numeric dimension have to be split, so that each test holds of a whole part or of none of it:
 * the smallest values of the parts.
 */
export function thresholdsOf(
  specification: Specification,
  dimension: { readonly id: string; readonly integer: boolean },
): readonly number[] {
  const cuts = new Set<number>();
  const { integer } = dimension;
  const from = (value: number): unknown => cuts.add(integer ? Math.ceil(value) : value);
  const after = (value: number): unknown => cuts.add(integer ? Math.floor(value) + 1 : value);
  const cut = (test: Test): void => {
    if (Array.isArray(test)) test.forEach(cut);
    else if (typeof test === "number") {
      from(test);
      after(test);
    } else if (typeof test === "object") {
      if (test.from !== undefined) from(test.from);
      if (test.to !== undefined) after(test.to);
    }
  };
  for (const [id, test] of testsIn(specification)) if (id === dimension.id) cut(test);
  return [...cuts].sort((a, b) => a - b);
}
