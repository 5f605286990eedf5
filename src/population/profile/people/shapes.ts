import { isRecord } from "../../../persona/plain-data.ts";
import { lineOf, plainText } from "../../../persona/plain-text.ts";

/**
 * Whatever was written where a list of texts is meant, as one: texts are parted at lines, semicolons and bullets, and at
 * commas where all parts are short; objects give their name, or their values.
 * @example
 * textsOf("chess, strong tea"); // => ["chess", "strong tea"]
 */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return parted(value);
  if (Array.isArray(value)) return value.flatMap((item) => (typeof item === "string" ? clean([item]) : textOf(item)));
  if (!isRecord(value)) return textOf(value);
  return Object.entries(value).flatMap(([key, inner]) =>
    Array.isArray(inner) ? textsOf(inner) : clean([inner === true ? key : lineOf(inner)]),
  );
}

/** What one item says: its name, title or description where it has one. */
export function textOf(item: unknown): readonly string[] {
  if (!isRecord(item)) return clean([lineOf(item)]);
  const named = ["name", "title", "language", "trait", "skill", "goal", "belief", "description"].find(
    (key) => lineOf(item[key]) !== "",
  );
  return clean([lineOf(named === undefined ? item : item[named])]);
}

/** People whom somebody knows, from a list of objects or texts, from one object, or from names with what they are. */
export function relationshipsOf(value: unknown): unknown {
  if (typeof value === "string") return parted(value, /[\n;•]+/).map(relationship);
  if (Array.isArray(value)) return value.map(relationship);
  if (!isRecord(value)) return value;
  const known = ["name", "description", "relationship", "role"];
  if (Object.entries(value).some(([key, inner]) => known.includes(key) && typeof inner === "string")) {
    return [relationship(value)];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    Array.isArray(inner)
      ? inner.map(relationship)
      : [isRecord(inner) ? { name, ...(relationship(inner) as object) } : { name, description: lineOf(inner) }],
  );
}

function relationship(value: unknown): unknown {
  if (typeof value === "string") {
    const [, name, description] = /^([^:–—(]{1,60})\s*[:–—(]\s*(.+?)\)?$/u.exec(plainText(value)) ?? [];
    return description === undefined ? { description: plainText(value) } : { name: name?.trim(), description };
  }
  if (!isRecord(value)) return { description: lineOf(value) };
  const { Name, Description, relationship: relation, role, ...rest } = value;
  const name = rest["name"] ?? Name;
  const description = rest["description"] ?? Description ?? relation ?? role;
  return { ...rest, ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}

/** In characters: longer parts between commas are clauses of one sentence. */
const longestPart = 40;

function parted(text: string, at = /[\n;•]+/): readonly string[] {
  const parts = clean(text.split(at));
  const [only] = parts;
  if (parts.length !== 1 || only === undefined) return parts;
  const pieces = clean(only.split(/,\s+(?:and\s+)?/));
  return pieces.length > 1 && pieces.every((piece) => piece.length <= longestPart && !/[.!?]/.test(piece))
    ? pieces
    : parts;
}

const clean = (texts: readonly string[]): readonly string[] =>
  texts.map((text) => plainText(text).replace(/^[-*]\s+/, "")).filter((text) => text !== "");
