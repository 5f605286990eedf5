import { createRandom } from "../../kernel/values/random.ts";
import { defineAt, getAt } from "../../persona/access.ts";
import { layFragment, parseFragment } from "../../persona/fragment.ts";
import type { Persona } from "../../persona/schema.ts";
import type { Draw } from "../draw.ts";
import { contradictionsIn } from "../generation/check/contradictions.ts";
import { statusOf } from "../generation/check/status.ts";
import { namesFor } from "../generation/generate.ts";
import { settledBy } from "../generation/settled.ts";
import type { Specification } from "../specification/schema.ts";
import type { Archetype } from "./archetypes.ts";

/** An archetype whose persona was written. */
export interface WrittenArchetype extends Pick<Archetype, "draw" | "members"> {
  readonly persona: Persona;
}

/** Somebody who is as their archetype, but for the name and what was drawn of themselves. */
export interface Individual {
  readonly draw: Draw;
  readonly persona: Persona;
  /** The id of the archetype's draw. */
  readonly archetype: string;
  /** What the archetype's persona says that contradicts the draw: it was left out. */
  readonly leftOut: readonly { readonly path: string; readonly text: string }[];
  /** The share of the archetype's texts that is so: what is lost of this person, as far as rules can tell. */
  readonly lost: number;
}

/**
 * Everybody of a sample as a persona of their own, from one written persona for each archetype and without a model: the
 * archetype's words, under another name, with what was drawn of this person in its place. Texts that contradict the draw
 * by the rules of `generate` are left out and counted; archetypes themselves stay as they were written. Who belongs to no
 * archetype that was written is left out. Throws PACKAGE_MISSING where the stock of names is not installed.
 * @example
 * const dimensions = { drink: { kind: "categorical", shares: { tea: 0.5, coffee: 0.5 } } };
 * const drinkers = { specification: 1, name: "Drinkers", dimensions };
 * const { people } = await samplePopulation(drinkers, { size: 4, seed: 7 });
 * const { archetypes } = archetypesOf(people, drinkers, { count: 1, seed: 7 });
 * const written = archetypes.map((one) => ({ ...one, persona: parsePersona({ name: "Ana", beliefs: ["Rain is fine."] }) }));
 * (await individualsOf(people, written, { specification: drinkers, seed: 7 })).length; // => 4
 */
export async function individualsOf(
  people: readonly Draw[],
  written: readonly WrittenArchetype[],
  { specification, seed }: { readonly specification: Specification; readonly seed: number | string },
): Promise<readonly Individual[]> {
  const archetypeOf = new Map(written.flatMap((one) => one.members.map((id) => [id, one] as const)));
  const members = people.filter(({ id }) => archetypeOf.has(id));
  const taken = written.map(({ persona }) => persona.name);
  const random = createRandom(seed).fork("individuals");
  const names = await namesFor({ random }, members, { specification, taken });
  return members.map((draw, place) => {
    const archetype = archetypeOf.get(draw.id) as WrittenArchetype;
    const themselves = archetype.draw.id === draw.id;
    const found = themselves
      ? { persona: archetype.persona, leftOut: [], lost: 0 }
      : asDrawn(archetype, draw, { name: names[place] as string, specification });
    return { draw, archetype: archetype.draw.id, ...found };
  });
}

interface Naming {
  readonly name: string;
  readonly specification: Specification;
}

function asDrawn({ persona, draw: own }: WrittenArchetype, draw: Draw, { name, specification }: Naming) {
  const drawn = settledBy(draw, name, specification);
  const told = new Set(textsOf(settledBy(own, persona.name, specification).persona).map(({ text }) => text));
  const general = without(persona, ({ text }) => told.has(text));
  const laid = drawn.places.reduce(
    (one, place) => defineAt(one, place, { value: getAt(drawn.persona, place) }),
    layFragment(general, parseFragment({ type: "Fragment", persona: drawn.persona })),
  );
  const wrong = new Set(contradictionsIn(laid, { status: statusOf(draw, specification) }).map(({ path }) => path));
  const isWrong = ({ path }: PlacedText): boolean => wrong.has(path) && !drawn.places.includes(path);
  const all = textsOf(laid);
  const leftOut = all.filter(isWrong);
  return { persona: without(laid, isWrong), leftOut, lost: leftOut.length / Math.max(1, all.length) };
}

interface PlacedText {
  readonly path: string;
  readonly text: string;
}

const lists = [
  ...["beliefs", "skills", "other_facts", "long_term_goals", "personality.traits"],
  ...["preferences.interests", "preferences.likes", "preferences.dislikes", "behaviors.general"],
];
const singles = ["occupation.title", "occupation.organization", "occupation.description", "health", "style"];

/** What a persona says in sentences, with the dotted places. */
function textsOf(persona: Persona): readonly PlacedText[] {
  return [...lists, ...singles].flatMap((place) => {
    const found = getAt(persona, place);
    const list = Array.isArray(found)
      ? found.map((text, at) => [`${place}.${at}`, text] as const)
      : [[place, found] as const];
    return list.flatMap(([path, text]) => (typeof text === "string" ? [{ path, text }] : []));
  });
}

function without(persona: Persona, isOut: (text: PlacedText) => boolean): Persona {
  const out = new Set(
    textsOf(persona)
      .filter(isOut)
      .map(({ path }) => path),
  );
  if (out.size === 0) return persona;
  return [...lists, ...singles].reduce((left, place) => {
    const found = getAt(left, place);
    if (!Array.isArray(found)) return out.has(place) ? defineAt(left, place, { value: undefined }) : left;
    const value = found.filter((_text, at) => !out.has(`${place}.${at}`));
    return value.length === found.length ? left : defineAt(left, place, { value });
  }, persona);
}
