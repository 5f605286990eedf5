import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { createRandom } from "../../kernel/values/random.ts";
import { type Fragment, layFragment } from "../../persona/fragment.ts";
import { type Origin, variedOrigin } from "../../persona/origin/origin.ts";
import type { Persona } from "../../persona/schema.ts";
import type { Draw } from "../draw.ts";
import { meets } from "../folder/meets.ts";
import type { Specification, Where } from "../specification/schema.ts";

/** A fragment, and for whom of a population it is. */
export interface Condition {
  readonly name: string;
  readonly fragment: Fragment;
  /** What must hold of their draw; everybody, where that is left out. */
  readonly where?: Where;
  /** The share of those who get it, chosen by chance; all of them, unless told. */
  readonly share?: number;
}

/** Somebody of a population, as drawn and as written. */
interface Drawn {
  readonly draw: Draw;
  readonly persona: Persona;
  readonly origin?: Origin;
}

/** How conditions are laid over people. */
export interface LayOverOptions {
  readonly seed: number | string;
  /** What the labels of bands mean. */
  readonly specification?: Specification;
}

/**
 * Lays fragments over whole populations, each over those for whom it is, in the order given. With a share, an exact part
 * of them is chosen by lot (a completely randomised design), the same with the same seed. An origin stays, and says what
 * was laid on. Throws OPTION_INVALID for a
 * share outside of [0, 1] and for two conditions of one name.
 * @example
 * const people = [{ draw: { id: "0001", values: { children: 2 }, weight: 1 }, persona: parsePersona({ name: "Ana" }) }];
 * const fragment = { type: "Fragment", persona: { beliefs: ["Sleep is a luxury."] } };
 * const parents = { name: "parents", fragment, where: { children: { from: 1 } } };
 * layOver(people, [parents], { seed: 7 })[0]?.conditions; // => ["parents"]
 */
export function layOver<P extends Drawn>(
  people: readonly P[],
  conditions: readonly Condition[],
  { seed, specification }: LayOverOptions,
): readonly (P & { readonly conditions: readonly string[] })[] {
  checkConditions(conditions);
  const chosen = conditions.map(({ name, where = {}, share = 1 }) => {
    const eligible = people.filter(({ draw }) => meets(draw.values, where, specification));
    const drawn = createRandom(seed).fork(`condition:${name}`).shuffle(eligible);
    return new Set<P>(drawn.slice(0, Math.round(share * eligible.length)));
  });
  return people.map((person) => {
    const own = conditions.filter((_condition, at) => chosen[at]?.has(person));
    const persona = own.reduce((before, { fragment }) => layFragment(before, fragment), person.persona);
    const names = own.map(({ name }) => name);
    const { origin } = person;
    return { ...person, persona, conditions: names, ...(origin && { origin: variedOrigin(origin, names) }) };
  });
}

function checkConditions(conditions: readonly Condition[]): void {
  for (const [at, { name, share = 1 }] of conditions.entries()) {
    if (!(share >= 0 && share <= 1)) {
      throw new TinyTroupeError("OPTION_INVALID", `The share of '${name}' is ${share}.`, {
        data: { option: "share", value: share },
        hint: "Give a number from 0 to 1.",
      });
    }
    if (conditions.findIndex((other) => other.name === name) === at) continue;
    throw new TinyTroupeError("OPTION_INVALID", `Two conditions are called '${name}'.`, {
      data: { option: "name", value: name },
      hint: "Give each a name of its own: it says who got it.",
    });
  }
}
