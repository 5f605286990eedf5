import type { PersonId } from "../../values/ids.ts";
import type { Answer } from "./answer.ts";

/**
 * Somebody was asked an item of an instrument on a fork, and this is what came: a result of the run, and no part of anybody's
 * life. Told in a scope of the person's own below that of the instrument, as people come home in any order.
 */
export interface ItemAnswered {
  readonly type: "answered";
  /** Whose answer it is: the person, not the fork. */
  readonly person: PersonId;
  readonly name: string;
  /** What the instrument is called: `ad test`, or the questionnaire's name. */
  readonly instrument: string;
  readonly answer: Answer;
  /** Set when rules, not a language model, answered. */
  readonly heuristic?: true;
}
