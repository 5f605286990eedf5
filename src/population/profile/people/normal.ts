import { isRecord, plainCopy } from "../../../persona/plain-data.ts";
import { plainText } from "../../../persona/plain-text.ts";
import { relationshipsOf, textsOf } from "./shapes.ts";

/** A persona in the places and shapes of the schema, as far as it could be brought there. */
export type NormalPersona = Readonly<Record<string, unknown>>;

/** Where else people write what the schema has a place for. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  name: ["full_name", "fullname"],
  gender: ["sex"],
  country_of_residence: ["country"],
  residence: ["location", "city"],
  languages: ["language", "languages_spoken"],
  occupation: ["job", "profession", "job_title"],
  long_term_goals: ["goals", "long_term_goal", "life_goals"],
  other_facts: ["facts"],
  "personality.traits": ["traits", "personality_traits"],
  "personality.big_five": ["big_five", "bigfive", "big5"],
  "preferences.interests": ["interests", "hobbies"],
  "preferences.likes": ["likes"],
  "preferences.dislikes": ["dislikes"],
  "behaviors.routines": ["routines", "behaviors.routine"],
};

/** Sections in which some put what others have at the top. */
const wrappers = ["demographics", "basic_info", "background", "profile", "identity", "personal_information"];

/** Whose keys are the schema's, too; the keys of others may be names of people. */
const sections = new Set([...wrappers, "personality", "preferences", "behaviors", "occupation", "big_five"]);

const lists = [
  ...["long_term_goals", "skills", "beliefs", "other_facts", "languages", "personality.traits"],
  ...["preferences.interests", "preferences.likes", "preferences.dislikes", "behaviors.general"],
];

/**
 * Untrusted data as a persona in the places of the schema: what stands elsewhere is moved (`interests` to
 * `preferences.interests`), a text where a list is meant becomes a list, numbers written as text become numbers, and
 * relationships of any shape `{ name, description }`. What has a place already stays there; all else is kept.
 * Undefined for what is no object.
 * @example
 * normalPersona({ Name: "Ann", age: "41 years", interests: "chess; tea" }); // => { name: "Ann", age: 41, preferences: { interests: ["chess", "tea"] } }
 */
export function normalPersona(value: unknown): NormalPersona | undefined {
  const { data } = plainCopy(unwrapped(value));
  if (!isRecord(data)) return undefined;
  const persona: Record<string, unknown> = {};
  const parts: unknown[] = [data, ...wrappers.map((key) => withPlainKeys(data)[key])];
  for (const [place, section] of parts.entries()) {
    if (!isRecord(section)) continue;
    for (const [key, inner] of Object.entries(withPlainKeys(section)))
      if (!(place === 0 && wrappers.includes(key) && isRecord(inner)) && persona[key] === undefined)
        persona[key] = inner;
  }
  for (const [path, others] of Object.entries(elsewhere)) for (const other of others) move(persona, other, path);
  for (const path of lists) change(persona, path, textsOf);
  change(persona, "age", numberOf);
  change(persona, "relationships", relationshipsOf);
  change(persona, "occupation", (job) => (typeof job === "string" ? { title: job } : job));
  change(persona, "name", (name) => (typeof name === "string" ? plainText(name) : name));
  return persona;
}

/** The persona of a file, of a saved agent of the original, or bare. */
function unwrapped(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const inner = value["persona"] ?? value["_persona"] ?? value["_configuration"];
  return isRecord(inner) ? inner : value;
}

/** `Long term goals` as `long_term_goals`, so that keys are found however they are written. */
function withPlainKeys(section: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(section)) {
    const name = key
      .replace(/([a-z])([A-Z])/g, "$1_$2")
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, "_");
    if (name !== "__proto__" && plain[name] === undefined)
      plain[name] = isRecord(value) && sections.has(name) ? withPlainKeys(value) : value;
  }
  return plain;
}

function move(persona: Record<string, unknown>, from: string, to: string): void {
  const value = take(persona, from);
  if (value === undefined) return;
  const [section = "", key] = to.split(".");
  if (key === undefined) {
    persona[section] ??= value;
    return;
  }
  // A text or a list where a section is meant is what the section is mostly about.
  const there = persona[section];
  if (there === undefined || isRecord(there)) persona[section] = { [key]: value, ...there };
}

/** What stands in a place, which it leaves. */
function take(persona: Record<string, unknown>, path: string): unknown {
  const [section = "", key] = path.split(".");
  const value = persona[section];
  if (key === undefined) {
    delete persona[section];
    return value;
  }
  if (!isRecord(value) || value[key] === undefined) return undefined;
  const { [key]: taken, ...rest } = value;
  persona[section] = rest;
  return taken;
}

function change(persona: Record<string, unknown>, path: string, how: (value: unknown) => unknown): void {
  const [section = "", key] = path.split(".");
  const value = persona[section];
  if (value === undefined) return;
  if (key === undefined) {
    persona[section] = how(value);
  } else if (isRecord(value)) {
    if (value[key] !== undefined) persona[section] = { ...value, [key]: how(value[key]) };
  } else if (mainOf[section] === key) {
    persona[section] = { [key]: how(value) };
  }
}

/** The part that a section is, where it is written as a text or a list. */
const mainOf: Readonly<Record<string, string>> = {
  personality: "traits",
  preferences: "likes",
  behaviors: "general",
};

/** A number that is written as text, with or without what it counts. */
function numberOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const found = /^\s*(?:age[d:]?\s*)?(\d{1,3}(?:\.\d+)?)\s*(?:years?(?:[ -]old)?|y\.?o\.?|yrs?)?\.?\s*$/i.exec(
    value,
  )?.[1];
  return found === undefined ? value : Number(found);
}
