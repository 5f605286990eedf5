import type { Action, Stimulus } from "../person.ts";

/** What a fork has otherwise than the program that it plays; where nothing is edited, all is as it is given. */
export interface Revisions {
  /** What people are told from outside. */
  told(stimulus: Stimulus): Stimulus;
  /**
   * By their index, actions that somebody does otherwise in a turn; undefined for what they do not do. The turn is `room/3`,
   * or `alone/2` for the second one outside of a world.
   */
  done(
    actions: readonly Action[],
    turn: { readonly name: string; readonly at: string },
  ): ReadonlyMap<number, Action | undefined>;
  /** The rules that somebody's model reads first. */
  rules(text: string, name: string): string;
  /** An intervention; undefined for one that is switched off. */
  intervention<I extends { readonly name: string }>(given: I): I | undefined;
}
