import type { JournalEvent, TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Actor } from "../kernel/contracts/person.ts";
import type { PersonId } from "../kernel/values/ids.ts";
import { transcriptOf } from "../kernel/values/transcript.ts";

/** What happened in a world, as the world itself recorded it. */
export class Chronicle {
  readonly #events: JournalEvent[] = [];
  readonly #names = new Map<PersonId, string>();
  #told: { readonly length: number; readonly entries: readonly TranscriptEntry[] } = { length: 0, entries: [] };

  /** These people may appear in what follows. */
  meet(people: readonly Actor[]): void {
    for (const person of people) this.#names.set(person.id, person.name);
  }

  add(event: JournalEvent): void {
    this.#events.push(event);
  }

  /** Everything once, in order; `unsettled` are the turns of a step that was cut short. */
  transcript(unsettled: readonly JournalEvent[]): readonly TranscriptEntry[] {
    const length = this.#events.length + unsettled.length;
    if (this.#told.length !== length) {
      this.#told = { length, entries: transcriptOf([...this.#events, ...unsettled], { names: this.#names }) };
    }
    return this.#told.entries;
  }
}
