import type { MemoryNote, NoteKind } from "../../../kernel/contracts/memory/notes.ts";
import { momentOf } from "../episodes/episode-query.ts";

/** Which notes are wanted; all of them unless told. */
export interface NoteQuery {
  readonly kinds?: readonly NoteKind[];
  /** Whom or what they are about, by name. */
  readonly about?: string;
  /** The document or page that they were read in. */
  readonly from?: string;
  /** In simulated time, from this moment … */
  readonly since?: Date | string;
  /** … and before this one. What has no time is in no span. */
  readonly before?: Date | string;
}

/** The notes that answer a query, in their order. Throws OPTION_INVALID for times that are none. */
export function selectNotes(notes: readonly MemoryNote[], query: NoteQuery = {}): readonly MemoryNote[] {
  const since = momentOf("since", query.since);
  const before = momentOf("before", query.before);
  const about = query.about?.toLowerCase();
  return notes.filter((note) => {
    if (query.kinds !== undefined && !query.kinds.includes(note.kind)) return false;
    if (about !== undefined && !note.about?.some((name) => name.toLowerCase() === about)) return false;
    if (query.from !== undefined && note.from?.location !== query.from) return false;
    if (since === undefined && before === undefined) return true;
    const at = note.time === undefined ? Number.NaN : Date.parse(note.time);
    return at >= (since ?? Number.NEGATIVE_INFINITY) && at < (before ?? Number.POSITIVE_INFINITY);
  });
}
