import type { MemoryNote, NoteId } from "../../../kernel/contracts/memory/notes.ts";
import { containment, hashedWords, shinglesOf, words } from "../../../kernel/language/shingles.ts";

/** A text as it is compared with others. */
export interface Print {
  readonly shingles: Uint32Array;
  readonly words: Uint32Array;
}

/** From this likeness on two notes say the same, or the newer corrects the older. */
const sameNote = 0.75;

export function printOf(text: string): Print {
  const found = words(text);
  return { shingles: shinglesOf(found), words: hashedWords(found) };
}

/** In [0, 1], the same in both directions: the lesser of what each has of the other (Broder's containment). */
export function likeness(one: Print, other: Print): number {
  const [few, many] = [one.shingles, other.shingles].toSorted((a, b) => a.length - b.length) as [
    Uint32Array,
    Uint32Array,
  ];
  // What is so much longer cannot be contained: no need to look.
  if (few.length < many.length * sameNote) return 0;
  return containment(many, few);
}

/** A note and what it is compared by. */
export interface KnownNote {
  readonly note: MemoryNote;
  readonly print: Print;
}

/** What is compared with known notes: what one source says is never the same note as what another does. */
export interface Compared {
  readonly note: Pick<MemoryNote, "kind" | "from">;
  readonly print: Print;
}

/** Notes, found by others that say the same. */
export class NotesByLikeness {
  readonly #notes = new Map<NoteId, KnownNote>();
  readonly #byShingle = new Map<number, NoteId[]>();

  get known(): readonly KnownNote[] {
    return [...this.#notes.values()];
  }

  get size(): number {
    return this.#notes.size;
  }

  get(id: NoteId): KnownNote | undefined {
    return this.#notes.get(id);
  }

  put(known: KnownNote): void {
    const before = this.#notes.get(known.note.id);
    this.#notes.set(known.note.id, known);
    if (before?.print === known.print) return;
    if (before !== undefined) this.#unlist(before);
    for (const shingle of telling(known.print)) {
      const listed = this.#byShingle.get(shingle);
      if (listed === undefined) this.#byShingle.set(shingle, [known.note.id]);
      else listed.push(known.note.id);
    }
  }

  delete(id: NoteId): void {
    const known = this.#notes.get(id);
    if (known === undefined) return;
    this.#notes.delete(id);
    this.#unlist(known);
  }

  /** The oldest note that says the same. */
  same(asked: Compared): KnownNote | undefined {
    const candidates = new Set([...telling(asked.print)].flatMap((shingle) => this.#byShingle.get(shingle) ?? []));
    const same = [...candidates].flatMap((id) => this.#notes.get(id) ?? []).filter((known) => areSame(known, asked));
    return same.length < 2 ? same[0] : this.known.find((known) => same.includes(known));
  }

  #unlist({ note, print }: KnownNote): void {
    for (const shingle of telling(print)) {
      const others = this.#byShingle.get(shingle)?.filter((id) => id !== note.id) ?? [];
      if (others.length === 0) this.#byShingle.delete(shingle);
      else this.#byShingle.set(shingle, others);
    }
  }
}

/**
 * So many of a text's least shingles that it has one of them in common with every text of which it could be the same
 * (prefix filtering, Chaudhuri, Ganti and Kaushik 2006): only these need be looked up.
 */
function telling({ shingles }: Print): Uint32Array {
  return shingles.subarray(0, shingles.length - Math.ceil(sameNote * shingles.length) + 1);
}

/**
 * Of two episodes told in almost the same words neither corrects the other, nor of two passages of a document: they are
 * the same in the same words alone.
 */
function areSame(one: Compared, other: Compared): boolean {
  const events = [one, other].filter(({ note }) => note.kind === "event").length;
  if (events === 1 || one.note.from?.location !== other.note.from?.location) return false;
  const verbatim = events === 2 || one.note.from !== undefined;
  return likeness(one.print, other.print) >= (verbatim ? 1 : sameNote);
}
