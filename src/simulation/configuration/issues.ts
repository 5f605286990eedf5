import { z } from "zod";
import type { Issue } from "../../kernel/values/errors.ts";
import { nearest } from "../../model/nearest.ts";

type SchemaIssue = z.core.$ZodIssue;

/** What a schema found wrong, in words for somebody who writes a file by hand, each at its dotted path. */
export function issuesInWords(issues: readonly SchemaIssue[], whole: unknown, schema?: z.ZodObject): readonly Issue[] {
  return issues.flatMap((issue) => {
    const known = schema && issue.code === "unrecognized_keys" ? keysAt(schema, issue.path) : [];
    const found = inWords(issue, whole);
    if (issue.code !== "unrecognized_keys" || known.length === 0) return found;
    const near = issue.keys.flatMap((key) => nearest(key, known).slice(0, 1));
    const meant = near.length === 0 ? `Possible: ${known.join(", ")}.` : `Did you mean ${orList(near)}?`;
    return found.map(({ path, message }) => ({ path, message: `${message} ${meant}` }));
  });
}

/** The keys that an object within a schema of objects may have. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const plain = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (!(plain instanceof z.ZodObject)) return [];
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(plain.shape).filter((name) => !name.startsWith("$"));
  const inner: unknown = plain.shape[String(key)];
  return inner instanceof z.ZodType ? keysAt(inner, rest) : [];
}

function inWords(issue: SchemaIssue, whole: unknown): readonly Issue[] {
  const path = issue.path.map(String).join(".");
  const value = valueAt(whole, issue.path);
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, message: worded(issue, value) }];
  const meant = alternativeMeant(issue.errors, value);
  if (meant === undefined) return [{ path, message: noneFits(issue.errors, value) }];
  return meant.flatMap((inner) => inWords({ ...inner, path: [...issue.path, ...inner.path] }, whole));
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
    const expected = alternatives.flatMap((issues) => issues.filter(isWrongType).map(typeExpected));
    return `This is ${nameOf(value)}; ${orList([...new Set(expected)])} is expected.`;
  }
  const seen = alternatives.filter((issues) => !issues.some(isWrongType)).map((issues) => keysIn(issues, value));
  const possible = [...new Set(seen.flatMap(({ known, missing }) => [...known, ...missing]))];
  const known = Object.keys(value).filter((key) => possible.includes(key));
  if (known.length > 1)
    return `Only one of these can stand here: ${known.join(", ")}. Write each as an entry of its own.`;
  const strange = Object.keys(value).filter((key) => !possible.includes(key));
  const near = strange.flatMap((key) => nearest(key, possible).slice(0, 1));
  const meant = near.length === 0 ? "" : ` Did you mean ${orList(near)}?`;
  const what =
    strange.length === 0 ? "This is empty." : `There is no ${orList(strange.map((key) => `'${key}'`))} here.`;
  return `${what}${meant} Possible: ${possible.join(", ")}.`;
}

function worded(issue: SchemaIssue, value: unknown): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `There is no ${orList(issue.keys.map((key) => `'${key}'`))} here.`;
    case "invalid_type":
      return `This is ${nameOf(value)}; ${typeExpected(issue)} is expected.`;
    case "too_small":
      if (value === "" || (Array.isArray(value) && value.length === 0)) return "This is empty.";
      if (issue.origin === "array") return `At least ${issue.minimum} entries are needed.`;
      return `This must be ${issue.inclusive ? "at least" : "above"} ${issue.minimum}.`;
    case "invalid_value":
      return `${JSON.stringify(value)} is none of ${issue.values.map((one) => JSON.stringify(one)).join(", ")}.`;
    default:
      return issue.message;
  }
}

const types: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
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
