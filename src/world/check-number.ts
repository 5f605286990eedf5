import { TinyTroupeError } from "../kernel/values/errors.ts";

/** OPTION_INVALID when a number of steps or units is none. */
export function checkCount(count: number, option: string): void {
  if (count >= 0 && (Number.isSafeInteger(count) || count === Number.POSITIVE_INFINITY)) return;
  throw new TinyTroupeError("OPTION_INVALID", `${count} is no number of ${option}.`, {
    data: { option, value: count },
    hint: "Give a whole number from 0.",
  });
}

/** OPTION_INVALID for what is no probability. */
export function checkProbability(probability: number, option: string): void {
  if (probability >= 0 && probability <= 1) return;
  throw new TinyTroupeError("OPTION_INVALID", `${probability} is no probability.`, {
    data: { option, value: probability },
    hint: "Give a number from 0 to 1.",
  });
}
