import { checkFunction } from "../../kernel/text/known-keys.ts";
import { canonicalJson } from "../../kernel/values/hash.ts";
import { checkList } from "../check-people.ts";
import type { Termination } from "./termination.ts";

/**
 * Ends a run once these people hold the same, as far as the function can tell; of whom it knows nothing, they do not.
 * OPTION_INVALID for what is no list of people, or no function.
 * @example
 * const agreed = whenAllAgree([lisa, oscar], (person) => person.stances.at(0)?.stance);
 */
export function whenAllAgree<P>(people: readonly P[], holds: (person: P) => unknown): Termination {
  checkList(people);
  checkFunction(holds ?? null, "holds", "(person) => person.stances.at(0)?.stance");
  return () => {
    const [first, ...others] = people.map(holds).map((held) => (held === undefined ? undefined : canonicalJson(held)));
    if (first === undefined || others.some((other) => other !== first)) return undefined;
    return `all hold ${first}`;
  };
}
