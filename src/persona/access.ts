import { TinyTroupeError } from "../kernel/values/errors.ts";
import { type FragmentPolicy, layValue } from "./fragment.ts";
import { isRecord } from "./plain-data.ts";
import { type Persona, parsePersona } from "./schema.ts";

/** A dotted path, or its steps where a key itself holds a dot. */
export type Path = string | readonly (string | number)[];

/** How a value is put into a persona. */
export interface DefineOptions {
  /** Lists join and objects merge with what is there, instead of taking its place. */
  merge?: boolean;
  /** With `merge`: who wins where single values differ. `fragment` is the new value, and the default. */
  policy?: FragmentPolicy;
}

/**
 * What a persona says in a place; undefined where it says nothing. Items of lists go by their index.
 * @example
 * getAt(parsePersona({ name: "Oscar", skills: ["welding"] }), "skills.0"); // => "welding"
 */
export function getAt(persona: Persona, path: Path): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null || (Array.isArray(value) && step === "length")) {
      return undefined;
    }
    return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
  }, persona);
}

/**
 * The persona with another value in one place; null or undefined takes away what is there. The given one stays as it is.
 * Missing objects on the way are made, and a list where the path goes on with 0; a list takes an index up to its length; texts lose their common indentation.
 * Throws PERSONA_INVALID when the result is no persona and OPTION_INVALID for a path that leads nowhere.
 * @example
 * defineAt(parsePersona({ name: "Oscar" }), "occupation.title", { value: "welder" }).occupation; // => { title: "welder" }
 */
export function defineAt(
  persona: Persona,
  path: Path,
  { value, merge = false, policy = "fragment" }: DefineOptions & { readonly value: unknown },
): Persona {
  const steps = stepsOf(path);
  const plain = typeof value === "string" ? dedent(value) : value;
  const next = merge ? layValue(getAt(persona, path), plain, { policy, at: steps }) : plain;
  return parsePersona(put(persona, steps, next));
}

function stepsOf(path: Path): readonly string[] {
  const steps = typeof path === "string" ? path.split(".") : path.map(String);
  if (steps.length === 0 || steps.some((step) => step === "" || step === "__proto__")) throw nowhere(path);
  return steps;
}

function put(container: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const list = container === undefined && step === "0" ? [] : container;
  if (Array.isArray(list)) return putItem(list, [step, ...rest], value);
  const record = isRecord(container) ? container : {};
  const inner = Object.hasOwn(record, step) ? record[step] : undefined;
  return { ...record, [step]: put(inner, rest, value) };
}

function putItem(list: readonly unknown[], steps: readonly [string, ...string[]], value: unknown): unknown {
  const [step, ...rest] = steps;
  const index = Number(step);
  if (!/^\d+$/.test(step) || index > list.length) throw nowhere(steps, `a list of ${list.length}`);
  return list.toSpliced(index, 1, put(list[index], rest, value));
}

function nowhere(path: Path, inside?: string): TinyTroupeError<"OPTION_INVALID"> {
  const shown = typeof path === "string" ? path : path.join(".");
  const where = inside === undefined ? "in a persona" : `in ${inside}`;
  return new TinyTroupeError("OPTION_INVALID", `The path '${shown}' leads nowhere ${where}.`, {
    data: { option: "path", value: path },
    hint: "Write keys joined by dots, as in occupation.title, and items of lists by index, from 0 to the list's length.",
  });
}

/** Takes away what every line has in common before its text, so that indented literals read as meant. */
function dedent(text: string): string {
  const lines = text.split("\n");
  const depths = lines.slice(1).flatMap((line) => (line.trim() === "" ? [] : [line.length - line.trimStart().length]));
  const common = depths.length === 0 ? 0 : Math.min(...depths);
  return lines
    .map((line, index) => (index === 0 ? line.trimStart() : line.slice(common)))
    .join("\n")
    .trim();
}
