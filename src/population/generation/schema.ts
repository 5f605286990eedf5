import { z } from "zod";
import { fullSchema } from "../factory-schema.ts";

/** How much of a person is written: a page, two, or as much as a model can bear. */
export type Depth = "sketch" | "standard" | "deep";

const { shape } = fullSchema;
const list = (least: number, whole: z.ZodArray<z.ZodString>): z.ZodArray<z.ZodString> =>
  z
    .array(z.string().min(1))
    .min(least)
    .describe(whole.description ?? "");

/** Lower counts than the prompt asks for, so that one item too few does not cost a second call. */
interface Least {
  readonly few: number;
  readonly some: number;
  readonly many: number;
}
const least: Readonly<Record<Depth, Least>> = {
  sketch: { few: 1, some: 2, many: 3 },
  standard: { few: 2, some: 4, many: 5 },
  deep: { few: 3, some: 8, many: 12 },
};

/** The places of a persona that are written at each depth, by their dotted path. */
function partsOf(depth: Depth): Readonly<Record<string, z.ZodType>> {
  const { few, some, many } = least[depth];
  const { traits, big_five } = shape.personality.shape;
  const { interests, likes, dislikes } = shape.preferences.shape;
  const { title, organization, description } = shape.occupation.shape;
  const sketch = {
    gender: shape.gender,
    nationality: shape.nationality,
    residence: shape.residence,
    languages: shape.languages,
    education: shape.education,
    "occupation.title": title,
    "occupation.organization": organization,
    "occupation.description": description,
    style: shape.style,
    "personality.traits": list(some, traits),
    "preferences.likes": list(some, likes),
    "preferences.dislikes": list(some, dislikes),
    beliefs: list(many, shape.beliefs),
    other_facts: list(many, shape.other_facts),
  };
  if (depth === "sketch") return sketch;
  const { general, routines } = shape.behaviors.shape;
  const standard = {
    ...sketch,
    ...fiveReasons(big_five),
    long_term_goals: list(few, shape.long_term_goals),
    "preferences.interests": list(some, interests),
    skills: list(few, shape.skills),
    "behaviors.general": list(few, general),
    health: shape.health,
    relationships: z.array(shape.relationships.element).min(few),
  };
  return depth === "standard" ? standard : { ...standard, "behaviors.routines": routines };
}

function fiveReasons(five: typeof shape.personality.shape.big_five): Readonly<Record<string, z.ZodType>> {
  const reason = z.string().min(1).describe("A sentence that shows it, without the degree: 'You keep every receipt.'");
  return Object.fromEntries(Object.keys(five.shape).map((trait) => [`personality.big_five.${trait}`, reason]));
}

/**
 * What a model fills in for a population: all that makes a person at this depth, but what was drawn and the name.
 * @param places the dotted places that are filled
 */
export function writtenSchema(depth: Depth, places: readonly string[]): z.ZodObject {
  const open = Object.entries({ age: shape.age, ...partsOf(depth) }).filter(
    ([path]) => !places.some((place) => path === place || path.startsWith(`${place}.`)),
  );
  return nested(open.map(([path, part]) => [path.split("."), part]));
}

type Part = readonly [path: readonly string[], part: z.ZodType];

function nested(parts: readonly Part[]): z.ZodObject {
  const heads = [...new Set(parts.map(([[head = ""]]) => head))];
  return z.object(
    Object.fromEntries(
      heads.map((head) => {
        const under = parts.filter(([[first]]) => first === head);
        const [[path, whole] = [[], z.never()]] = under;
        if (path.length === 1) return [head, whole];
        return [head, nested(under.map(([[, ...rest], part]) => [rest, part]))];
      }),
    ),
  );
}
