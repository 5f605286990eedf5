import { languageNamed } from "../../../kernel/language/tongues.ts";

/** Headings under which a described person's lists stand, and where they belong in a persona. */
const sections: readonly (readonly [RegExp, readonly [string, string?]])[] = [
  [/interest|hobb/i, ["preferences", "interests"]],
  [/dislike|hate|avoid/i, ["preferences", "dislikes"]],
  [/like|love|enjoy|favou?rite/i, ["preferences", "likes"]],
  [/belie|conviction|opinion/i, ["beliefs"]],
  [/goal|dream|aim/i, ["long_term_goals"]],
  [/trait|personality|character/i, ["personality", "traits"]],
  [/skill|able to/i, ["skills"]],
  [/style|way of talking|speaks? like/i, ["style"]],
  [/occupation|job|profession|works? as/i, ["occupation"]],
  [/nationality/i, ["nationality"]],
  [/residence|lives? in|city/i, ["residence"]],
  [/^age/i, ["age"]],
  [/^name/i, ["name"]],
  [/language/i, ["languages"]],
  [/openness|conscientiousness|extraversion|agreeableness|neuroticism/i, ["big_five"]],
  [/fact|habit|routine|health|education/i, ["other_facts"]],
];

/**
 * A persona as far as it can be told from a prompt that describes one: "You are Lisa.", headings or keys with a colon,
 * lists below them, and loose sentences about "you".
 */
export function personaFromText(text: string): Record<string, unknown> {
  const persona: Record<string, Record<string, unknown> | unknown[] | string> = {};
  const name = /\b[Yy]ou are ([\p{Lu}][^\s.,;:!?]*(?: [\p{Lu}][^\s.,;:!?]*){0,3})/u.exec(text)?.[1];
  if (name !== undefined) persona["name"] = name;
  const age = /\b(\d{1,3})[ -]years?[ -]old\b/i.exec(text)?.[1];
  if (age !== undefined) persona["age"] = age;
  const job = /\b(?:works? as|are|is) an? ([a-z][\w -]{2,40}?)(?= (?:at|in|from|for|who|with|of|and)\b|[.,;\n])/i.exec(
    text,
  )?.[1];
  if (job !== undefined && languageNamed(job) === undefined) persona["occupation"] = job;
  readLines(text, persona);
  return persona;
}

function readLines(text: string, persona: Record<string, unknown>): void {
  let place: readonly [string, string?] | undefined;
  for (const line of text.split("\n")) {
    const keyed = /^\s*[#*-]*\s*\**([\p{L}][\p{L} _-]{1,30})\**\s*:\s*(.*)$/u.exec(line);
    const heading = keyed?.[1] ?? /^\s*#+\s*(.+)$/.exec(line)?.[1];
    if (heading !== undefined) place = sections.find(([pattern]) => pattern.test(heading))?.[1];
    const content = (keyed?.[2] ?? (heading === undefined ? line : "")).replace(/^\s*(?:[-*•]|\d+[.)])\s*/, "").trim();
    if (line.trim() === "") place = undefined;
    if (place === undefined || content === "") continue;
    put(
      persona,
      place[0] === "big_five" ? ["big_five", heading?.trim().toLowerCase()] : place,
      content.replace(/^["']|["']$/g, ""),
    );
  }
}

function put(
  persona: Record<string, unknown>,
  [key, inner]: readonly [string, (string | undefined)?],
  text: string,
): void {
  const single = ["name", "age", "style", "occupation", "nationality", "residence"].includes(key);
  if (single) persona[key] ??= text;
  else if (inner === undefined) persona[key] = [...asList(persona[key]), text];
  else {
    const section = (persona[key] ?? {}) as Record<string, unknown>;
    persona[key] = {
      ...section,
      [inner]: key === "big_five" ? text : [...asList(section[inner]), ...text.split(/,\s|;\s/)],
    };
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
