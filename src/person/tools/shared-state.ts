import type { PersonId } from "../../kernel/values/ids.ts";

/** A change that was settled, with what stood before and after. */
export interface Settled<State, Change> {
  readonly before: State;
  readonly change: Change;
  readonly after: State;
}

interface Staged<Change> {
  readonly args: unknown;
  readonly change: Change;
}

/**
 * What several people change by what they do. Who acts sees what is settled and what they did themselves since; others
 * see it once it is settled, in an order that does not depend on who was faster.
 */
export class SharedState<State, Change> {
  readonly #apply: (state: State, change: Change) => State;
  readonly #staged = new Map<PersonId, Staged<Change>[]>();
  #settled: State;

  /** @param apply gives another state and leaves the one before as it is; what no longer makes sense changes nothing */
  constructor(start: State, apply: (state: State, change: Change) => State) {
    this.#settled = start;
    this.#apply = apply;
  }

  /** What is so for everybody. */
  get settled(): State {
    return this.#settled;
  }

  /** What is so for somebody who acts. */
  seenBy(who: PersonId): State {
    return (this.#staged.get(who) ?? []).reduce((state, { change }) => this.#apply(state, change), this.#settled);
  }

  /** Keeps a change until the action with these arguments, the same object, is settled. */
  stage(who: PersonId, args: unknown, change: Change): void {
    const staged = this.#staged.get(who) ?? [];
    this.#staged.set(who, [...staged, { args, change }]);
  }

  /** Makes a staged change count for everybody; undefined where there is none. */
  settle(who: PersonId, args: unknown): Settled<State, Change> | undefined {
    const staged = this.#staged.get(who) ?? [];
    const found = staged.find((one) => one.args === args);
    if (found === undefined) return undefined;
    this.#staged.set(
      who,
      staged.filter((one) => one !== found),
    );
    const before = this.#settled;
    this.#settled = this.#apply(before, found.change);
    return { before, change: found.change, after: this.#settled };
  }
}
