import type { Context } from "../../kernel/contracts/context.ts";
import type { Actor } from "../../kernel/contracts/person.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { StepPlan } from "../schedule/schedule.ts";

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
