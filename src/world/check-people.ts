import { withArticle } from "../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";

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
