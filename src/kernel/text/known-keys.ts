import { TinyTroupeError } from "../values/errors.ts";
import { nearest } from "./nearest.ts";

/** All keys of a type: a record of them cannot forget one. */
export type KeysOf<T> = { readonly [Key in keyof Required<T>]: true };

/**
 * Refuses options that are none: what is misspelt would else do nothing, without a word.
 * @throws OPTION_INVALID with the key, and the one that may be meant
 * @example
 * checkKeys({ calls: 3 }, { calls: true, usd: true }, "budget"); // { call: 3 } would be refused
 */
export function checkKeys<T>(given: T, known: KeysOf<T>, of: string): void {
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw noOptions(given, known, of);
  const names = Object.keys(known);
  const key = Object.keys(given).find((one) => !names.includes(one));
  if (key === undefined) return;
  const [meant] = nearest(key, names);
  throw new TinyTroupeError("OPTION_INVALID", `There is no '${key}' in ${of}.`, {
    data: { option: key },
    hint: meant === undefined ? `There are: ${names.join(", ")}.` : `Did you mean '${meant}'?`,
  });
}

/**
 * Refuses what cannot do what it is there for. Of a function that makes such a thing, and was not called, it says so.
 * @throws OPTION_INVALID
 * @example
 * checkAble({ plan: () => [] }, "plan", "schedule"); // roundRobin without its brackets would be refused
 */
export function checkAble(given: unknown, ability: string, option: string): void {
  if (typeof given === "object" && given !== null && typeof Reflect.get(given, ability) === "function") return;
  throw new TinyTroupeError(
    "OPTION_INVALID",
    `The option ${option} is ${withArticle(given)}, and has no ${ability}().`,
    {
      data: { option },
      hint: typeof given === "function" ? uncalled(given, option) : `Give an object with a function called ${ability}.`,
    },
  );
}

/** OPTION_INVALID for what can be asked nothing; it may be left out. */
export function checkFunction(given: unknown, option: string, example: string): void {
  if (given === undefined || typeof given === "function") return;
  throw new TinyTroupeError("OPTION_INVALID", `The option ${option} is ${withArticle(given)}, and no function.`, {
    data: { option },
    hint: `Give a function, as in ${option}: ${example}.`,
  });
}

/** What kind of thing was given: a text, a list, a function by its name. */
export function withArticle(given: unknown): string {
  if (given === undefined || given === null) return "nothing";
  if (Array.isArray(given)) return "a list";
  if (typeof given === "function") return given.name === "" ? "a function" : `the function ${given.name}`;
  const kinds: Readonly<Record<string, string>> = { object: "an object", string: `the text '${String(given)}'` };
  return kinds[typeof given] ?? `the ${typeof given} ${String(given)}`;
}

/** How a maker would have been called. */
function uncalled({ name }: { readonly name: string }, option: string): string {
  return `Call it, as in ${option}: ${/^[A-Z]/.test(name) ? "new " : ""}${name || "it"}(…).`;
}

function noOptions(given: unknown, known: object, of: string): TinyTroupeError<"OPTION_INVALID"> {
  const names = Object.keys(known).join(", ");
  return new TinyTroupeError("OPTION_INVALID", `Given as ${of}: ${withArticle(given)}.`, {
    data: { option: of },
    hint: `Give an object with any of: ${names}.`,
  });
}
