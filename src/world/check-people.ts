import type { Actor } from "../kernel/contracts/person.ts";
import { withArticle } from "../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";

/** OPTION_INVALID for anything but a list of people, none of whom is a fork. */
export function checkPeople(people: readonly unknown[]): void {
  checkList(people);
  const wrong = people.find((one) => typeof one !== "object" || typeof Object(one).name !== "string");
  if (wrong !== undefined) throw noPeople(wrong);
  const fork = (people as readonly Pick<Actor, "name" | "forkOf">[]).find(({ forkOf }) => forkOf !== undefined);
  if (fork !== undefined) throw meetsNobody(fork.name);
}

/** OPTION_INVALID for anything but a list, of whatever stands for people. */
export function checkList(people: readonly unknown[]): void {
  if (!Array.isArray(people)) throw noPeople(people);
}

function meetsNobody(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A fork of ${name} cannot be in a world: it goes on alone.`, {
    data: { option: "people", value: name },
    hint: `Bring it into the run as somebody of their own: await simulation.person(fork, { name: "${name} II" }).`,
  });
}

function noPeople(given: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A list of people is needed, and given is ${withArticle(given)}.`, {
    data: { option: "people" },
    hint: "Give a list of people as they came into the run, as in [await simulation.person('lisa')].",
  });
}
