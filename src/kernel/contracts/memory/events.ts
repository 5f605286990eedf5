import type { ErrorRecord } from "../../values/errors.ts";
import type { EventId, PersonId } from "../../values/ids.ts";
import type { ForgottenNote, MemoryNote } from "./notes.ts";

/** Why an episode ended: nothing more happened, the person went elsewhere, it was long enough, somebody asked for it. */
export type EpisodeEnd = "quiet" | "place" | "size" | "asked";

/** An episode of a person's life ended; it is made of whole turns. In the scope `<person>/memory`, as all of memory. */
export interface EpisodeClosed {
  readonly type: "episode-closed";
  readonly person: PersonId;
  /** The how-manieth, from 1. */
  readonly episode: number;
  readonly end: EpisodeEnd;
  /** The events of its first and its last turn. */
  readonly turns: readonly [first: EventId, last: EventId];
  /** How much was perceived and done in it; DONE is not counted. */
  readonly events: number;
}

/** What a person keeps changed: all that is known of notes follows from these. */
export interface NotesChanged {
  readonly type: "notes-changed";
  readonly person: PersonId;
  readonly added?: readonly MemoryNote[];
  /** As they are from here on. */
  readonly revised?: readonly MemoryNote[];
  readonly forgotten?: readonly ForgottenNote[];
  /** The first and the last episode that were consolidated in it; the `event` note among `added` sums them up. */
  readonly episodes?: readonly [first: number, last: number];
  /** The source that was purged. */
  readonly purged?: string;
  readonly heuristic?: true;
}

/** An episode's notes could not be made. Nothing is lost: it is tried again with the next. */
export interface ConsolidationFailed {
  readonly type: "consolidation-failed";
  readonly person: PersonId;
  /** The first and the last episode that were to be consolidated. */
  readonly episodes: readonly [first: number, last: number];
  readonly error: ErrorRecord;
}
