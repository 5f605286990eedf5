import type { Message } from "../../../kernel/contracts/model.ts";
import type { Action, Outcome } from "../../../kernel/contracts/person.ts";
import type { EventId } from "../../../kernel/values/ids.ts";
import type { LeftOut, Past, Quotation } from "./digest.ts";

/** One turn as it stands in the history: what was presented, what was answered. */
export interface Block extends Past {
  /** The event of the turn. */
  readonly turn?: EventId;
  readonly messages: readonly Message[];
  readonly quotes?: readonly Quotation[];
}

/** How the history tells what it does not show. */
export interface HistoryWords {
  /** What stands for turns that were left out. */
  note(left: LeftOut): Message | undefined;
  /** What stands for the answer to a query that was purged. */
  result(query: Action, outcome: Outcome): Message;
}

/** A history taken apart, to be kept and put together again. */
export interface HistoryParts {
  /** The first turn, where it is kept apart. */
  readonly opening: Block | undefined;
  /** What stands for the turns that were left out. */
  readonly note: Message | undefined;
  /** The texts of the notes that it tells. */
  readonly summaries: readonly string[];
  readonly left: LeftOut;
  readonly pieces: readonly Piece[];
  /** How many turns it has had. */
  readonly turns: number;
  readonly blocks: readonly Block[];
  readonly lastTime: string | undefined;
}

/** How much of the past a prompt may hold. Tokens are estimates. */
export interface HistoryLimits {
  /** From here on the oldest turns are left out … */
  readonly tokens: number;
  /** … as long as more turns than this stand; turns in which much was heard must not push out the last few. */
  readonly turns: number;
  /** Never more than this, but for one turn that is larger by itself. */
  readonly mostTokens: number;
}

/** What is kept of the past besides the history. */
export interface Kept {
  /** The last turn of which it tells, counted from 1; 0 for none. */
  readonly through: number;
  /** What it tells of episodes that began up to this turn, oldest first; undefined for what was forgotten since. */
  summariesUntil(turn: number): readonly (string | undefined)[];
}

/** Events, and texts of notes, that stand before a person's eyes. */
export interface InView {
  readonly events: ReadonlySet<EventId>;
  readonly texts: ReadonlySet<string>;
}

/** A piece of the past that was left out at once. */
export interface Piece {
  /** Its last turn. */
  readonly through: number;
  readonly left: LeftOut;
}
