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

function noOptions(given: unknown, known: object, of: string): TinyTroupeError<"OPTION_INVALID"> {
  const names = Object.keys(known).join(", ");
  return new TinyTroupeError("OPTION_INVALID", `${of} is given as ${String(given)}.`, {
    data: { option: of },
    hint: `Give an object with any of: ${names}.`,
  });
}
