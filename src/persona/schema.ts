import { z } from "zod";
import { issueLines, issuesInWords } from "../kernel/text/issues.ts";
import { type Issue, TinyTroupeError } from "../kernel/values/errors.ts";
import { type DeepReadonly, deepFreeze, isRecord, plainCopy } from "./plain-data.ts";

const record = z.record(z.string(), z.unknown());
const item = z.union([z.string(), record]);
const list = z.array(item);
const text = z.union([z.string(), record, list]);

const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "This must be printable and stand on one line.")
  .refine(
    (text) => text === "" || /[^\s\p{Default_Ignorable_Code_Point}]/u.test(text),
    "This must have a character that can be seen.",
  );

const occupation = z.union([
  z.string(),
  z.looseObject({ title: text.optional(), organization: text.optional(), description: text.optional() }),
]);

const personality = z.looseObject({
  traits: list.optional(),
  big_five: z
    .looseObject({
      openness: text.optional(),
      conscientiousness: text.optional(),
      extraversion: text.optional(),
      agreeableness: text.optional(),
      neuroticism: text.optional(),
    })
    .optional()
    .describe('In words: "High. Reads instruction leaflets for pleasure."'),
});

const routines = z.union([
  list,
  z.looseObject({
    morning: list.optional(),
    workday: list.optional(),
    evening: list.optional(),
    weekend: list.optional(),
  }),
]);

const known = {
  age: z.number().min(0).max(150).optional().describe("In years."),
  gender: text.optional(),
  nationality: text.optional(),
  country_of_residence: text.optional(),
  residence: text.optional(),
  languages: z
    .array(z.string().min(1))
    .optional()
    .describe("Binding: the person speaks these and no others, and the first one to whoever uses none of them."),
  education: text.optional(),
  long_term_goals: list.optional(),
  occupation: occupation.optional(),
  style: text.optional().describe("How the person talks and writes; it dominates the wording."),
  personality: personality.optional(),
  preferences: z
    .looseObject({ interests: list.optional(), likes: list.optional(), dislikes: list.optional() })
    .optional(),
  skills: list.optional().describe("What the person can do, and what expressly not."),
  beliefs: list.optional(),
  behaviors: z.looseObject({ general: list.optional(), routines: routines.optional() }).optional(),
  health: text.optional(),
  relationships: z
    .array(z.looseObject({ name: text.optional(), description: text.optional() }))
    .optional()
    .describe("Who matters to the person, and how."),
  other_facts: list.optional(),
};

/** Who someone is. Every key but the name is optional, and keys that are not named here are kept. */
export const personaSchema = z.looseObject({ name, ...known });

/** A part of a persona, to be laid over another. */
export const partialPersonaSchema = z.looseObject({ name: name.optional(), ...known });

/** Who someone is: data only, validated, deeply frozen. */
export type Persona = DeepReadonly<z.output<typeof personaSchema>>;

/** A persona of which any part may be missing. */
export type PartialPersona = DeepReadonly<z.output<typeof partialPersonaSchema>>;

/** Where a persona comes from, for the error that says so. */
export interface ParseOptions {
  file?: string;
}

/**
 * Reads a persona from untrusted data, bare or as the content of a `{type: "TinyPerson", persona}` file.
 * Nulls count as absent; a single text where a list is meant becomes a list of one; relationships written
 * `{Name, Description}` become `{name, description}`. Throws PERSONA_INVALID with the dotted path of each issue.
 * @example
 * parsePersona({ name: "Lisa", age: null, skills: "sailing", shoeSize: 38 }); // => { name: "Lisa", skills: ["sailing"], shoeSize: 38 }
 */
export function parsePersona(value: unknown, options: ParseOptions = {}): Persona {
  return parseWith(personaSchema, unwrap(value, "TinyPerson", options), options);
}

/** Reads a part of a persona, bare or as the content of a `{type: "Fragment", persona}` file; otherwise as `parsePersona`. */
export function parsePartialPersona(value: unknown, options: ParseOptions = {}): PartialPersona {
  return parseWith(partialPersonaSchema, unwrap(value, "Fragment", options), options);
}

interface Unwrapped {
  readonly value: unknown;
  readonly at: readonly string[];
}

function unwrap(value: unknown, type: "TinyPerson" | "Fragment", options: ParseOptions): Unwrapped {
  if (!isRecord(value)) return { value, at: [] };
  if (value["type"] === type) return { value: value["persona"], at: ["persona"] };
  if (value["type"] !== "TinyPerson" && value["type"] !== "Fragment") return { value, at: [] };
  const message =
    type === "Fragment" ? "This is a whole person, not a fragment." : "This is a fragment, to be laid over a person.";
  throw invalidPersona([{ path: "type", message }], options);
}

function parseWith<T>(schema: z.ZodType<T>, { value, at }: Unwrapped, options: ParseOptions): DeepReadonly<T> {
  const { data, issues } = plainCopy(value, at);
  if (issues.length > 0) throw invalidPersona(issues, options);
  const whole = isRecord(data) ? tidy(data) : data;
  const parsed = schema.safeParse(whole);
  if (parsed.success) return deepFreeze(parsed.data);
  const found = issuesInWords(parsed.error.issues, { whole, schema });
  throw invalidPersona(
    found.map((issue) => ({ ...issue, path: [...at, issue.path].filter((part) => part !== "").join(".") })),
    options,
  );
}

export function invalidPersona(issues: readonly Issue[], { file }: ParseOptions): TinyTroupeError<"PERSONA_INVALID"> {
  const head = `The persona${file === undefined ? "" : ` ${file}`} is not valid:`;
  return new TinyTroupeError("PERSONA_INVALID", [head, ...issueLines(issues, file)].join("\n"), {
    data: file === undefined ? { issues } : { file, issues },
    hint: "Mend what is named above; only `name` is required. `tinytroupe persona show lisa --json` shows a whole one.",
  });
}

const listKeys = ["long_term_goals", "skills", "beliefs", "other_facts", "languages"] as const;
const listsWithin = [
  ["personality", "traits"],
  ["preferences", "likes"],
  ["behaviors", "general"],
] as const;

/** Marks of direction, which nobody sees and nobody writes who addresses the person by name. */
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** Brings the shapes that people write into the one that programs read. */
function tidy(persona: Record<string, unknown>): Record<string, unknown> {
  const { $schema: _editorsOnly, ...result } = persona;
  if (typeof result["name"] === "string") result["name"] = result["name"].replace(unseen, "");
  for (const key of listKeys) if (typeof result[key] === "string") result[key] = [result[key]];
  for (const [key, inner] of listsWithin) {
    const value = result[key];
    if (typeof value === "string") result[key] = { [inner]: [value] };
    else if (Array.isArray(value)) result[key] = { [inner]: value };
    else if (isRecord(value)) result[key] = withLists(value);
  }
  const { relationships } = result;
  if (isRecord(relationships)) result["relationships"] = [relationship(relationships)];
  else if (Array.isArray(relationships)) result["relationships"] = relationships.map(relationship);
  return result;
}

/** Of a section whose parts are lists, a part that is a single text becomes a list of one. */
function withLists(section: Record<string, unknown>): Record<string, unknown> {
  const parts = ["traits", "interests", "likes", "dislikes", "general", "routines"];
  return Object.fromEntries(
    Object.entries(section).map(([key, value]) => [
      key,
      parts.includes(key) && typeof value === "string" ? [value] : value,
    ]),
  );
}

function relationship(value: unknown): unknown {
  if (typeof value === "string") return { description: value };
  if (!isRecord(value)) return value;
  const { Name, Description, ...rest } = value;
  const renamed = {
    ...(Name !== undefined && rest["name"] === undefined && { name: Name }),
    ...(Description !== undefined && rest["description"] === undefined && { description: Description }),
  };
  return { ...renamed, ...rest };
}
