import type { JournalEvent, TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Actor } from "../kernel/contracts/person.ts";
import type { PersonId } from "../kernel/values/ids.ts";
import { transcriptOf } from "../kernel/values/transcript.ts";

/**
 * What happened in a world, as the world itself recorded it. Nothing that comes after a step changes how it is told: of
 * finished steps the entries alone are kept, each written once.
 */
export class Chronicle {
  readonly #names = new Map<PersonId, string>();
  readonly #finished: TranscriptEntry[] = [];
  /** Since the end of the last step. */
  #events: JournalEvent[] = [];
  #told: { readonly length: number; readonly entries: readonly TranscriptEntry[] } = { length: 0, entries: [] };

  /** These people may appear in what follows. */
  meet(people: readonly Actor[]): void {
    for (const person of people) this.#names.set(person.id, person.name);
  }

  add(event: JournalEvent): void {
    this.#events.push(event);
    if (event.type !== "step-finished") return;
    for (const entry of transcriptOf(this.#events, { names: this.#names })) this.#finished.push(entry);
    this.#events = [];
  }

  /** Everything once, in order; `unsettled` are the turns of a step that was cut short. */
  transcript(unsettled: readonly JournalEvent[]): readonly TranscriptEntry[] {
    const open = transcriptOf([...this.#events, ...unsettled], { names: this.#names });
    const length = this.#finished.length + open.length;
    if (this.#told.length !== length) this.#told = { length, entries: [...this.#finished, ...open] };
    return this.#told.entries;
  }
}
