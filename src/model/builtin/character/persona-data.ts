import { languageAtHome, languageNamed } from "../../../kernel/language/tongues.ts";

/** The value at a key, whatever its spelling, of something that may not be an object at all. */
export function lookIn(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const record = value as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(record, key)) return record[key] ?? undefined;
  const wanted = bare(key);
  const found = Object.keys(record).find((name) => bare(name) === wanted);
  return found === undefined ? undefined : (record[found] ?? undefined);
}

const bare = (key: string): string => key.replace(/[_\s-]/g, "").toLowerCase();

/** White space that does not stand in one line, single. */
const loose = /\s\s|[^\S ]/;

/** Any value as one line of text; one that is such a line stays the same, and takes no more memory. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return (loose.test(value) ? value.replace(/\s+/g, " ") : value).trim();
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(", ");
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(textOf).filter(Boolean).join(", ");
}

const mostItems = 60;

/** All texts in a value, however deep, one item each. */
export function listOf(value: unknown, depth = 0): string[] {
  if (value === undefined || value === null || depth > 4) return [];
  if (typeof value !== "object") return split(textOf(value));
  const items = Array.isArray(value) ? value : Object.values(value);
  return items
    .flatMap((item) => (typeof item === "object" ? listOf(item, depth + 1) : [textOf(item)]))
    .filter(Boolean)
    .slice(0, mostItems);
}

function split(text: string): string[] {
  const parts = text.split(/;|\n|(?<=\.)\s/u).map((part) => part.trim());
  return parts.filter(Boolean);
}

/** A text as part of a sentence: without its full stop, and small where only the sentence had made it big. */
export function asSaid(text: string): string {
  const plain = text.trim().replace(/[.。!؟،;:]+$/u, "");
  const first = /^[A-Z][a-z]+(?= [a-z(‘“]|$)|^(?:A|An|To|The)(?= )/.exec(plain)?.[0];
  if (first === undefined || languageAtHome(first) !== undefined || languageNamed(first) !== undefined) return plain;
  return first.toLowerCase() + plain.slice(first.length);
}

const changes: readonly (readonly [RegExp, string])[] = [
  [/\byou(?: are|'re|’re)\b/gi, "I am"],
  [/\byou were\b/gi, "I was"],
  [/^you\b/i, "I"],
  [/\bthan you(?= [a-z])/gi, "than I"],
  [/\byourself\b/gi, "myself"],
  [/\byours\b/gi, "mine"],
  [/\byour\b/gi, "my"],
  [
    /\b(to|for|with|of|at|from|about|by|than|behind|beside|on|in|around|near|without|against|towards?|between|beyond|past|tell|tells|ask|asks|call|calls|make|makes|made|gives|give|told|left|drives?) you\b/gi,
    "$1 me",
  ],
  [/(?<=[a-z] )you(?=[.,;:!?]|$)/g, "me"],
  // What a verb is done to stands before an amount or an article: "has owed you 200 dollars".
  [/(?<=[a-z] )you(?= (?:a|an|the|my|his|her|their|that|to|in|on|for|with|as|from|at|into|money|\d)\b)/g, "me"],
  [
    /\b(pays?|owes?|owed|sees?|saw|knows?|knew|helps?|helped|lets?|keeps?|kept|sends?|sent|shows?|bothers?|needs?|wants?|thank(?:s|ed)?|offer(?:s|ed)|defend(?:s|ed)|salutes?d?|recommend(?:s|ed)?|teaches|taught|remind(?:s|ed)|interrupt(?:s|ed)|respect(?:s|ed)|trust(?:s|ed)|love[sd]|hate[sd]|annoy(?:s|ed)) you\b/gi,
    "$1 me",
  ],
  [/\byou\b/gi, "I"],
  // "I went there once, and were seen": the same person goes on.
  [/^(I\b[^.;:]*? and) were\b/i, "$1 was"],
];

/**
 * A statement about the person, turned into the person's own words; "" when it speaks of a third person.
 * @example
 * inFirstPerson("You love your garden."); // => "I love my garden"
 */
export function inFirstPerson(text: string): string {
  const plain = text.trim().replace(/[.。]+$/u, "");
  if (/^(?:he|she|they|his|her|their)\b/i.test(plain)) return "";
  if (!/\byou/i.test(plain)) return plain;
  return changes.reduce((said, [pattern, replacement]) => said.replace(pattern, replacement), plain);
}
