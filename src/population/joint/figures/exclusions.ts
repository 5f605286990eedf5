import type { Specification, Where } from "../../specification/schema.ts";
import type { Levels } from "../levels/levels.ts";
import { type Exclusion, whereText } from "./family.ts";
import { maskOver, placesOf, scopeOf } from "./where.ts";

type Constraint = NonNullable<Specification["constraints"]>[number];

/** What the constraints of a specification rule out. */
export function exclusionsOf(specification: Specification, levels: readonly Levels[]): readonly Exclusion[] {
  return (specification.constraints ?? []).flatMap((constraint, index) =>
    exclusions(levels, constraint, `constraints.${index}`),
  );
}

function exclusions(all: readonly Levels[], constraint: Constraint, part: string): readonly Exclusion[] {
  const because = constraint.because === undefined ? {} : { because: constraint.because };
  if ("always" in constraint) {
    // Dimension by dimension: what holds of everybody ties none to another.
    return Object.entries(constraint.always).map(([id, test]) => ({
      ...over(all, [{ [id]: test }], ([good]) => good === 1),
      part,
      words: `always ${whereText({ [id]: test })}`,
      ...because,
    }));
  }
  if ("never" in constraint) {
    const { never } = constraint;
    return [{ ...over(all, [never], ([bad]) => bad !== 1), part, words: `never ${whereText(never)}`, ...because }];
  }
  const { when, must } = constraint;
  const words = `when ${whereText(when)}: ${whereText(must)}`;
  return [{ ...over(all, [when, must], ([is, has]) => is !== 1 || has === 1), part, words, ...because }];
}

/** The combinations that are allowed, by which of the conditions hold there. */
function over(
  all: readonly Levels[],
  wheres: readonly Where[],
  allows: (held: readonly (number | undefined)[]) => boolean,
): Pick<Exclusion, "scope" | "allowed"> {
  const scope = scopeOf(all, placesOf(all, wheres));
  const masks = wheres.map((where) => maskOver(all, scope, where));
  const allowed = new Uint8Array(scope.size);
  for (let cell = 0; cell < scope.size; cell++) {
    if (allows(masks.map((mask) => mask[cell]))) allowed[cell] = 1;
  }
  return { scope, allowed };
}
