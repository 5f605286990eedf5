import type { NotesChanged } from "../../../kernel/contracts/memory/events.ts";
import type { MemoryNote } from "../../../kernel/contracts/memory/notes.ts";
import type { EventId, PersonId } from "../../../kernel/values/ids.ts";
import type { ClosedEpisode } from "../episodes/episodes.ts";
import { type Forgetting, forgettable } from "../notes/forgetting.ts";
import type { NoteBook } from "../notes/note-book.ts";
import { listed, type NoteDraft, takeIn, union } from "../notes/take-in.ts";
import type { ConsolidationAnswer } from "./answer.ts";
import type { Happening } from "./material.ts";

/** What was asked to be consolidated, and in view of which notes. */
export interface Asked {
  readonly person: PersonId;
  readonly name: string;
  readonly episodes: readonly ClosedEpisode[];
  readonly happened: readonly Happening[];
  readonly notes: readonly MemoryNote[];
  readonly reflecting: boolean;
}

/** What an answer changes of a person's notes, as the event that tells it. */
export function changesFrom(answer: ConsolidationAnswer, asked: Asked, into: Into): NotesChanged {
  const { book } = into;
  const shown = new Set(asked.notes.map((note) => note.id));
  const revised = answer.revised.filter(({ note }) => shown.has(note) && book.get(note) !== undefined);
  // An id that nobody has is a slip; what was to be said stays.
  const unplaced = answer.revised.filter((one) => !revised.includes(one));
  const revisions = revised.flatMap(({ note, text, importance }): MemoryNote[] => {
    const before = book.get(note);
    return before === undefined ? [] : [{ ...before, text, importance: importance / 10, ...timeOf(asked) }];
  });
  const drafts = [
    ...answer.added.map((one) => draftOf(one, asked)),
    ...unplaced.map((one) => draftOf({ ...one, kind: "fact", about: [], events: [] }, asked)),
    ...(asked.reflecting ? answer.reflections.map((one) => reflectionOf(one, asked, book)) : []),
    summaryOf(answer, asked),
  ];
  const intake = takeIn(book, drafts, revisions);
  const forgotten = forgettable(after(book, intake), into.forgetting);
  return {
    type: "notes-changed",
    person: asked.person,
    added: intake.added,
    ...(intake.revised.length > 0 && { revised: intake.revised }),
    ...(forgotten.length > 0 && { forgotten }),
    episodes: spanOf(asked.episodes),
    ...(into.heuristic && { heuristic: true }),
  };
}

/** Where the changes go. */
export interface Into {
  readonly book: NoteBook;
  readonly forgetting: Forgetting;
  readonly heuristic: boolean;
}

/** The first and the last of these episodes. */
export function spanOf(episodes: readonly ClosedEpisode[]): readonly [first: number, last: number] {
  return [episodes[0]?.episode ?? 0, episodes.at(-1)?.episode ?? 0];
}

/** All notes as they are with an intake. */
export function after(
  book: NoteBook,
  { added, revised }: { readonly added: readonly MemoryNote[]; readonly revised: readonly MemoryNote[] },
): readonly MemoryNote[] {
  const now = new Map(revised.map((note) => [note.id, note]));
  return [...book.notes.map((note) => now.get(note.id) ?? note), ...added];
}

function draftOf(added: ConsolidationAnswer["added"][number], asked: Asked): NoteDraft {
  const { kind, text, importance, about, events } = added;
  const sources = events.flatMap((line) => asked.happened[line - 1]?.id ?? []);
  return {
    kind,
    text: text.trim(),
    ...timeOf(asked),
    sources: sources.length > 0 ? [...new Set(sources)] : turnsOf(asked),
    ...listed("about", namesIn(about)),
    importance: importance / 10,
  };
}

function reflectionOf(
  { text, importance, notes }: ConsolidationAnswer["reflections"][number],
  asked: Asked,
  book: NoteBook,
): NoteDraft {
  const drawnFrom = notes.filter((id) => book.get(id) !== undefined);
  const from = drawnFrom.flatMap((id) => book.get(id) ?? []);
  return {
    kind: "reflection",
    text: text.trim(),
    ...timeOf(asked),
    sources: from.length > 0 ? union(from.flatMap((note) => note.sources)) : turnsOf(asked),
    ...listed("drawnFrom", union(drawnFrom)),
    ...listed("about", union(from.flatMap((note) => note.about ?? []))),
    importance: importance / 10,
  };
}

function summaryOf({ summary, added }: ConsolidationAnswer, asked: Asked): NoteDraft {
  const others = asked.happened.flatMap(({ from, to }) => [from, to]).filter((name) => name !== asked.name);
  return {
    kind: "event",
    text: summary.trim(),
    ...timeOf(asked),
    sources: turnsOf(asked),
    ...listed("about", namesIn(others)),
    importance: Math.max(3, ...added.map((one) => one.importance)) / 10,
  };
}

function namesIn(names: readonly (string | undefined)[]): readonly string[] {
  return union(names.flatMap((name) => name?.trim() || []));
}

function turnsOf({ episodes }: Asked): readonly EventId[] {
  return episodes.flatMap(({ turns }) => turns.map((turn) => turn.id));
}

/** When the last of it happened. */
function timeOf({ episodes }: Asked): { readonly time?: string } {
  const time = episodes.at(-1)?.turns.at(-1)?.time;
  return time === undefined ? {} : { time };
}
