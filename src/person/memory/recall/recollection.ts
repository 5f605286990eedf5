import type { Context, Place } from "../../../kernel/contracts/context.ts";
import type { MemoryNote } from "../../../kernel/contracts/memory/notes.ts";
import type { EventId } from "../../../kernel/values/ids.ts";
import type { InView } from "../history/parts.ts";
import { estimateTokens } from "../token-estimate.ts";
import { chooseDiverse } from "./choose.ts";
import { eventOf, type IndexedNote, NoteIndex } from "./note-index.ts";
import type { RecallSettings } from "./options.ts";
import { recencyOf, scoreOf } from "./score.ts";

/** The notes of a person as they are now. */
export interface Notes {
  readonly size: number;
  /** Oldest first. */
  readonly notes: readonly MemoryNote[];
  /** Another number after every change. */
  readonly version: number;
}

/** A moment in which something may come to mind. */
export interface RecallMoment {
  /** What it is about, in words. */
  readonly about: string;
  /** Simulated time, when there is a calendar. */
  readonly now: Date | undefined;
  /** How many events the person's life has so far, and which they are, in their order. */
  readonly events: number;
  readonly lived: () => readonly EventId[];
  readonly most: number;
  readonly tokens: number;
  /** What stands before the person's eyes: notes that rest on this alone need not come to mind. */
  readonly inView?: InView;
}

/** A note that came to mind. */
export interface Recalled {
  readonly note: MemoryNote;
  /** relevance × recency × importance, to the power of their weights. */
  readonly score: number;
}

/** Notes that have less to do with a moment than this do not come to mind in it. */
const leastRelevance = 0.2;
/** The best by score, of which those are chosen that are not alike. */
const candidates = 48;
const millisecondsOfADay = 86_400_000;

interface Scored {
  readonly place: IndexedNote;
  readonly score: number;
}

interface Indexed {
  readonly index: NoteIndex;
  readonly version: number;
}

/**
 * Finds what comes to a person's mind. Its index of notes and vectors stands on the run's shelf, and is made again from
 * the notes and the store when it had to give way.
 */
export class Recollection {
  readonly #context: Context;
  readonly #settings: RecallSettings;
  readonly #place: Place<Indexed>;
  #updating: Promise<unknown> = Promise.resolve();

  constructor(context: Context, settings: RecallSettings) {
    this.#context = context;
    this.#settings = settings;
    this.#place = context.shelf.place();
  }

  /** The notes that come to mind, best first; none, and nothing embedded, where there are none. */
  async recall(book: Notes, moment: RecallMoment): Promise<readonly Recalled[]> {
    if (book.size === 0 || moment.most === 0 || moment.about.trim() === "") return [];
    const [index, vectors] = await Promise.all([
      this.#indexOf(book, moment.lived),
      this.#context.vectors.of([moment.about]),
    ]);
    const best = this.#best(index, moment, vectors?.[0]);
    const chosen = chooseDiverse(
      best.map(({ place, score }) => ({ place, score, tokens: estimateTokens(place.note.text) })),
      { ...moment, likeness: (one, other) => index.likeness(one.place.slot, other.place.slot) },
    );
    return chosen.map(({ place, score }) => ({ note: place.note, score }));
  }

  /** The few with the highest scores, highest first; of two that are equal, the newer first. */
  #best(index: NoteIndex, moment: RecallMoment, vector: Float32Array | undefined): readonly Scored[] {
    const relevances = index.relevances({ text: moment.about, vector });
    const { relevance: weight } = this.#settings.weights;
    const best: Scored[] = [];
    index.notes.forEach((place, at) => {
      const relevance = relevances[at] ?? 0;
      const least = best.length < candidates ? 0 : (best.at(-1)?.score ?? 0);
      // No note scores more than its relevance: most are out before the rest is looked at.
      if (relevance < leastRelevance || relevance ** weight < least || isInView(place.note, moment.inView)) return;
      const score = this.#score(place, relevance, moment);
      if (score < least) return;
      const before = best.findIndex((other) => other.score <= score);
      best.splice(before === -1 ? best.length : before, 0, { place, score });
      if (best.length > candidates) best.pop();
    });
    return best;
  }

  #score({ note, time, event }: IndexedNote, relevance: number, { now, events }: RecallMoment): number {
    const { halfLife, weights } = this.#settings;
    const days = now === undefined ? Number.NaN : (now.getTime() - time) / millisecondsOfADay;
    const recency = Number.isNaN(days) ? recencyOf(events - event, halfLife.events) : recencyOf(days, halfLife.days);
    return scoreOf({ relevance, recency, importance: note.importance }, weights);
  }

  /** One update at a time: two at once would both add what is new. */
  #indexOf(book: Notes, lived: RecallMoment["lived"]): Promise<NoteIndex> {
    const updated = this.#updating
      .catch(() => undefined) // whoever began it hears of the failure
      .then(async () => {
        const { index, version } = this.#place.take() ?? { index: new NoteIndex(), version: Number.NaN };
        if (version === book.version) return index;
        await index.update(book.notes, { vectors: this.#context.vectors, lived: lived() });
        this.#place.put({ index, version: book.version }, index.bytes);
        return index;
      });
    this.#updating = updated;
    return updated;
  }
}

function isInView({ sources, text }: MemoryNote, inView: InView | undefined): boolean {
  if (inView === undefined) return false;
  return inView.texts.has(text) || (sources.length > 0 && sources.every((id) => inView.events.has(eventOf(id))));
}
