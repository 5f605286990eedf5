import type { Digest } from "../../values/hash.ts";
import type { EventId } from "../../values/ids.ts";

/**
 * What kind of thing was kept: a `fact` about the world, an `impression` of it, a `procedure` (how something is done),
 * a `relationship` to somebody, an `event` (what happened, in short), a `reflection` drawn from several notes.
 */
export type NoteKind = "fact" | "impression" | "procedure" | "relationship" | "event" | "reflection";

/** A note's name among the notes of its person: `n12`. A revised note keeps it. */
export type NoteId = string;

/** The document or page that a note was read in. */
export interface Provenance {
  /** A file's path or a URL without secrets: the source that can be purged. */
  readonly location: string;
  readonly title?: string;
  /** Digest of what was read. */
  readonly digest: Digest;
  /** Which part of it: a page, a heading. */
  readonly part?: string;
}

/** Something that a person keeps beyond the log of what happened. */
export interface MemoryNote {
  readonly id: NoteId;
  readonly kind: NoteKind;
  /** In the person's own words, or the source's. */
  readonly text: string;
  /** When it happened or was learned, in simulated time, ISO 8601. */
  readonly time?: string;
  /** The events that it rests on. */
  readonly sources: readonly EventId[];
  /** The notes that it was drawn from. */
  readonly drawnFrom?: readonly NoteId[];
  readonly from?: Provenance;
  /** Whom or what it is about, by name. */
  readonly about?: readonly string[];
  /** From 0 (trifling) to 1 (never to be forgotten). */
  readonly importance: number;
}

/** Why a note is no longer there: it faded with time, there was no room, somebody said so, its source was purged. */
export type ForgetReason = "faded" | "capacity" | "told" | "purged";

/** A note that was forgotten; its words stand in the event that added it. */
export interface ForgottenNote {
  readonly id: NoteId;
  readonly reason: ForgetReason;
}
