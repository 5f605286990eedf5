import { isRecord } from "./plain-data.ts";
import { countWords, leadingSentences, lineOf, plainText, sentenceEnd } from "./plain-text.ts";
import type { Persona } from "./schema.ts";

/** How much of a persona is read aloud. */
export interface ProseOptions {
  /** `full`: everything the persona says; `small`: the most telling, for models that lose themselves in long prompts. */
  for: "full" | "small";
}

const smallWords = 220;

/**
 * A persona read aloud for a prompt; the same persona gives the same text. `full` is compact YAML-like text with every
 * key, known or not; `small` is prose of at most 220 words in the second person. Each value stands on one line and is
 * made safe by `plainText`: it cannot close a tag or a fence that the prompt puts around it.
 * @example
 * personaProse(parsePersona({ name: "Oscar", age: 41, skills: ["welding", "whistling"] }), { for: "full" }); // => "name: Oscar\nage: 41\nskills: welding; whistling"
 */
export function personaProse(persona: Persona, options: ProseOptions): string {
  return options.for === "full" ? block(persona, "").join("\n") : portrait(persona);
}

/**
 * The languages that bind a person, the preferred one first; undefined when the person simply answers in the language
 * in which it is addressed.
 * @example
 * languagesOf(parsePersona({ name: "Minji", languages: ["Korean"] })); // => ["Korean"]
 */
export function languagesOf(persona: Persona): readonly string[] | undefined {
  const languages = persona.languages?.map(plainText).filter((language) => language !== "");
  return languages === undefined || languages.length === 0 ? undefined : languages;
}

/**
 * One sentence on who someone is, made without a model.
 * @example
 * minibio(parsePersona({ name: "Oscar", age: 81, nationality: "Swedish", occupation: "welder" })); // => "Oscar is an 81-year-old Swedish welder."
 */
export function minibio(persona: Persona): string {
  const { title, organization } = work(persona);
  const noun = [
    persona.age === undefined ? "" : `${Math.floor(persona.age)}-year-old`,
    lineOf(persona.nationality),
    title === "" ? "person" : title,
  ];
  const phrase = noun.filter((part) => part !== "").join(" ");
  const article = /^(8|11-|18-|(?!eu|one|uni|uru|u[gks])[aeiou])/i.test(phrase) ? "an" : "a";
  const residence = lineOf(persona.residence ?? persona.country_of_residence);
  const place = residence === "" ? "" : `, living in ${residence}`;
  return `${plainText(persona.name)} is ${article} ${phrase}${organization === "" ? "" : ` (${organization})`}${place}.`;
}

function work({ occupation }: Persona): { title: string; organization: string; description: string } {
  if (!isRecord(occupation)) return { title: lineOf(occupation), organization: "", description: "" };
  const { title, organization, description } = occupation;
  return { title: lineOf(title), organization: lineOf(organization), description: lineOf(description) };
}

/** The lines of an object: short values beside their keys, longer ones below them. */
function block(record: object, indent: string): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const label = `${indent}${plainText(key).replaceAll("_", " ")}:`;
    if (!isRecord(value) && !Array.isArray(value)) return lineOf(value) === "" ? [] : [`${label} ${lineOf(value)}`];
    const short = Array.isArray(value) ? onOneLine(value) : undefined;
    if (short !== undefined) return [`${label} ${short}`];
    const lines = Array.isArray(value) ? items(value, indent) : block(value, `${indent}  `);
    return lines.length === 0 ? [] : [label, ...lines];
  });
}

/** Sentences follow one another, phrases are set apart by semicolons; a list of objects has lines of its own. */
function onOneLine(list: readonly unknown[]): string | undefined {
  const texts = list.filter((item) => typeof item === "string").map(plainText);
  if (texts.length === 0 || texts.length !== list.length) return undefined;
  if (texts.every((text) => sentenceEnd.test(text))) return texts.join(" ");
  return texts.some((text) => text.includes(";")) ? undefined : texts.map((text) => text.replace(/\.$/, "")).join("; ");
}

function items(list: readonly unknown[], indent: string): string[] {
  return list.flatMap((item) => {
    const text = isRecord(item) ? entry(item, indent) : lineOf(item);
    return text === "" ? [] : [`${indent}- ${text}`];
  });
}

/** An object in a list: `Ana: your sister`, or its lines. */
function entry(record: Readonly<Record<string, unknown>>, indent: string): string {
  const { name, description, ...rest } = record;
  if (Object.keys(rest).length > 0) return block(record, `${indent}  `).join("\n").trimStart();
  return [lineOf(name), lineOf(description)].filter((part) => part !== "").join(": ");
}

/** Sentences in the order of what tells most, as many as the words allow. */
function portrait(persona: Persona): string {
  const lines: string[] = [];
  let words = 0;
  for (const sentence of sentences(persona)) {
    const more = countWords(sentence);
    if (sentence === "" || words + more > smallWords) continue;
    lines.push(sentence);
    words += more;
  }
  return lines.join("\n");
}

function sentences(persona: Persona): string[] {
  const languages = languagesOf(persona);
  const { preferences, personality } = persona;
  return [
    minibio(persona).replace(`${plainText(persona.name)} is `, `You are ${plainText(persona.name)}, `),
    languages === undefined ? "" : `You speak only ${languages.join(" and ")}.`,
    said("How you talk:", leadingSentences(lineOf(persona.style), 2), 2),
    said("", [work(persona).description], 1),
    said("What you are like:", personality?.traits, 4),
    said("You believe:", persona.beliefs, 3),
    listed("You like", preferences?.likes, 2),
    listed("You dislike", preferences?.dislikes, 2),
    said("You want:", persona.long_term_goals, 1),
    said("Your life:", persona.other_facts, 2),
    said("Somebody you know:", persona.relationships?.map(acquaintance), 1),
    listed("You care about", preferences?.interests, 2),
    said("Your health:", [persona.health], 1),
  ];
}

function acquaintance({ name, description }: NonNullable<Persona["relationships"]>[number]): string {
  return [lineOf(name), leadingSentences(lineOf(description), 1)[0]]
    .filter((part) => part !== undefined && part !== "")
    .join(": ");
}

function said(label: string, values: readonly unknown[] | undefined, most: number): string {
  const texts = (values ?? []).slice(0, most).flatMap((value) => leadingSentences(lineOf(value), 1));
  const ended = texts.filter((text) => text !== "").map((text) => (sentenceEnd.test(text) ? text : `${text}.`));
  return ended.length === 0 ? "" : `${label} ${ended.join(" ")}`.trim();
}

function listed(label: string, values: readonly unknown[] | undefined, most: number): string {
  const texts = (values ?? []).slice(0, most).map((value) => lineOf(value).replace(/\.$/, ""));
  const kept = texts.filter((text) => text !== "");
  return kept.length === 0 ? "" : `${label}: ${kept.join("; ")}.`;
}
