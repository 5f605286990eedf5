import type { Action, Turn } from "../../kernel/contracts/person.ts";
import type { Termination } from "./termination.ts";

/**
 * Ends a run after a step in which somebody did this: an action that the function finds, or words that the expression
 * finds in what was said.
 * @example
 * const sold = whenDone(/\bsold\b/i);
 * const left = whenDone((action, turn) => action.type === "REACH_OUT" && turn.name === "Lisa Brannigan");
 */
export function whenDone(what: RegExp | ((action: Action, turn: Turn) => boolean)): Termination {
  const finds = typeof what === "function" ? what : said(what);
  return ({ step }) => {
    const turns = step.outcomes.flatMap((outcome) => ("turn" in outcome ? [outcome.turn] : []));
    const found = turns.find((turn) => turn.actions.some((action) => finds(action, turn)));
    return found && `${found.name} did what was waited for`;
  };
}

/** An expression that remembers where it stopped would find every other one only. */
const said = (words: RegExp) => (action: Action) => action.type === "TALK" && (action.content ?? "").search(words) >= 0;
