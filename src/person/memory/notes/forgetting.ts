import type { ForgottenNote, MemoryNote, NoteId } from "../../../kernel/contracts/memory/notes.ts";

/** How much is kept, and for how long. */
export interface Forgetting {
  readonly capacity: number;
  readonly halfLifeDays: number;
  /** The present moment, in simulated time. */
  readonly now: Date | undefined;
}

/** Below this strength a note has faded: one of middling importance after some six half-lives. */
const faint = 0.01;
const millisecondsOfADay = 86_400_000;

/**
 * What is forgotten of these notes, oldest first: what has faded, and the weakest of what is more than there is room
 * for. What was read in documents stands on the shelf, and what is of importance 1 is never forgotten.
 * Strength is importance halved with every half-life (exponential decay, as in Ebbinghaus's curve of forgetting);
 * without a calendar it halves with every `capacity` of newer notes.
 */
export function forgettable(notes: readonly MemoryNote[], forgetting: Forgetting): readonly ForgottenNote[] {
  const own = notes.filter((note) => note.from === undefined && note.importance < 1);
  const strengths = new Map(own.map((note, index) => [note, strength(note, own.length - 1 - index, forgetting)]));
  const strong = own.filter((note) => (strengths.get(note) ?? 0) >= faint);
  const strongest = strong.toSorted((one, other) => (strengths.get(other) ?? 0) - (strengths.get(one) ?? 0));
  const pushedOut = new Set(strongest.slice(forgetting.capacity));
  return own.flatMap((note): ForgottenNote[] => {
    if ((strengths.get(note) ?? 0) < faint) return [{ id: note.id, reason: "faded" }];
    return pushedOut.has(note) ? [{ id: note.id, reason: "capacity" }] : [];
  });
}

function strength(
  { importance, time }: MemoryNote,
  newer: number,
  { now, halfLifeDays, capacity }: Forgetting,
): number {
  if (now === undefined || time === undefined) return Math.max(faint, importance * 2 ** (-newer / capacity));
  const days = (now.getTime() - Date.parse(time)) / millisecondsOfADay;
  return importance * 2 ** (-Math.max(0, days) / halfLifeDays);
}

/** What a person reads in place of what was purged. */
export const purgedWords = "(This was removed from your memory.)";

/** Tells whether a location is a source, or lies in it. */
export function liesIn(location: string, source: string): boolean {
  return location === source || location.startsWith(`${source}/`);
}

/** The documents that notes rest on: those that they were read in, and those of the notes that they were drawn from. */
export function sourcesOf(notes: readonly MemoryNote[], all: readonly MemoryNote[]): readonly string[] {
  const known = new Map(all.map((note) => [note.id, note]));
  const resting = new Set(notes.map(({ id }) => id));
  // A set that grows is walked to its end.
  for (const id of resting) for (const before of known.get(id)?.drawnFrom ?? []) resting.add(before);
  return [...new Set([...resting].flatMap((id) => known.get(id)?.from?.location ?? []))].toSorted();
}

/** What rests on a source: what was read in it, or in what is in it, and what was drawn from that, however far. */
export function derivedFrom(notes: readonly MemoryNote[], location: string): ReadonlySet<NoteId> {
  const derived = new Set(notes.filter(({ from }) => from && liesIn(from.location, location)).map(({ id }) => id));
  for (let before = -1; before < derived.size; ) {
    before = derived.size;
    for (const note of notes) if (note.drawnFrom?.some((id) => derived.has(id))) derived.add(note.id);
  }
  return derived;
}
