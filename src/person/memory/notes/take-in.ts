import type { MemoryNote, NoteId } from "../../../kernel/contracts/memory/notes.ts";
import { NotesByLikeness } from "./likeness.ts";
import type { NoteBook } from "./note-book.ts";

/** A note before it has its id. */
export type NoteDraft = Omit<MemoryNote, "id">;

/** What drafts make of a book. */
export interface Intake {
  readonly added: readonly MemoryNote[];
  readonly revised: readonly MemoryNote[];
  /** For each draft the note that says it from here on. */
  readonly notes: readonly MemoryNote[];
}

/**
 * What comes of drafts in the light of what is known: what says the same as a note is taken into it, in its newer words
 * (they may correct the older), and no note is there twice.
 */
export function takeIn(book: NoteBook, drafts: readonly NoteDraft[], revisions: readonly MemoryNote[] = []): Intake {
  const changed = new Map<NoteId, MemoryNote>(revisions.map((note) => [note.id, note]));
  const fresh = new NotesByLikeness();
  const notes = drafts.map((draft) => {
    const asked = { note: draft, print: book.printOf(draft.text) };
    const same = (book.same(asked) ?? fresh.same(asked))?.note;
    if (same === undefined) {
      const note = { id: book.idAfter(fresh.size), ...draft };
      fresh.put({ note, print: asked.print });
      return note;
    }
    const before = changed.get(same.id) ?? same;
    const merged = mergedNote(before, draft);
    if (merged !== before) changed.set(merged.id, merged);
    return merged;
  });
  const latest = (id: string, otherwise: MemoryNote): MemoryNote => changed.get(id) ?? otherwise;
  return {
    added: fresh.known.map(({ note }) => latest(note.id, note)),
    revised: [...changed.values()].filter((note) => book.get(note.id) !== undefined),
    notes: notes.map((note) => latest(note.id, note)),
  };
}

/** The same note in the words of the draft, with all that both rest on; the note itself where nothing is new. */
function mergedNote(note: MemoryNote, draft: NoteDraft): MemoryNote {
  const merged: MemoryNote = {
    ...note,
    text: draft.text,
    sources: union(note.sources, draft.sources),
    importance: Math.max(note.importance, draft.importance),
    ...(draft.time !== undefined && { time: draft.time }),
    ...listed("about", union(note.about, draft.about)),
    ...listed("drawnFrom", union(note.drawnFrom, draft.drawnFrom)),
  };
  const { time: _learned, ...said } = merged;
  const { time: _before, ...known } = note;
  return JSON.stringify(said) === JSON.stringify(known) ? note : merged;
}

/** A field of a note that is left out where it says nothing. */
export function listed<K extends string>(
  field: K,
  values: readonly string[],
): { readonly [key in K]?: readonly string[] } {
  return values.length === 0 ? {} : ({ [field]: values } as { readonly [key in K]: readonly string[] });
}

export function union(one: readonly string[] = [], other: readonly string[] = []): readonly string[] {
  return [...new Set([...one, ...other])];
}
