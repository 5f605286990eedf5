import { checkAble, withArticle } from "../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { WorldOptions } from "./options.ts";

/** The function by which each part of a world is known. */
const abilities = {
  ...{ schedule: "plan", visibility: "circle", delivery: "arrival", resolution: "resolve" },
  ...{ network: "admit", access: "circle" },
} as const;

/** OPTION_INVALID for a part of a world that is none, such as one whose maker was named and not called. */
export function checkParts(parts: WorldOptions): void {
  for (const [option, ability] of Object.entries(abilities) as [keyof typeof abilities, string][]) {
    const part: unknown = parts[option];
    if (part === undefined || (option === "schedule" && typeof part === "string")) continue;
    checkAble(part, ability, option);
  }
  checkFunction(parts.termination, "termination", "whenQuiet()");
}

/** OPTION_INVALID for what can be asked nothing; it may be left out. */
export function checkFunction(given: unknown, option: string, example: string): void {
  if (given === undefined || typeof given === "function") return;
  throw new TinyTroupeError("OPTION_INVALID", `The option ${option} is ${withArticle(given)}, and no function.`, {
    data: { option },
    hint: `Give a function, as in ${option}: ${example}.`,
  });
}

/** OPTION_INVALID for anything but a list of people. */
export function checkPeople(people: readonly unknown[]): void {
  checkList(people);
  const wrong = people.find((one) => typeof one !== "object" || typeof Object(one).name !== "string");
  if (wrong !== undefined) throw noPeople(wrong);
}

/** OPTION_INVALID for anything but a list, of whatever stands for people. */
export function checkList(people: readonly unknown[]): void {
  if (!Array.isArray(people)) throw noPeople(people);
}

function noPeople(given: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A list of people is needed, and given is ${withArticle(given)}.`, {
    data: { option: "people" },
    hint: "Give a list of people as they came into the run, as in [await simulation.person('lisa')].",
  });
}
