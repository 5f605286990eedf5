import type { ReadOptions } from "../../document/document.ts";
import type { MemoryNote, NoteId } from "../../kernel/contracts/memory/notes.ts";
import type { ErrorRecord } from "../../kernel/values/errors.ts";
import type { EpisodeQuery, EpisodeSelection } from "./episodes/episode-query.ts";
import type { NoteQuery } from "./notes/note-query.ts";
import type { Recalled } from "./recall/recollection.ts";

/** What is told of a note besides its text. */
export interface RememberOptions extends Partial<Omit<MemoryNote, "id" | "text">> {}

/** A note to be remembered. */
export interface Remembered extends RememberOptions {
  readonly text: string;
}

/** A text that is at hand, and what it is to be known by. */
export interface TextToRead {
  readonly text: string;
  /** The source by which it can be purged. */
  readonly location: string;
  readonly title?: string;
}

/** How something is read into a memory. */
export interface ReadMemoryOptions extends ReadOptions {
  /** Of the notes, in [0, 1]; 0.5 unless told. */
  readonly importance?: number;
  /** Addresses, or ranges as `10.0.0.0/8`, that pages are read from though they are not public. */
  readonly allowAddresses?: readonly string[];
}

/** How much is to be recalled. */
export interface RecallLimits {
  /** Most notes; 12 unless told. */
  readonly limit?: number;
}

/** What became of one document. */
export interface DocumentRead {
  /** The source by which it can be purged. */
  readonly location: string;
  readonly title?: string;
  /** `same`: its notes were there already; `changed`: they replaced those of what it said before. */
  readonly how: "new" | "changed" | "same";
  /** How many notes the person has of it. */
  readonly notes: number;
}

/** What was read, and what was not. */
export interface ReadReport {
  readonly documents: readonly DocumentRead[];
  /** Of a folder: what is no document that can be read, with the reason of each. */
  readonly refused: readonly ErrorRecord[];
}

/**
 * What a person remembers: all that happened (`episodes`), and what was kept of it (`notes`). Notes are made in the
 * background as episodes end; others may add to them. Notes of people at rest may have to be read from the run's store
 * first: what reads or changes them is awaited, and takes place in the order of the calls.
 * @example
 * await person.memory.remember("Oscar is allergic to nuts.", { about: ["Oscar"], importance: 0.9 });
 * (await person.memory.notes({ about: "Oscar" })).map((note) => note.text); // => ["Oscar is allergic to nuts."]
 */
export interface PersonMemory {
  /** What happened, each thing once; `total` and `omitted` count what answers the query. Throws OPTION_INVALID. */
  episodes(query?: EpisodeQuery): EpisodeSelection;
  /** What was kept, oldest first. Throws OPTION_INVALID. */
  notes(query?: NoteQuery): Promise<readonly MemoryNote[]>;
  /**
   * The notes that would come to mind about something, best first, no two of one thought, by the scores of
   * `RecallFaculty`; no model is asked, and nothing is recorded. Throws OPTION_INVALID.
   * @example
   * person.memory.remember("Oscar is allergic to nuts.");
   * const [first] = await person.memory.recall("What does Oscar not eat: nuts?", { limit: 1 });
   * first?.note.text; // => "Oscar is allergic to nuts."
   */
  recall(about: string, limits?: RecallLimits): Promise<readonly Recalled[]>;
  /**
   * Keeps something from outside: a fact of middling importance unless told. What says the same as a note is taken into
   * that note, which is given back. Throws OPTION_INVALID for an empty text and an importance outside of [0, 1].
   */
  remember(text: string, options?: RememberOptions): Promise<MemoryNote>;
  /** The same for several at once, in one event. */
  rememberAll(notes: readonly Remembered[]): Promise<readonly MemoryNote[]>;
  /** Forgets these notes, on record; gives how many there were. */
  forget(...ids: readonly NoteId[]): Promise<number>;
  /**
   * Reads a file, a folder, a web page or a text (text, Markdown, HTML, PDF, DOCX), and keeps it as notes, one a passage,
   * with where each was read; no model is asked. The same once more adds nothing, what changed takes the place of what
   * it said before. A file of a folder that cannot be read is told in the report; else throws DOCUMENT_UNREADABLE and
   * PATH_OUTSIDE. Await it before the next turn.
   * @example
   * await lisa.memory.read("market-research");
   * await lisa.memory.read({ text: "The K2 costs 89 euros.", location: "price list" });
   */
  read(source: string | TextToRead, options?: ReadMemoryOptions): Promise<ReadReport>;
  /**
   * Forgets all that was read in a source (a note's `from.location`, or the folder or site that it is in), and what was
   * drawn from it, on record; gives how many notes that were. Answers that quoted it when the person looked something up
   * are taken out of what the model reads from then on; what the person said of it themselves stays said.
   */
  purge(location: string): Promise<number>;
  /** Waits for what is being consolidated, and applies it, instead of in the turn in which it would be. */
  settle(): Promise<void>;
  /** Ends the episode here, and consolidates all that has not been yet: at the end of a day, or before a rest. */
  consolidate(): Promise<void>;
}
