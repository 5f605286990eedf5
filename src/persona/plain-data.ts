import type { Issue } from "../kernel/values/errors.ts";

/** JSON, as TypeScript sees it. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** The same type, with nothing in it to be written to. */
export type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** How much data is read: nested so deep, so many values, so many characters of text and keys. */
export interface DataLimits {
  readonly depth: number;
  readonly values: number;
  readonly characters: number;
}

/** More than any person needs, less than would hurt: a persona is read by a model in every turn. */
export const personaLimits: DataLimits = { depth: 16, values: 20_000, characters: 400_000 };

interface Walk {
  readonly limits: DataLimits;
  readonly issues: Issue[];
  values: number;
  characters: number;
}

/**
 * A plain copy of untrusted data: nulls and `__proto__` keys are left out, what is no JSON or too much becomes an issue.
 * Cycles end at the depth limit.
 */
export function plainCopy(
  value: unknown,
  at: readonly string[] = [],
  limits: DataLimits = personaLimits,
): { data: unknown; issues: readonly Issue[] } {
  const walk: Walk = { limits, issues: [], values: 0, characters: 0 };
  const data = copy(value, at, walk);
  if (walk.values > limits.values) {
    walk.issues.push({ path: at.join("."), message: `This holds more than ${limits.values} values.` });
  }
  if (walk.characters > limits.characters) {
    walk.issues.push({
      path: at.join("."),
      message: `This holds more than ${limits.characters} characters of text.`,
    });
  }
  return { data, issues: walk.issues };
}

function copy(value: unknown, at: readonly string[], walk: Walk): unknown {
  walk.values += 1;
  if (walk.values > walk.limits.values || walk.characters > walk.limits.characters) return undefined;
  if (at.length > walk.limits.depth) return refuse(at, walk, `This is nested deeper than ${walk.limits.depth} levels.`);
  if (typeof value === "string") {
    walk.characters += value.length;
    return value.toWellFormed();
  }
  if (typeof value === "boolean" || value === null || value === undefined) return value ?? undefined;
  if (typeof value === "number") return Number.isFinite(value) ? value : refuse(at, walk, "This is no finite number.");
  if (Array.isArray(value)) {
    return value.map((item, index) => copy(item, [...at, String(index)], walk)).filter((item) => item !== undefined);
  }
  return isRecord(value)
    ? copyRecord(value, at, walk)
    : refuse(at, walk, `This is no JSON but of the kind ${kindOf(value)}.`);
}

function copyRecord(record: Record<string, unknown>, at: readonly string[], walk: Walk): Record<string, unknown> {
  const entries = Object.entries(record)
    .filter(([key]) => key !== "__proto__")
    .map(([key, inner]) => {
      walk.characters += key.length;
      return [key, copy(inner, [...at, key], walk)] as const;
    });
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

function refuse(at: readonly string[], walk: Walk, message: string): undefined {
  walk.issues.push({ path: at.join("."), message });
  return undefined;
}

function kindOf(value: unknown): string {
  return typeof value === "object" ? (value?.constructor?.name ?? "object") : typeof value;
}

/** An object as JSON knows it: no array, no Date, no instance of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Freezes a value and all that is in it, and gives it back. */
export function deepFreeze<T>(value: T): DeepReadonly<T> {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value as DeepReadonly<T>;
}
