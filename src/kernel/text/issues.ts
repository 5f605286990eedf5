import type { z } from "zod";
import type { Issue } from "../values/errors.ts";
import { nearest } from "./nearest.ts";

type Schema = z.core.$ZodType;
type SchemaIssue = z.core.$ZodIssue;

/** What was found wrong with some data: by which schema, and the data. */
interface Checked {
  readonly schema: Schema;
  readonly whole: unknown;
}

/** What a schema found wrong, in words for somebody who writes a file by hand, each at its dotted path. */
export function issuesInWords(issues: readonly SchemaIssue[], checked: Checked): readonly Issue[] {
  return issues.flatMap((issue) => inWords(issue, checked));
}

const shownAtMost = 6;

/** The issues as lines under a heading, as `file:line:column path: message` where that is known; of many the first. */
export function issueLines(issues: readonly Issue[], file?: string): readonly string[] {
  const shown = issues.slice(0, shownAtMost).map(({ path, message, line, column }) => {
    const place = line === undefined ? "" : [file, line, column].filter((part) => part !== undefined).join(":");
    const at = path === "" && place === "" ? "(the whole file)" : path;
    return `  ${place}${place !== "" && at !== "" ? " " : ""}${at}: ${message}`;
  });
  const more = issues.length - shown.length;
  return more === 0 ? shown : [...shown, `  … and ${more} more.`];
}

/**
 * The keys that a schema names for the object at a path, whichever alternative it is, unless the data says which; none
 * for what takes any key.
 * @example
 * keysAt(z.object({ budget: z.object({ usd: z.number() }).optional() }), ["budget"]); // => ["usd"]
 */
export function keysAt(schema: Schema, path: readonly PropertyKey[], data?: unknown): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [key, ...rest] = path;
  switch (def.type) {
    case "optional":
      return keysAt(def.innerType, path, data);
    case "union":
      return [...new Set(optionsFor(def, data).flatMap((option) => keysAt(option, path, data)))];
    case "array":
      return /^\d+$/.test(String(key)) ? keysAt(def.element, rest, valueAt(data, [key as number])) : [];
    case "record":
      return key === undefined ? [] : keysAt(def.valueType, rest, valueAt(data, [key]));
    case "object": {
      if (key === undefined) return Object.keys(def.shape).filter((name) => !name.startsWith("$"));
      const inner = Object.hasOwn(def.shape, key) ? def.shape[String(key)] : undefined;
      return inner === undefined ? [] : keysAt(inner, rest, valueAt(data, [key]));
    }
    default:
      return [];
  }
}

/** The alternatives of a union, or the one that the data names. */
function optionsFor(def: z.core.$ZodUnionDef, data: unknown): readonly Schema[] {
  const { discriminator } = def as Partial<z.core.$ZodDiscriminatedUnionDef>;
  if (discriminator === undefined) return def.options;
  const named = valueAt(data, [discriminator]);
  const meant = def.options.filter((option) =>
    option._zod.propValues?.[discriminator]?.has(named as z.core.util.Primitive),
  );
  return meant.length > 0 ? meant : def.options;
}

/** Keys that mean nothing where they stand, each at its own place. */
function strangeKeys({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, { schema, whole }: Checked): readonly Issue[] {
  // What another alternative knows of the same name is no help here.
  const known = keysAt(schema, path, whole).filter((key) => !keys.includes(key));
  return keys.map((key) => ({
    path: [...path, key].map(String).join("."),
    message: `There is no '${key}' here.${meantAmong([key], known)}`,
  }));
}

/** What keys may be misspelt for, or all that is possible. */
function meantAmong(keys: readonly string[], known: readonly string[]): string {
  const near = keys.flatMap((key) => nearest(key, known).slice(0, 1));
  if (near.length > 0) return ` Did you mean ${orList(near)}?`;
  return known.length === 0 ? "" : ` Possible: ${known.join(", ")}.`;
}

function inWords(issue: SchemaIssue, checked: Checked): readonly Issue[] {
  if (issue.code === "unrecognized_keys") return strangeKeys(issue, checked);
  const path = issue.path.map(String).join(".");
  const value = valueAt(checked.whole, issue.path);
  if (issue.code === "invalid_union" && "discriminator" in issue) return [{ path, message: strangeKind(issue, value) }];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, message: worded(issue, value) }];
  const meant = alternativeMeant(issue.errors, value);
  if (meant === undefined) return [{ path, message: noneFits(issue.errors, value) }];
  return meant.flatMap((inner) => inWords({ ...inner, path: [...issue.path, ...inner.path] }, checked));
}

/** What says which alternative is meant names none of them. */
function strangeKind(issue: z.core.$ZodIssueInvalidUnion, value: unknown): string {
  return noChoice(value, (issue as { options?: readonly unknown[] }).options ?? []);
}

/** A value that is none of those that are possible, and the one that may be meant. */
function noChoice(value: unknown, possible: readonly unknown[]): string {
  const known = possible.filter((one) => one !== undefined);
  const texts = known.filter((one) => typeof one === "string");
  const near = typeof value === "string" ? nearest(value, texts).slice(0, 1) : [];
  const meant = near.length > 0 ? ` Did you mean ${orList(near)}?` : "";
  const all = known.map((one) => JSON.stringify(one)).join(", ");
  return value === undefined
    ? `This is missing; one of ${all} is expected.`
    : `${JSON.stringify(value)} is none of ${all}.${meant}`;
}

type Alternatives = readonly (readonly SchemaIssue[])[];

/** The one alternative whose keys are those that are there; undefined when several could be meant, or none. */
function alternativeMeant(alternatives: Alternatives, value: unknown): readonly SchemaIssue[] | undefined {
  const ofThisType = alternatives.filter((issues) => !issues.some(isWrongType));
  const ranked = ofThisType.map((issues) => ({ issues, ...keysIn(issues, value) }));
  const strangeness = ({ strange, missing }: (typeof ranked)[number]): number => strange.length + missing.length;
  const least = Math.min(...ranked.map(strangeness));
  const best = ranked.filter((one) => strangeness(one) === least);
  return best.length === 1 ? best[0]?.issues : undefined;
}

const isWrongType = (issue: SchemaIssue): boolean =>
  issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");

/** The keys of a value as one alternative sees them. */
function keysIn(issues: readonly SchemaIssue[], value: unknown) {
  const present = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const strange = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );
  const first = issues.flatMap(({ path }) => (path.length === 1 ? [String(path[0])] : []));
  return {
    strange,
    missing: first.filter((key) => !present.includes(key)),
    known: present.filter((key) => !strange.includes(key)),
  };
}

function noneFits(alternatives: Alternatives, value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const wrong = alternatives.flatMap((issues) => issues.filter(isWrongType));
    const choices = wrong.flatMap((issue) => (issue.code === "invalid_value" ? issue.values : []));
    if (choices.some((choice) => typeof choice === typeof value)) return noChoice(value, choices);
    const expected = wrong.map(typeExpected);
    return `This is ${nameOf(value)}; ${orList([...new Set(expected)])} is expected.`;
  }
  const seen = alternatives.filter((issues) => !issues.some(isWrongType)).map((issues) => keysIn(issues, value));
  const possible = [...new Set(seen.flatMap(({ known, missing }) => [...known, ...missing]))];
  const known = Object.keys(value).filter((key) => possible.includes(key));
  if (known.length > 1)
    return `Only one of these can stand here: ${known.join(", ")}. Write each as an entry of its own.`;
  const strange = Object.keys(value).filter((key) => !possible.includes(key));
  const what =
    strange.length === 0 ? "This is empty." : `There is no ${orList(strange.map((key) => `'${key}'`))} here.`;
  return `${what}${meantAmong(strange, possible)}`;
}

function worded(issue: SchemaIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return `This is ${nameOf(value)}; ${typeExpected(issue)} is expected.`;
    case "too_small":
      return tooSmall(issue, value);
    case "too_big":
      if (issue.origin === "string") return `At most ${issue.maximum} characters can stand here.`;
      if (issue.origin === "array") return `At most ${issue.maximum} entries can stand here.`;
      return `This must be ${issue.inclusive ? "at most" : "below"} ${issue.maximum}.`;
    case "invalid_key":
      return issue.issues.map((inner) => worded(inner, undefined)).join(" ");
    case "invalid_value":
      if (value === undefined && issue.values.length === 1 && issue.path.length > 0)
        return `This is missing: write \`${String(issue.path.at(-1))}: ${String(issue.values[0])}\`.`;
      return noChoice(value, issue.values);
    default:
      return issue.message;
  }
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall, value: unknown): string {
  if (Array.isArray(value) ? value.length === 0 : typeof value === "string" && value.trim() === "") {
    return "This is empty.";
  }
  if (origin === "string") return `At least ${minimum} characters are needed.`;
  if (origin === "array") return `At least ${minimum} entries are needed.`;
  return `This must be ${inclusive ? "at least" : "above"} ${minimum}.`;
}

const types: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "a group of keys",
  record: "a group of keys",
};

function typeExpected(issue: SchemaIssue): string {
  if (issue.code === "invalid_value") return orList(issue.values.map((value) => JSON.stringify(value) ?? ""));
  return issue.code === "invalid_type" ? (types[issue.expected] ?? issue.expected) : "something else";
}

function nameOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return "no finite number";
  return types[typeof value] ?? typeof value;
}

const orList = (names: readonly string[]): string => names.join(" or ");

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    whole,
  );
}
