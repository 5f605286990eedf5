import type { Place } from "../../../kernel/contracts/context.ts";
import type { Journal } from "../../../kernel/contracts/journal.ts";
import type { MemoryNote } from "../../../kernel/contracts/memory/notes.ts";
import { NoteBook, type NoteBookParts } from "./note-book.ts";

/**
 * The notes of a person at rest. They stand on the run's shelf, and are read again from the events that they follow from
 * when they had to give way: whoever uses them waits for that, in the order asked. Where they are at hand, as in every
 * run with room for all notes, they are used at once.
 */
export class RestingNotes {
  readonly #place: Place<NoteBook>;
  readonly #read: () => Promise<NoteBook>;
  /** Used at this moment. */
  #open: NoteBook | undefined;
  /** Anything was ever written into them. */
  #written = false;
  /** The last who waits for them to be read. */
  #waiting: Promise<void> | undefined;

  constructor(place: Place<NoteBook>, read: () => Promise<NoteBook>) {
    this.#place = place;
    this.#read = read;
  }

  /** The notes, for who is being called by a job of `use`, or has just filled them. */
  get atHand(): NoteBook {
    const book = this.#found;
    if (book === undefined) throw new Error("The notes of a person at rest are to be waited for.");
    return book;
  }

  /** Does something with the notes that waits for nothing; it alone, and what it calls, changes them meanwhile. */
  async use<T>(job: (book: NoteBook) => T): Promise<T> {
    if (this.#open !== undefined) return job(this.#open);
    const book = this.#waiting === undefined ? this.#found : undefined;
    if (book !== undefined) return this.#with(book, job);
    const before = this.#waiting;
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#waiting = ended;
    try {
      await before;
      return this.#with(this.#found ?? (await this.#read()), job);
    } finally {
      if (this.#waiting === ended) this.#waiting = undefined;
      end();
    }
  }

  /** Takes these in place of whatever was there. */
  fill(book: NoteBook): void {
    this.#with(book, () => undefined);
  }

  get #found(): NoteBook | undefined {
    return this.#open ?? (this.#written ? this.#place.take() : new NoteBook());
  }

  #with<T>(book: NoteBook, job: (book: NoteBook) => T): T {
    this.#open = book;
    try {
      return job(book);
    } finally {
      this.#open = undefined;
      this.#written ||= book.version > 0;
      if (this.#written) this.#place.put(book, book.bytes);
    }
  }
}

/**
 * The notes as they follow from the events of a run; `brought` is what there was before these: where the person was
 * restored who was saved, or what a fork began with.
 */
export async function readAgain(changes: Journal, brought: Journal | NoteBookParts | undefined): Promise<NoteBook> {
  const book = new NoteBook();
  if (brought !== undefined && "notes" in brought) book.restore(brought);
  else {
    for await (const event of brought?.told(["person-restored"]) ?? []) {
      if (event.type === "person-restored") book.restore(broughtBy(event.saved));
    }
  }
  for await (const event of changes.told(["notes-changed"])) if (event.type === "notes-changed") book.apply(event);
  return book;
}

function broughtBy(saved: unknown): NoteBookParts {
  const { life: { notes = [], memory = {} } = {} } = saved as Saved;
  return { forgotten: [], summaries: [], unreflected: 0, ...memory, notes };
}

interface Saved {
  readonly life?: { readonly notes?: readonly MemoryNote[]; readonly memory?: Partial<NoteBookParts> };
}
