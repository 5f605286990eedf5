import type { Vectors } from "../../../kernel/contracts/embedder.ts";
import type { MemoryNote, NoteId } from "../../../kernel/contracts/memory/notes.ts";
import type { EventId } from "../../../kernel/values/ids.ts";
import { Lexicon, termsOf } from "./lexicon.ts";
import { VectorMatrix } from "./matrix.ts";
import { relevanceOf } from "./score.ts";

/** What is asked of the notes: its words, and its vector where there is an embedder. */
export interface Question {
  readonly text: string;
  readonly vector: Float32Array | undefined;
}

/** A note in its place. */
export interface IndexedNote {
  readonly slot: number;
  readonly note: MemoryNote;
  /** When it happened, in milliseconds of simulated time; NaN without a calendar. */
  readonly time: number;
  /** The how-manieth of the person's events it rests on at the latest; where on none, as in a document, that of the note before it. */
  readonly event: number;
}

/** What an index is made with. */
interface Surroundings {
  readonly vectors: Vectors;
  /** The events of the person's life so far, in their order. */
  readonly lived: readonly EventId[];
}

/** Slots that were given up, and are no reason yet to begin anew. */
const mostGivenUp = 256;
/** Bytes that a note takes beside its vector and its text: objects, and a number for each term twice. */
const bytesOfNote = 700;

/** A person's notes, ready to be searched by meaning and by words. What it finds does not depend on how it came about. */
export class NoteIndex {
  #lexicon = new Lexicon();
  #matrix = new VectorMatrix();
  #slots = new Map<NoteId, { readonly slot: number; readonly note: MemoryNote }>();
  #notes: readonly IndexedNote[] = [];
  #used = 0;

  /** About how much memory it takes. */
  get bytes(): number {
    const texts = this.#notes.reduce((sum, { note }) => sum + 2 * note.text.length, 0);
    return this.#matrix.bytes + texts + this.#notes.length * bytesOfNote;
  }

  /** Brings it to these notes, oldest first; what is new is embedded. */
  async update(notes: readonly MemoryNote[], { vectors, lived }: Surroundings): Promise<void> {
    const kept = new Set(notes.map(({ id }) => id));
    const stale = [...this.#slots.values()].filter(({ note }) => !kept.has(note.id)).map(({ note }) => note.id);
    for (const id of stale) this.#giveUp(id);
    if (this.#used - this.#slots.size > Math.max(mostGivenUp, this.#slots.size)) this.#clear();
    const fresh = notes.filter((note) => textOf(note) !== textOf(this.#slots.get(note.id)?.note));
    const found = fresh.length === 0 ? [] : await vectors.of(fresh.map(textOf));
    this.#matrix.expect(this.#used + fresh.length);
    for (const [at, note] of fresh.entries()) this.#add(note, found?.[at]);
    const places = new Map(lived.map((id, at) => [id, at]));
    let event = 0;
    this.#notes = notes.map((note) => {
      const slot = this.#slots.get(note.id)?.slot ?? 0;
      this.#slots.set(note.id, { slot, note });
      event = latestOf(note.sources, places) ?? event;
      return { slot, note, event, time: note.time === undefined ? Number.NaN : Date.parse(note.time) };
    });
  }

  /** All notes, oldest first. */
  get notes(): readonly IndexedNote[] {
    return this.#notes;
  }

  /** How much each note has to do with a question, in [0, 1], in their order. */
  relevances({ text, vector }: Question): Float64Array {
    const words = this.#lexicon.match(termsOf(text));
    const meaning = vector && this.#matrix.cosines(vector, this.#used);
    const found = new Float64Array(this.#notes.length);
    this.#notes.forEach(({ slot }, at) => {
      found[at] = relevanceOf(words[slot] ?? 0, meaning?.[slot]);
    });
    return found;
  }

  /** How alike two notes are, in [0, 1]: by their meaning, or by their words where a vector is missing. */
  likeness(one: number, other: number): number {
    return Math.max(0, this.#matrix.likeness(one, other) ?? this.#lexicon.likeness(one, other));
  }

  #add(note: MemoryNote, vector: Float32Array | undefined): void {
    this.#giveUp(note.id);
    const slot = this.#used++;
    this.#lexicon.add(slot, termsOf(textOf(note)));
    if (vector !== undefined) this.#matrix.set(slot, vector);
    this.#slots.set(note.id, { slot, note });
  }

  #giveUp(id: NoteId): void {
    const held = this.#slots.get(id);
    if (held === undefined) return;
    this.#lexicon.remove(held.slot);
    this.#slots.delete(id);
  }

  #clear(): void {
    this.#lexicon = new Lexicon();
    this.#matrix = new VectorMatrix();
    this.#slots = new Map();
    this.#used = 0;
  }
}

/**
 * The event of a source, which may be one action of it.
 * @example
 * eventOf("person:lisa#4.2"); // => "person:lisa#4"
 */
export function eventOf(source: EventId): EventId {
  return source.replace(/\.\d+$/, "");
}

function latestOf(sources: readonly EventId[], places: ReadonlyMap<EventId, number>): number | undefined {
  const known = sources.flatMap((id) => places.get(eventOf(id)) ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** What a note is found by: its words, and whom it is about where they do not say it. */
function textOf(note: MemoryNote | undefined): string {
  if (note === undefined) return "";
  const unnamed = (note.about ?? []).filter((name) => !note.text.includes(name));
  return [note.text, ...unnamed].join(" ");
}
