import type { NotesChanged } from "../../../kernel/contracts/memory/events.ts";
import type { ForgetReason, ForgottenNote, MemoryNote, NoteId } from "../../../kernel/contracts/memory/notes.ts";
import { type Compared, type KnownNote, NotesByLikeness, type Print, printOf } from "./likeness.ts";

/** What sums up some episodes. */
export interface EpisodeSummary {
  /** The first and the last of them. */
  readonly episodes: readonly [first: number, last: number];
  readonly note: NoteId;
}

/** A book taken apart, to be kept and put together again. */
export interface NoteBookParts {
  readonly notes: readonly MemoryNote[];
  readonly forgotten: readonly ForgottenNote[];
  readonly summaries: readonly EpisodeSummary[];
  readonly unreflected: number;
}

/** What of a memory's parts is the book's. */
export function notePartsOf({ notes, forgotten, summaries, unreflected }: NoteBookParts): NoteBookParts {
  return { notes, forgotten, summaries, unreflected };
}

/** The notes of a person. They follow from `notes-changed` events, and from what a saved person brought with them. */
export class NoteBook {
  readonly #notes = new NotesByLikeness();
  readonly #forgotten = new Map<NoteId, ForgetReason>();
  #summaries: EpisodeSummary[] = [];
  #made = 0;
  #bytes = 0;
  #unreflected = 0;
  #version = 0;
  /** Of drafts that may come back as notes. */
  #prints: Map<string, Print> | undefined;

  /** One that is made of these parts. */
  static of(parts: NoteBookParts): NoteBook {
    const book = new NoteBook();
    book.restore(parts);
    return book;
  }

  /** All notes, oldest first. */
  get notes(): readonly MemoryNote[] {
    return this.known().map(({ note }) => note);
  }

  get size(): number {
    return this.#notes.size;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#bytes + this.#forgotten.size * bytesOfForgotten;
  }

  /** Grows with every change: whoever keeps something made of the notes makes it anew then. */
  get version(): number {
    return this.#version;
  }

  /** What sums up consolidated episodes, oldest first. */
  get summaries(): readonly EpisodeSummary[] {
    return this.#summaries;
  }

  /** Importance of the notes since the last reflection, added up; what was read is nothing that the person lived. */
  get unreflected(): number {
    return this.#unreflected;
  }

  get(id: NoteId): MemoryNote | undefined {
    return this.#notes.get(id)?.note;
  }

  known(): readonly KnownNote[] {
    return this.#notes.known;
  }

  /** The note that says the same, if there is one. */
  same(asked: Compared): KnownNote | undefined {
    return this.#notes.same(asked);
  }

  /** What a draft is compared by: looked at once, and again only after the book has changed. */
  printOf(text: string): Print {
    this.#prints ??= new Map();
    const print = this.#prints.get(text) ?? printOf(text);
    this.#prints.set(text, print);
    return print;
  }

  /** The id of the next note but so many. */
  idAfter(others: number): NoteId {
    return `n${this.#made + others + 1}`;
  }

  apply({ added = [], revised = [], forgotten = [], episodes }: NotesChanged): void {
    this.#version += 1;
    for (const note of [...added, ...revised]) this.#put(note);
    for (const { id, reason } of forgotten) {
      this.#bytes -= bytesOf(this.#notes.get(id));
      this.#notes.delete(id);
      this.#forgotten.set(id, reason);
    }
    this.#unreflected = added.some(isReflection)
      ? 0
      : this.#unreflected + added.reduce((sum, note) => sum + (note.from === undefined ? note.importance : 0), 0);
    const summary = [...added, ...revised].find((note) => note.kind === "event");
    this.#prints = undefined;
    if (episodes && summary) this.#summaries.push({ episodes, note: summary.id });
  }

  /** All that it is made of. */
  get parts(): NoteBookParts {
    const forgotten = [...this.#forgotten].map(([id, reason]) => ({ id, reason }));
    return { notes: this.notes, forgotten, summaries: this.#summaries, unreflected: this.#unreflected };
  }

  /** Becomes what another one was. */
  restore({ notes, forgotten, summaries, unreflected }: NoteBookParts): void {
    this.apply({ type: "notes-changed", person: "", added: notes, forgotten });
    for (const { id } of forgotten) this.#made = Math.max(this.#made, Number(id.slice(1)));
    this.#summaries = [...summaries];
    this.#unreflected = unreflected;
  }

  #put(note: MemoryNote): void {
    const before = this.#notes.get(note.id);
    const print = before?.note.text === note.text ? before.print : (this.#prints?.get(note.text) ?? printOf(note.text));
    const known = { note, print };
    this.#bytes += bytesOf(known) - bytesOf(before);
    this.#notes.put(known);
    this.#made = Math.max(this.#made, Number(note.id.slice(1)));
  }
}

/** An id in a table, and why it was forgotten. */
const bytesOfForgotten = 100;
/** A note beside its text: objects, tables, and what it is compared by. */
const bytesOfNote = 900;
/** A name among its sources, or the place of one of its words. */
const bytesOfEntry = 40;

function bytesOf(known: KnownNote | undefined): number {
  if (known === undefined) return 0;
  const { note, print } = known;
  return bytesOfNote + 2 * note.text.length + bytesOfEntry * (note.sources.length + print.shingles.length);
}

const isReflection = (note: MemoryNote): boolean => note.kind === "reflection";
