import type { MemoryNote, NoteId } from "../../kernel/contracts/memory/notes.ts";
import type { EpisodeQuery, EpisodeSelection } from "./episodes/episode-query.ts";
import type { NoteQuery } from "./notes/note-query.ts";

/** What is told of a note besides its text. */
export interface RememberOptions extends Partial<Omit<MemoryNote, "id" | "text">> {}

/** A note to be remembered. */
export interface Remembered extends RememberOptions {
  readonly text: string;
}

/**
 * What a person remembers: all that happened (`episodes`), and what was kept of it (`notes`). Notes are made in the
 * background as episodes end; others may add to them.
 * @example
 * person.memory.remember("Oscar is allergic to nuts.", { about: ["Oscar"], importance: 0.9 });
 * person.memory.notes({ about: "Oscar" }).map((note) => note.text); // => ["Oscar is allergic to nuts."]
 */
export interface PersonMemory {
  /** What happened, each thing once; `total` and `omitted` count what answers the query. Throws OPTION_INVALID. */
  episodes(query?: EpisodeQuery): EpisodeSelection;
  /** What was kept, oldest first. Throws OPTION_INVALID. */
  notes(query?: NoteQuery): readonly MemoryNote[];
  /**
   * Keeps something from outside: a fact of middling importance unless told. What says the same as a note is taken into
   * that note, which is given back. Throws OPTION_INVALID for an empty text and an importance outside of [0, 1].
   */
  remember(text: string, options?: RememberOptions): MemoryNote;
  /** The same for several at once, in one event. */
  rememberAll(notes: readonly Remembered[]): readonly MemoryNote[];
  /** Forgets these notes, on record; gives how many there were. */
  forget(...ids: readonly NoteId[]): number;
  /**
   * Forgets all that was read in a source (a note's `from.location`), and what was drawn from it, on record; gives how
   * many notes that were.
   */
  purge(location: string): number;
  /** Waits for what is being consolidated, and applies it, instead of in the turn in which it would be. */
  settle(): Promise<void>;
  /** Ends the episode here, and consolidates all that has not been yet: at the end of a day, or before a rest. */
  consolidate(): Promise<void>;
}
