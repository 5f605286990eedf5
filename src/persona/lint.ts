import { keysAt } from "../kernel/text/issues.ts";
import { nearest } from "../kernel/text/nearest.ts";
import { isRecord } from "./plain-data.ts";
import { countWords, lineOf } from "./plain-text.ts";
import { personaProse } from "./prose.ts";
import { type Persona, personaSchema } from "./schema.ts";

export type LintRule =
  | "age-contradiction"
  | "average-mush"
  | "cliche"
  | "empty-section"
  | "misspelt-key"
  | "missing-section"
  | "raw-number"
  | "repeated"
  | "too-short"
  | "worn-name";

/** Something in a persona that a careful author would look at again. */
export interface Finding {
  readonly rule: LintRule;
  /** Dotted, as `getAt` takes it; empty for the whole persona. */
  readonly path: string;
  readonly message: string;
}

/**
 * Looks a persona over without a model: keys that may be misspelt, contradictions of age, raw numbers, empty or missing sections, "about average"
 * mush, clichés, repetitions, and too little to go by. No findings does not mean a good persona; a finding means that
 * a model would play it flat or odd.
 * @example
 * lintPersona(parsePersona({ name: "Al", age: 12, occupation: "judge", skills: [] })).map(({ rule }) => rule); // => ["age-contradiction", "empty-section", "missing-section", "too-short"]
 */
export function lintPersona(persona: Persona): readonly Finding[] {
  const leaves = [...leavesOf(persona, [])];
  return [
    ...misspeltKeys(persona),
    ...ageContradictions(persona, leaves),
    ...emptySections(persona, []),
    ...missingSections(persona),
    ...rawNumbers(leaves),
    ...averageMush(persona),
    ...cliches(leaves),
    ...repetitions(leaves),
    ...wornName(persona),
    ...tooShort(persona),
  ];
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
    return { rule: "misspelt-key", path: path.join("."), message: `is a key of your own; did you mean ${meant}?` };
  });
}

interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean;
}

function* leavesOf(value: unknown, at: readonly string[]): Generator<Leaf> {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    yield { path: at.join("."), value };
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, [...at, key]);
  }
}

/** What nobody is before a certain age, or no longer after one; the wording decides, so the patterns stay narrow. */
const agesOf: readonly { readonly says: RegExp; readonly from: number; readonly to?: number }[] = [
  { says: /\b(retired|retiree|pensioner)\b/i, from: 40 },
  { says: /\b(ph\.?d|doctorate|physician|surgeon|judge|professor)\b/i, from: 23 },
  { says: /\b(vice[- ]president|chief executive|ceo|director)\b/i, from: 21 },
  { says: /\b(manager|engineer|architect|lawyer|nurse|teacher|accountant)\b/i, from: 18 },
  { says: /\b(high[- ]school|secondary[- ]school) (student|pupil)\b/i, from: 10, to: 21 },
  { says: /\b(toddler|kindergartner)\b/i, from: 1, to: 6 },
];

function ageContradictions(persona: Persona, leaves: readonly Leaf[]): Finding[] {
  const { age, occupation } = persona;
  if (age === undefined) return [];
  const title = lineOf(isRecord(occupation) ? occupation["title"] : occupation);
  const finding = (path: string, message: string): Finding => ({ rule: "age-contradiction", path, message });
  const work = agesOf
    .filter(({ says, from, to = 200 }) => says.test(title) && (age < from || age > to))
    .map(() => finding("occupation", `'${title}' does not go with the age of ${age}`));
  const schooling = age < 21 && /\b(ph\.?d|doctorate|master'?s)\b/i.test(lineOf(persona.education));
  const school = schooling ? [finding("education", `the degree does not go with the age of ${age}`)] : [];
  return [
    ...work,
    ...school,
    ...leaves.flatMap((leaf) => datedOtherwise(leaf, age).map((why) => finding(leaf.path, why))),
  ];
}

/** Years of age and of experience in a text that the person cannot have yet. */
function datedOtherwise({ value }: Leaf, age: number): string[] {
  if (typeof value !== "string") return [];
  const stated = /\byou(?:'re| are) (?:a |an )?(\d{1,3})[- ]years?[- ]old\b/i.exec(value)?.[1];
  const lived =
    /\b(?:when|since) you were (\d{1,3})\b|\bat (?:the age of )?(\d{1,3}),? you (?:were|left|had|took|lost|married)\b/i.exec(
      value,
    );
  const worked =
    /\byou(?: have| are|'ve|'re)? (?:work|drive|driv|teach|run|cook|practi[cs])\w*[^.]{0,40}? for (\d{1,2}) years\b/i.exec(
      value,
    )?.[1];
  const past = lived?.[1] ?? lived?.[2];
  return [
    ...(stated !== undefined && Number(stated) !== age ? [`says ${stated} years old, but the age is ${age}`] : []),
    ...(past !== undefined && Number(past) > age
      ? [`speaks of the age of ${past} as past, but the age is ${age}`]
      : []),
    ...(worked !== undefined && Number(worked) > age - 12
      ? [`${worked} years of it do not fit into an age of ${age}`]
      : []),
  ];
}

function emptySections(value: unknown, at: readonly string[]): Finding[] {
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

function missingSections(persona: Persona): Finding[] {
  const missing = expected.filter((key) => persona[key] === undefined);
  const message = `says nothing on ${missing.join(", ").replaceAll("_", " ")}`;
  return missing.length === 0 ? [] : [{ rule: "missing-section", path: "", message }];
}

/** Scores belong to instruments; a person is said in words. */
function rawNumbers(leaves: readonly Leaf[]): Finding[] {
  const score =
    /(?<![\d.,$€£])[01]?\.\d+\b(?!\s*(?:%|[a-z]))|\b\d{1,3}\s*\/\s*(?:10|100)\b|\b(?:score|rating|level)\s*(?:of|:|=)\s*\d/i;
  const character = /^(personality|preferences|beliefs|style|behaviors)\b/;
  return leaves
    .filter(({ path, value }) => character.test(path) && (typeof value === "number" || score.test(String(value))))
    .map(({ path, value }) => ({ rule: "raw-number", path, message: `'${value}' is a number; say it in words` }));
}

function averageMush({ personality }: Persona): Finding[] {
  const mush = /\b(about average|average|moderate|moderately|medium|balanced|neither high nor low|somewhat)\b/i;
  const bland = [...leavesOf(personality ?? {}, ["personality"])].filter(({ value }) => mush.test(String(value)));
  const [second] = bland.slice(1);
  const flat = bland.filter(({ value }) => countWords(String(value)) < 5);
  const found = second === undefined ? flat : bland;
  return found.map(({ path, value }) => ({ rule: "average-mush", path, message: `'${value}' tells nobody apart` }));
}

function cliches(leaves: readonly Leaf[]): Finding[] {
  const worn =
    /\b(passionate about|life-?long learner|avid (?:reader|traveler|traveller)|work-?life balance|outside the box|rich tapestry|make a difference|giving back|wears many hats|self-starter|sustainable living)\b/i;
  return leaves.flatMap(({ path, value }) => {
    const found = worn.exec(String(value))?.[0];
    return found === undefined
      ? []
      : [{ rule: "cliche" as const, path, message: `'${found}' could be said of anybody` }];
  });
}

function repetitions(leaves: readonly Leaf[]): Finding[] {
  const first = new Map<string, string>();
  return leaves.flatMap(({ path, value }) => {
    if (typeof value !== "string" || countWords(value) < 2) return [];
    const key = value
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
    const before = first.get(key);
    if (before === undefined) first.set(key, path);
    return before === undefined ? [] : [{ rule: "repeated" as const, path, message: `says the same as ${before}` }];
  });
}

/** Whether language models give the name to half of the people they invent. */
export function isWornName(name: string): boolean {
  return /^(sarah chen|emily chen|maya patel|priya patel|elena (rodriguez|vasquez)|marcus (thompson|johnson|chen)|john (smith|doe)|jane doe|james (wilson|mitchell)|sarah (johnson|mitchell)|david chen|maria (garcia|gonzalez|rodriguez)|alex(ander)? (chen|rivera)|aisha khan|amara okafor|elara .*)$/i.test(
    name,
  );
}

function wornName({ name }: Persona): Finding[] {
  return isWornName(name)
    ? [{ rule: "worn-name", path: "name", message: `'${name}' is a name that models give to everyone` }]
    : [];
}

function tooShort(persona: Persona): Finding[] {
  const words = countWords(personaProse(persona, { for: "full" }));
  const message = `has ${words} words; below 150 a model makes up the rest`;
  return words >= 150 ? [] : [{ rule: "too-short", path: "", message }];
}
