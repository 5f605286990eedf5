import type { z } from "zod";
import type { Issue } from "../../kernel/values/errors.ts";
import { nearest } from "../../model/nearest.ts";

type SchemaIssue = z.core.$ZodIssue;

/** What a schema found wrong, in words for somebody who writes a study file, each at its dotted path. */
export function issuesInWords(issues: readonly SchemaIssue[], whole: unknown): readonly Issue[] {
  return issues.flatMap((issue) => inWords(issue, whole));
}

function inWords(issue: SchemaIssue, whole: unknown): readonly Issue[] {
  const path = issue.path.map(String).join(".");
  const value = valueAt(whole, issue.path);
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, message: worded(issue, value) }];
  const meant = alternativeMeant(issue.errors);
  if (meant === undefined) return [{ path, message: noneFits(value, issue.errors) }];
  return meant.flatMap((inner) => inWords({ ...inner, path: [...issue.path, ...inner.path] }, whole));
}

/** The one alternative whose keys are those that are there; undefined when several could be meant, or none. */
function alternativeMeant(alternatives: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] | undefined {
  const ofThisType = alternatives.filter((issues) => !issues.some(isWrongType));
  const ranked = ofThisType.map((issues) => ({ issues, strange: strangeness(issues) }));
  const least = Math.min(...ranked.map(({ strange }) => strange));
  const best = ranked.filter(({ strange }) => strange === least);
  return best.length === 1 ? best[0]?.issues : undefined;
}

const isWrongType = (issue: SchemaIssue): boolean =>
  issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");

const isMissing = (issue: SchemaIssue): boolean =>
  issue.code === "invalid_type" && issue.path.length === 1 && issue.message.includes("received undefined");

/** How many keys would have to be other ones. */
function strangeness(issues: readonly SchemaIssue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === "unrecognized_keys" && issue.path.length === 0) return sum + issue.keys.length;
    return sum + (isMissing(issue) ? 1 : 0);
  }, 0);
}

function noneFits(value: unknown, alternatives: readonly (readonly SchemaIssue[])[]): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const expected = alternatives.flatMap((issues) => issues.filter(isWrongType).map(typeExpected));
    return `This is ${nameOf(value)}; expected is ${orList([...new Set(expected)])}.`;
  }
  const keys = Object.keys(value);
  const possible = [
    ...new Set(alternatives.flatMap((issues) => issues.filter(isMissing).map(({ path }) => String(path[0])))),
  ];
  const known = keys.filter((key) => possible.includes(key));
  if (known.length > 1)
    return `Only one of these can stand here: ${known.join(", ")}. Write each as an entry of its own.`;
  const strange = keys.filter((key) => !possible.includes(key));
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
      if (value === undefined) return `This is missing; expected is ${typeExpected(issue)}.`;
      return `This is ${nameOf(value)}; expected is ${typeExpected(issue)}.`;
    case "too_small":
      if (value === "" || (Array.isArray(value) && value.length === 0)) return "This is empty.";
      return issue.message;
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
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
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
