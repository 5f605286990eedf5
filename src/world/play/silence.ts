import type { Context } from "../../kernel/contracts/context.ts";
import type { Actor, StepOutcome } from "../../kernel/contracts/person.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { StepPlan } from "../schedule/schedule.ts";
import { isIdle } from "./open-step.ts";

/** Whether everybody kept silent, in one step or, where not all are asked in each, in those that it took. */
export class Silence {
  #silent = new Set<PersonId>();
  #complete = false;

  /** Since somebody last did anything, everybody who is here had the chance to. */
  get isComplete(): boolean {
    return this.#complete;
  }

  after(plan: StepPlan<Actor> | undefined, quiet: boolean, people: readonly Actor[]): void {
    this.#complete = false;
    if (!quiet) {
      if (this.#silent.size > 0) this.#silent = new Set();
      return;
    }
    const cast = plan?.cast ?? [];
    for (const person of cast) this.#silent.add(person.id);
    this.#complete = plan?.considered === "everyone" || people.every((person) => this.#silent.has(person.id));
  }
}

/** Whether a model is of use in a world: who had their chance, and who failed, since somebody last had an answer. */
export class Trials {
  #answered = false;
  #tried = new Set<PersonId>();
  #failed = new Set<PersonId>();

  /**
   * What those met who tried in a step, and of whom nobody has an answer, may be their own: they did not fail just before,
   * and others are here whose chance is yet to come. Of one alone it may be, too, once others had an answer.
   */
  spares(failed: readonly Actor[], cast: readonly Actor[], people: readonly Actor[]): boolean {
    if (failed.length === 1 && this.#answered) return true;
    const tried = new Set([...this.#tried, ...cast.map(({ id }) => id)]);
    return failed.every(({ id }) => !this.#failed.has(id)) && people.some(({ id }) => !tried.has(id));
  }

  after(outcomes: readonly StepOutcome[]): void {
    if (outcomes.some((outcome) => "turn" in outcome && !isIdle(outcome.turn))) {
      this.#answered = true;
      this.#tried = new Set();
      this.#failed = new Set();
      return;
    }
    // Where somebody was not asked, it says nothing.
    if (outcomes.length > 0 && outcomes.every((outcome) => "error" in outcome)) this.#answered = false;
    for (const outcome of outcomes) {
      this.#tried.add(outcome.person);
      if ("error" in outcome) this.#failed.add(outcome.person);
    }
  }
}

/** Ends a run in silence. Where more was asked for, that is said: what is not played should not look as if it had been. */
export function quietEnd(
  { name, context }: { readonly name: string; readonly context: Context },
  steps: number,
  pace: { readonly movesTime: boolean; goesOn(steps: number, isOpen: boolean): boolean },
): ["quiet"] {
  const played = `${steps} ${steps === 1 ? "step" : "steps"}`;
  const message = `${name}: the run ended after ${played}, as nobody had anything to do.`;
  // A pace that moves time would move it when it is asked.
  if (!pace.movesTime && pace.goesOn(steps, false)) context.watch({ type: "warning", message });
  return ["quiet"];
}
