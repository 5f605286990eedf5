import { concernsOneAnswer, isTinyTroupeError, metByAll } from "../../kernel/values/errors.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Step } from "../document/document.ts";
import { named } from "../worlds/names.ts";
import type { Scene } from "./scene.ts";

type Ask = Extract<Step, { ask: unknown }>["ask"];

/** Asks people at once. One person's failure is that person's alone, and said aloud; the others are heard. */
export async function askPeople({ question, from, who }: Ask, scene: Scene, label: string): Promise<void> {
  const { people, silent, simulation } = scene;
  const asked = named(who, people);
  const answers = await Promise.allSettled(asked.map((person) => person.listenAndAct(question, from, { label })));
  const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
  const over = failures.find((error) => isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED", "CLOSED"));
  if (over !== undefined) throw over;
  if (failures.length === asked.length && !isSpared(asked, failures, scene)) throw metByAll(failures);
  for (const [place, person] of asked.entries()) {
    silent.delete(person);
    const answer = answers[place];
    if (answer?.status !== "rejected") continue;
    const why = answer.reason instanceof Error ? answer.reason.message : String(answer.reason);
    silent.set(person, why);
    simulation.context.watch({ type: "warning", message: `${person.name} did not answer: ${why}` });
  }
}

/** Who is asked alone may fail where the model has been of use to others, or was to them the last time. */
function isSpared([person, ...more]: readonly TinyPerson[], failures: readonly unknown[], scene: Scene): boolean {
  if (person === undefined || more.length > 0 || !concernsOneAnswer(failures[0])) return false;
  const answered = scene.people.filter(({ turns }) => turns.length > 0);
  return answered.some((one) => one !== person || !scene.silent.has(person));
}
