import { TinyTroupeError } from "../kernel/values/errors.ts";

/** OPTION_INVALID when a number of steps or units is none. */
export function checkCount(count: number, option: string): void {
  if (count >= 0 && (Number.isSafeInteger(count) || count === Number.POSITIVE_INFINITY)) return;
  throw new TinyTroupeError("OPTION_INVALID", `${count} is no number of ${option}.`, {
    data: { option, value: count },
    hint: "Give a whole number from 0.",
  });
}
