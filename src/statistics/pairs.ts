import { checkNumbers } from "./measured.ts";

/** The second of each pair less the first. Throws OPTION_INVALID for what are no pairs of finite numbers. */
export function differencesOf(first: readonly number[], second: readonly number[]): readonly number[] {
  checkNumbers("first", first);
  checkNumbers("second", second, first.length);
  return second.map((value, index) => value - (first[index] as number));
}
