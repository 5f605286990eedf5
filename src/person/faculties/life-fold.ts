import type { LivedTurn } from "../../kernel/contracts/faculty.ts";

/** Somebody whose life is told turn by turn. */
export interface Living {
  readonly name: string;
  readonly life: readonly LivedTurn[];
}

/** How a state follows from a life: from the one before a turn to the one after it, without changing it. */
export interface Telling<S> {
  readonly begin: S;
  after(state: S, turn: LivedTurn, name: string): S;
}

/**
 * What a faculty keeps of each person who has it. It follows from the turns of their life and nothing else, so that
 * there is nothing to save: a life that is told again, or read from a file, comes to the same. Each turn is told once.
 */
export class LifeFold<S> {
  readonly #telling: Telling<S>;
  readonly #known = new WeakMap<readonly LivedTurn[], { readonly state: S; readonly turns: number }>();

  constructor(telling: Telling<S>) {
    this.#telling = telling;
  }

  of({ name, life }: Living): S {
    const known = this.#known.get(life) ?? { state: this.#telling.begin, turns: 0 };
    let { state } = known;
    for (const turn of life.slice(known.turns)) state = this.#telling.after(state, turn, name);
    this.#known.set(life, { state, turns: life.length });
    return state;
  }
}
