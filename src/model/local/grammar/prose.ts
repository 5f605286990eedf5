import type { GrammarBounds, JsonSchema } from "./gbnf.ts";
import { repeated } from "./scalars.ts";

/** The property of an object that holds one free text and nothing else. */
export function proseKey(schema: JsonSchema): string | undefined {
  const [only, ...others] = Object.entries(schema.properties ?? {});
  if (only === undefined || others.length > 0 || schema.required?.[0] !== only[0]) return undefined;
  const [key, { type, format, enum: options, const: fixed }] = only;
  return type === "string" && format === undefined && options === undefined && fixed === undefined ? key : undefined;
}

/** One paragraph as people speak: no brackets, braces or mark-up, which small models fall into, and no control characters. */
export function proseGrammar(schema: JsonSchema, bounds: GrammarBounds): string {
  const least = Math.max(1, schema.minLength ?? 1);
  const most = Math.max(least, schema.maxLength ?? bounds.text);
  const character = String.raw`[^\x00-\x1F\x7F-\x9F{}<>|\\*#_~\x60\[\]]`;
  const start = String.raw`[^\x00-\x20\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x9F]`;
  return [
    `root ::= start ${repeated("character", least - 1, most - 1)}`,
    `start ::= ${start}`,
    `character ::= ${character}`,
  ].join("\n");
}

/** Up to the end of the last sentence: where a text was stopped by its length, the rest of it is a fragment. */
export function wholeSentences(text: string): string {
  const end = text.search(/[.!?。！？…]["'”’)]*\s*[^.!?。！？…]*$/u);
  if (end < 0) return text.trim();
  const closing = /^[.!?。！？…]["'”’)]*/u.exec(text.slice(end))?.[0].length ?? 1;
  return text.slice(0, end + closing).trim();
}
