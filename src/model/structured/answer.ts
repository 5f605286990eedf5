import type { z } from "zod";
import type { Usage } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { isRecord } from "./shape/shape.ts";
import { type StrictSchema, strictSchema } from "./strict-schema.ts";

/** Whose answer it is and what it should have been. */
export interface AnswerContext<T> {
  readonly model: string;
  readonly schema: z.ZodType<T>;
  /** The strict form that was sent; made from the schema when absent. */
  readonly strict?: StrictSchema;
  /** What the call cost, for the error if there is one. */
  readonly usage?: Usage;
}

/**
 * The value in a model's answer. JSON is taken as it stands; only what is no JSON is searched (code fences, prose
 * around it) and then repaired. What was cut off is never completed.
 * @throws MODEL_EMPTY, MODEL_MALFORMED (no JSON to be found), MODEL_INVALID (JSON, but not in the schema)
 * @example
 * await parseAnswer('Sure: {"age": 41,}', { model: "m", schema: z.object({ age: z.number() }) }); // => { age: 41 }
 */
export async function parseAnswer<T>(text: string, context: AnswerContext<T>): Promise<T> {
  const { model, schema, usage } = context;
  const spent = usage === undefined ? {} : { usage };
  if (text.trim() === "") {
    throw new TinyTroupeError("MODEL_EMPTY", `${model} gave an empty answer.`, {
      data: { model },
      ...spent,
      hint: "Ask again; if it stays so, raise maxOutputTokens or use another model.",
    });
  }
  const strict = context.strict ?? strictSchema(schema);
  let misfit: z.ZodError | undefined;
  for await (const found of candidates(text, strict)) {
    const result = await schema.safeParseAsync(strict.decode(found));
    if (result.success) return result.data;
    misfit ??= result.error;
  }
  if (misfit !== undefined) {
    const issues = issueLines(misfit);
    throw new TinyTroupeError("MODEL_INVALID", `${model} answered outside the schema: ${issues[0] ?? "no detail"}.`, {
      data: { model, text, issues },
      ...spent,
      hint: "Ask again, make the schema simpler, or use a model that can be held to a schema.",
    });
  }
  throw new TinyTroupeError("MODEL_MALFORMED", `${model} answered with something that is no JSON.`, {
    data: { model, text },
    ...spent,
    hint: "Ask again, or use a model that can be held to a JSON schema.",
  });
}

/** More levels than any answer has; what reads and keeps values goes down level by level, and would run out of stack. */
const deepest = 200;
/** In characters. The repairer's time grows with the square of the text from about here on. */
const longestRepaired = 50_000;

/** What the text may mean, most literal first. A text that is JSON has one meaning only. */
async function* candidates(text: string, strict: StrictSchema): AsyncGenerator<unknown> {
  if (nesting(text, { inStrings: true }).deepest > deepest) return;
  const whole = parsed(text);
  if (whole !== undefined) {
    const inner = typeof whole.value === "string" ? parsed(whole.value) : undefined;
    yield (inner ?? whole).value;
    return;
  }
  // What was thought aloud is no part of the answer.
  const spoken = text.split("</think>").at(-1) ?? text;
  const pieces = [...fenced(spoken).reverse(), ...segments(spoken).reverse()];
  for (const piece of pieces) {
    const found = parsed(piece);
    if (found !== undefined && isAbout(found.value, strict)) yield found.value;
  }
  const { jsonrepair } = await import("jsonrepair");
  for (const piece of [...pieces, span(spoken)]) {
    if (piece.length > longestRepaired || !isComplete(piece)) continue;
    const found = repaired(piece, jsonrepair);
    if (found !== undefined && isAbout(found.value, strict)) yield found.value;
  }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Another piece may be readable; where none is, the whole answer is refused.
    return undefined;
  }
}

function repaired(text: string, repair: (text: string) => string): { readonly value: unknown } | undefined {
  try {
    return parsed(repair(text));
  } catch {
    return undefined;
  }
}

/** Something found inside other text counts only when it speaks of what was asked: never `{}` for garbage. */
function isAbout(value: unknown, strict: StrictSchema): boolean {
  const answer = strict.json.properties?.["answer"];
  if (answer !== undefined && !isRecord(value)) return Array.isArray(value) && answer.type === "array";
  if (!isRecord(value)) return false;
  const known = strict.json.properties ?? {};
  const keys = Object.keys(value);
  return keys.some((key) => Object.hasOwn(known, key)) || (answer !== undefined && keys.length > 0);
}

function fenced(text: string): string[] {
  return [...text.matchAll(/```[\w-]*[ \t]*\r?\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
}

/** The outermost {…} and […] of a text, strings respected. */
function segments(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"' && depth > 0) inString = true;
    else if (character === "{" || character === "[") {
      if (depth++ === 0) start = index;
    } else if ((character === "}" || character === "]") && depth > 0) {
      if (--depth === 0) found.push(text.slice(start, index + 1));
    }
  }
  return found;
}

/** From the first opening to the last closing bracket. */
function span(text: string): string {
  const start = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  return start < 0 || end < start ? "" : text.slice(start, end + 1);
}

/** As many brackets close as open, with strings left out or at least over all: nothing was cut off. */
function isComplete(text: string): boolean {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed) || !/[}\]]$/.test(trimmed)) return false;
  return [false, true].some((inStrings) => nesting(trimmed, { inStrings }).open === 0);
}

/** How many brackets stay open at the end of a text, and how many were at most; in one pass, whatever is in it. */
function nesting(text: string, { inStrings }: { readonly inStrings: boolean }): { open: number; deepest: number } {
  let [open, most, strings] = [0, 0, !inStrings];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "{" || character === "[") most = Math.max(most, ++open);
    else if (character === "}" || character === "]") open--;
    else if (character === '"' && strings) {
      const end = stringEnd(text, index);
      strings = end > 0; // an open string hides nothing
      index = Math.max(index, end);
    }
  }
  return { open, deepest: most };
}

/** Where the string that begins here ends; -1 when it does not. */
function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === '"') return index;
  }
  return -1;
}

/** What is wrong, one line an issue: `actions.0.type: …`. Of a union, what is wrong with its nearest branch. */
function issueLines(error: z.ZodError): readonly string[] {
  return error.issues.flatMap((issue) => linesOf(issue, []));
}

type Issue = z.core.$ZodIssue;

function linesOf(issue: Issue, above: readonly PropertyKey[]): readonly string[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const nearest = issue.errors.toSorted((one, other) => one.length - other.length)[0] ?? [];
    if (nearest.length > 0) return nearest.flatMap((inner) => linesOf(inner, path));
  }
  return [path.length === 0 ? issue.message : `${path.map(String).join(".")}: ${issue.message}`];
}
