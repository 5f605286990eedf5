import { keysAt } from "../kernel/text/issues.ts";
import { nearest } from "../kernel/text/nearest.ts";
import { ageContradictions } from "./findings/ages.ts";
import { type Finding, type Found, withSeverity } from "./findings/finding.ts";
import { type Leaf, leavesOf } from "./findings/leaves.ts";
import { lifeContradictions } from "./findings/lives.ts";
import { countWords } from "./plain-text.ts";
import { personaProse } from "./prose.ts";
import { type Persona, personaSchema } from "./schema.ts";

/**
 * Looks a persona over without a model: keys that may be misspelt, what cannot be true of one life (age, work, children, schooling, years, languages), raw numbers, empty or missing sections, "about average"
 * mush, clichés, repetitions, and too little to go by. No findings does not mean a good persona; a finding means that
 * a model would play it flat or odd.
 * @example
 * lintPersona(parsePersona({ name: "Al", age: 12, occupation: "judge", skills: [] })).map(({ rule }) => rule); // => ["age-contradiction", "empty-section", "missing-section", "too-short"]
 */
export function lintPersona(persona: Persona): readonly Finding[] {
  const leaves = [...leavesOf(persona, [])];
  const found: readonly Found[] = [
    ...ageContradictions(persona, leaves),
    ...lifeContradictions(persona, leaves),
    ...emptySections(persona, []),
    ...missingSections(persona),
    ...rawNumbers(leaves),
    ...averageMush(persona),
    ...cliches(leaves),
    ...repetitions(leaves),
    ...wornName(persona),
    ...tooShort(persona),
  ];
  return [...misspeltKeys(persona), ...found.map(withSeverity)];
}

/** Keys of an author's own that are spelt almost as one that is missing. They are kept: some are meant. */
export function misspeltKeys(value: unknown, at: readonly string[] = []): readonly Finding[] {
  if (typeof value !== "object" || value === null) return [];
  const known = keysAt(personaSchema, at);
  const missing = known.filter((key) => !Object.hasOwn(value, key));
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, key];
    const [meant] = known.includes(key) ? [] : nearest(key, missing);
    if (meant === undefined) return misspeltKeys(inner, path);
    const message = `is a key of your own; did you mean ${meant}?`;
    return withSeverity({ rule: "misspelt-key", path: path.join("."), message });
  });
}

function emptySections(value: unknown, at: readonly string[]): Found[] {
  if (
    typeof value === "string" ? value.trim() === "" : typeof value === "object" && Object.keys(value ?? {}).length === 0
  ) {
    return [{ rule: "empty-section", path: at.join("."), message: "is there but says nothing" }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => emptySections(inner, [...at, key]));
}

/** Without these a model falls back on its own manners. */
const expected = ["age", "occupation", "style", "personality", "preferences", "beliefs", "other_facts"] as const;

function missingSections(persona: Persona): Found[] {
  const missing = expected.filter((key) => persona[key] === undefined);
  const message = `says nothing on ${missing.join(", ").replaceAll("_", " ")}`;
  return missing.length === 0 ? [] : [{ rule: "missing-section", path: "", message }];
}

/** Scores belong to instruments; a person is said in words. */
function rawNumbers(leaves: readonly Leaf[]): Found[] {
  const score =
    /(?<![\d.,$€£])[01]?\.\d+\b(?!\s*(?:%|[a-z]))|\b\d{1,3}\s*\/\s*(?:10|100)\b|\b(?:score|rating|level)\s*(?:of|:|=)\s*\d/i;
  const character = /^(personality|preferences|beliefs|style|behaviors)\b/;
  return leaves
    .filter(({ path, value }) => character.test(path) && (typeof value === "number" || score.test(String(value))))
    .map(({ path, value }) => ({ rule: "raw-number", path, message: `'${value}' is a number; say it in words` }));
}

function averageMush({ personality }: Persona): Found[] {
  const mush = /\b(about average|average|moderate|moderately|medium|balanced|neither high nor low|somewhat)\b/i;
  const bland = [...leavesOf(personality ?? {}, ["personality"])].filter(({ value }) => mush.test(String(value)));
  const [second] = bland.slice(1);
  const flat = bland.filter(({ value }) => countWords(String(value)) < 5);
  const found = second === undefined ? flat : bland;
  return found.map(({ path, value }) => ({ rule: "average-mush", path, message: `'${value}' tells nobody apart` }));
}

function cliches(leaves: readonly Leaf[]): Found[] {
  const worn =
    /\b(passionate about|life-?long learner|avid (?:reader|traveler|traveller)|work-?life balance|outside the box|rich tapestry|make a difference|giving back|wears many hats|self-starter|sustainable living)\b/i;
  return leaves.flatMap(({ path, value }) => {
    const found = worn.exec(String(value))?.[0];
    return found === undefined
      ? []
      : [{ rule: "cliche" as const, path, message: `'${found}' could be said of anybody` }];
  });
}

function repetitions(leaves: readonly Leaf[]): Found[] {
  const first = new Map<string, string>();
  return leaves.flatMap(({ path, value }) => {
    if (typeof value !== "string" || !hasTwoWords(value)) return [];
    const key = value
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
    const before = first.get(key);
    if (before === undefined) first.set(key, path);
    return before === undefined ? [] : [{ rule: "repeated" as const, path, message: `says the same as ${before}` }];
  });
}

/** Counting is dear; most texts have a space between letters. */
const hasTwoWords = (text: string): boolean => /[\p{L}\p{N}]\s+[\p{L}\p{N}]/u.test(text) || countWords(text) >= 2;

/** Whether language models give the name to half of the people they invent. */
export function isWornName(name: string): boolean {
  return /^(sarah chen|emily chen|maya patel|priya patel|elena (rodriguez|vasquez)|marcus (thompson|johnson|chen)|john (smith|doe)|jane doe|james (wilson|mitchell)|sarah (johnson|mitchell)|david chen|maria (garcia|gonzalez|rodriguez)|alex(ander)? (chen|rivera)|aisha khan|amara okafor|elara .*)$/i.test(
    name,
  );
}

function wornName({ name }: Persona): Found[] {
  return isWornName(name)
    ? [{ rule: "worn-name", path: "name", message: `'${name}' is a name that models give to everyone` }]
    : [];
}

function tooShort(persona: Persona): Found[] {
  const prose = personaProse(persona, { for: "full" });
  // Counting is dear, and most personas have far more.
  if ((prose.match(/\p{L}\s/gu)?.length ?? 0) >= 150) return [];
  const words = countWords(prose);
  const message = `has ${words} words; below 150 a model makes up the rest`;
  return words >= 150 ? [] : [{ rule: "too-short", path: "", message }];
}
