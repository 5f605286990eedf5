import type { Actor } from "../../kernel/contracts/person.ts";
import { concernsOneAnswer, metByAll } from "../../kernel/values/errors.ts";
import { type Asked, isIdle, type OpenStep, outcomeOf, type Stage } from "./open-step.ts";

/** Commits attempts in order. Failures wait until it is clear that they are not everybody's. */
export class Settling<P extends Actor> {
  readonly #step: OpenStep<P>;
  readonly #stage: Stage<P>;
  #waiting: Asked<P>[] = [];
  #somebodyWasSpared: boolean;

  constructor(step: OpenStep<P>, stage: Stage<P>) {
    this.#step = step;
    this.#stage = stage;
    this.#somebodyWasSpared = [...step.outcomes.values()].some(
      (outcome) => "error" in outcome || !isIdle(outcome.turn),
    );
  }

  take(one: Asked<P>): void {
    if ("error" in one && !this.#somebodyWasSpared) {
      this.#waiting.push(one);
      return;
    }
    if ("turn" in one && !isIdle(one.turn)) this.#release();
    this.#commit(one);
  }

  /** Throws why nobody who tried has an answer. */
  end(): void {
    const failures = this.#waiting.flatMap((one) => ("error" in one ? [one] : []));
    if (failures.length === 0) return;
    const errors = failures.map(({ error }) => error);
    const areOwn = errors.every(concernsOneAnswer) && this.#stage.spares(failures.map(({ person }) => person));
    if (!areOwn) throw metByAll(errors);
    this.#release();
  }

  #release(): void {
    this.#somebodyWasSpared = true;
    for (const one of this.#waiting) this.#commit(one);
    this.#waiting = [];
  }

  #commit(one: Asked<P>): void {
    const outcome = outcomeOf(one);
    this.#step.outcomes.set(one.person.id, outcome);
    this.#stage.commit(one.person, outcome);
  }
}
