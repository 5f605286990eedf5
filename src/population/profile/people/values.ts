import { isRecord } from "../../../persona/plain-data.ts";
import type { Member } from "./people.ts";
import { textOf } from "./shapes.ts";

/** What somebody says in a place: nothing, one thing or several. */
export type Said = string | number;

/**
 * What a person says in a dotted place: what was drawn of it, else what stands in the persona. Lists give each of their
 * items, and a step after a list goes on in each (`relationships.name`); an object gives its title, name or text.
 */
export function valuesAt({ persona, draw }: Pick<Member, "persona" | "draw">, path: string): readonly Said[] {
  if (draw !== undefined && Object.hasOwn(draw, path)) return [draw[path] as Said];
  return stepped(persona, path.split(".")).flatMap(saidBy);
}

function stepped(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (step === undefined) return [value];
  if (Array.isArray(value) && !/^\d+$/.test(step)) return value.flatMap((item) => stepped(item, [step, ...rest]));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return [];
  return stepped((value as Record<string, unknown>)[step], rest);
}

function saidBy(value: unknown): readonly Said[] {
  if (typeof value === "number") return Number.isFinite(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(saidBy);
  if (isRecord(value) && Object.values(value).every(Array.isArray)) return Object.values(value).flatMap(saidBy);
  return textOf(value);
}

/** How a value is counted: texts that differ in case or spaces alone are one. */
export const keyOf = (said: Said): string => String(said).normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** A label as it is shown: of several ways to write it the first. */
export function spellings(): (said: Said) => string {
  const first = new Map<string, string>();
  return (said) => {
    const key = keyOf(said);
    if (!first.has(key)) first.set(key, String(said));
    return first.get(key) as string;
  };
}
