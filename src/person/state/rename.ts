import { isRecord } from "../../persona/plain-data.ts";
import { parsePersona } from "../../persona/schema.ts";
import type { SavedPerson } from "./document.ts";

/** A person under another name, and where what is left of the old one still stands. */
export interface Renamed {
  readonly person: SavedPerson;
  readonly warnings: readonly string[];
}

/** Keys whose values are no words of anybody's. */
const noWords = new Set([
  "kind",
  "type",
  "role",
  "id",
  "via",
  "time",
  "digest",
  "pictures",
  "sources",
  "drawnFrom",
  "from",
]);

/**
 * The person under another name: in the persona, and in all that they remember, the full name and the first name become
 * the new ones, as whole words and written alike. Other words of the old name stay, and are told with their paths.
 * @example
 * renamed(parsePerson({ name: "Lisa Ray", style: "Lisa hums." }).person, "Ana").person.persona.style; // => "Ana hums."
 */
export function renamed(person: SavedPerson, name: string): Renamed {
  const before = person.persona.name;
  const persona = parsePersona({ ...person.persona, name });
  if (persona.name === before) return { person, warnings: [] };
  const swap = swapping(before, persona.name);
  const { name: _given, ...traits } = persona;
  const whole: SavedPerson = {
    ...person,
    persona: parsePersona({ name: persona.name, ...(inWords(traits, swap) as object) }),
    ...(person.life && { life: inWords(person.life, swap) as NonNullable<SavedPerson["life"]> }),
  };
  return { person: whole, warnings: leftOver(whole, before) };
}

type Swap = (text: string) => string;

function swapping(before: string, after: string): Swap {
  const first = firstOf(before);
  const pairs = [[before, after], ...(first === before ? [] : [[first, firstOf(after)]])] as const;
  const patterns = pairs.map(([old, next]) => [wholeWord(old ?? ""), next ?? ""] as const);
  return (text) => patterns.reduce((now, [old, next]) => now.replace(old, () => next), text);
}

const wordsOf = (name: string): readonly string[] => name.split(/\s+/u);
const firstOf = (name: string): string => wordsOf(name)[0] ?? name;

/** Scripts that write words together, or a particle to a name, have no end of a word to look for. */
const joined = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}]/u;

function wholeWord(name: string): RegExp {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  if (joined.test(name)) return new RegExp(literal, "gu");
  return new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])${literal}(?![\\p{L}\\p{N}\\p{M}])`, "gu");
}

function inWords(value: unknown, swap: Swap): unknown {
  if (typeof value === "string") return swap(value);
  if (Array.isArray(value)) return value.map((item) => inWords(item, swap));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, noWords.has(key) ? inner : inWords(inner, swap)]),
  );
}

const pathsTold = 5;

/** The other words of the old name, where they still stand. */
function leftOver({ persona, life }: SavedPerson, before: string): readonly string[] {
  const others = wordsOf(before).filter((word) => word !== firstOf(before) && !wordsOf(persona.name).includes(word));
  return others.flatMap((word) => {
    const paths = [...pathsWith({ persona, life }, wholeWord(word), [])];
    if (paths.length === 0) return [];
    const told = paths.slice(0, pathsTold).join(", ");
    const more = paths.length > pathsTold ? ` and ${paths.length - pathsTold} more places` : "";
    return [`‘${word}’, of the name ${before}, still stands in ${told}${more}.`];
  });
}

function* pathsWith(value: unknown, word: RegExp, at: readonly string[]): Generator<string> {
  if (typeof value === "string") {
    if (value.search(word) !== -1) yield at.join(".");
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (!noWords.has(key)) yield* pathsWith(inner, word, [...at, key]);
    }
  }
}
