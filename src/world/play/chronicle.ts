import type { JournalEvent, TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Actor } from "../../kernel/contracts/person.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { transcriptOf } from "../../kernel/values/transcript.ts";

/**
 * What happened in a world, as the world itself recorded it. Nothing that comes after a step changes how it is told: of
 * finished steps the entries alone are kept, each written once.
 */
export class Chronicle {
  readonly #names = new Map<PersonId, string>();
  readonly #finished: TranscriptEntry[] = [];
  /** Since the end of the last step. */
  #events: JournalEvent[] = [];
  /** What was last handed out, with so many turns unsettled; an event that is added may change what stands in it. */
  #told: { readonly unsettled: number; readonly entries: readonly TranscriptEntry[] } | undefined;

  /** These people may appear in what follows. */
  meet(people: readonly Actor[]): void {
    for (const person of people) this.#names.set(person.id, person.name);
  }

  add(event: JournalEvent): void {
    this.#events.push(event);
    this.#told = undefined;
    if (event.type !== "step-finished") return;
    for (const entry of transcriptOf(this.#events, { names: this.#names })) this.#finished.push(entry);
    this.#events = [];
  }

  /** Everything once, in order; `unsettled` are the turns of a step that was cut short. */
  transcript(unsettled: readonly JournalEvent[]): readonly TranscriptEntry[] {
    if (this.#told?.unsettled !== unsettled.length) {
      const open = transcriptOf([...this.#events, ...unsettled], { names: this.#names });
      this.#told = { unsettled: unsettled.length, entries: [...this.#finished, ...open] };
    }
    return this.#told.entries;
  }
}
