import { withArticle } from "../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";

/** The error for an option of a person that is out of range; `wanted` says what to give instead. */
export function invalidOption(option: string, value: unknown, wanted: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The person's option ${option} is ${String(value)}.`, {
    data: { option, value },
    hint: `Give ${option} as ${wanted}.`,
  });
}

/** OPTION_INVALID for anything but a list of what brings actions, as faculties and tools do. */
export function checkBringsActions(option: string, given: readonly unknown[], example: string): void {
  const [wrong] = Array.isArray(given) ? given.filter((one) => !Array.isArray(one?.actions)) : [given];
  if (Array.isArray(given) && wrong === undefined) return;
  throw new TinyTroupeError("OPTION_INVALID", `A list of ${option} is needed, and given is ${withArticle(wrong)}.`, {
    data: { option },
    hint: `Make them, and put them in a list, as in ${example}.`,
  });
}

/** The number, when it is whole and not below the least; throws OPTION_INVALID. */
export function atLeast(least: number, option: string, value: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw invalidOption(option, value, `a whole number from ${least} on`);
}
