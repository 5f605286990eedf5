import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Anything that JSON can say; numbers are finite. */
export type ResultValue =
  | null
  | boolean
  | number
  | string
  | readonly ResultValue[]
  | { readonly [name: string]: ResultValue };

/** What came of an arm, by name: of a metric its values, as a list. */
export type InPlaceResults = Readonly<Record<string, ResultValue>>;

/**
 * Both together: lists one after the other, objects name by name, anything else only where it is the same. Throws
 * OPTION_INVALID, with the path, where two values contradict each other.
 */
export function mergedResults(before: InPlaceResults, added: InPlaceResults): InPlaceResults {
  return merged(before, added, "results") as InPlaceResults;
}

function merged(before: ResultValue, added: ResultValue, path: string): ResultValue {
  if (isList(before) && isList(added)) return [...before, ...added];
  if (isObject(before) && isObject(added)) {
    const both = new Map(Object.entries(before));
    for (const [name, value] of Object.entries(added)) {
      const standing = both.get(name);
      both.set(name, standing === undefined ? value : merged(standing, value, `${path}.${name}`));
    }
    return Object.fromEntries(both);
  }
  if (before === added) return before;
  throw new TinyTroupeError("OPTION_INVALID", `There is another value at ${path} already.`, {
    data: { option: path, value: added },
    hint: "Give values of several runs as lists, or pass { replace: true } to put these in the place of those.",
  });
}

/** Throws OPTION_INVALID, with the path, for what JSON cannot say: NaN and Infinity first of all. */
export function checkResults(results: InPlaceResults): void {
  const path = unsayable(results, "results");
  if (path === undefined) return;
  throw new TinyTroupeError("OPTION_INVALID", `What stands at ${path} cannot be kept: no file of JSON can say it.`, {
    data: { option: path },
    hint: "Leave out what could not be measured, or say null.",
  });
}

function unsayable(value: unknown, path: string): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : path;
  if (typeof value !== "object" || !(Array.isArray(value) || isPlain(value))) return path;
  for (const [name, part] of Object.entries(value)) {
    const found = unsayable(part, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value));
const isList = (value: ResultValue): value is readonly ResultValue[] => Array.isArray(value);
const isObject = (value: ResultValue): value is { readonly [name: string]: ResultValue } =>
  typeof value === "object" && value !== null && !isList(value);
