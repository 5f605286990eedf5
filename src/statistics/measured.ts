import { TinyTroupeError } from "../kernel/values/errors.ts";

/** Why there is no figure: too few values, or all of them alike. */
export interface Unmeasured {
  readonly reason: string;
}

/**
 * Tells a figure from the reason why there is none.
 * @example
 * isMeasured({ reason: "fewer than two values" }); // => false
 */
export function isMeasured<T extends object>(found: T | Unmeasured): found is T {
  return !("reason" in found);
}

/** Throws OPTION_INVALID unless all are finite numbers, and there are `size` of them. */
export function checkNumbers(option: string, values: readonly number[], size = values.length): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw invalid(option, { value: values[bad], hint: "Leave out what is no finite number." });
  checkSize(option, values, size);
}

/** Throws OPTION_INVALID unless there are `size` of them. */
export function checkSize(option: string, values: readonly unknown[], size: number): void {
  if (values.length !== size) throw invalid(option, { value: values.length, hint: `Give ${size}, one for each.` });
}

/** Throws OPTION_INVALID unless all are finite, none is below zero and there are `size` of them. */
export function checkWeights(option: string, weights: readonly number[], size = weights.length): void {
  checkNumbers(option, weights, size);
  const bad = weights.find((weight) => weight < 0);
  if (bad !== undefined) throw invalid(option, { value: bad, hint: "Give numbers from zero." });
}

/** What to throw for an option of a statistic that it cannot take. */
export function invalid(
  option: string,
  { value, hint }: { readonly value: unknown; readonly hint: string },
): TinyTroupeError<"OPTION_INVALID"> {
  const message = `The ${option} of a statistic cannot be used: ${String(value)}.`;
  return new TinyTroupeError("OPTION_INVALID", message, { data: { option, value: String(value) }, hint });
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
