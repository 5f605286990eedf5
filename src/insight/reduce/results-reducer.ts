import type { Subject } from "../../kernel/contracts/context.ts";
import type { EventBody, EventType, JournalEvent, TranscriptEntry } from "../../kernel/contracts/events.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { transcriptOf } from "../../kernel/values/transcript.ts";
import { type Column, type Table, tableOf } from "../../table/table.ts";
import { checkedFilter, type EntryFilter, isFor, type Reduced, type Rule } from "./rule.ts";

type EventOf<T extends EventType> = JournalEvent<Extract<EventBody, { readonly type: T }>>;

/**
 * Makes typed rows of what happened, by rules and without a model: each entry goes through every rule that is for it, in the
 * order of the entries and then of the rules.
 * @example
 * const reducer = new ResultsReducer().on({ type: "TALK" }, ({ from, text }) => ({ from, letters: text.length }));
 * reducer.reduce(simulation.people).columns; // typed as their values are
 */
export class ResultsReducer {
  readonly #columns: readonly Column[];
  readonly #rules: Rule[] = [];

  /** `columns` stand first, with their types, whether or not there are rows. */
  constructor({ columns = [] }: { readonly columns?: readonly Column[] } = {}) {
    this.#columns = columns;
  }

  /** Adds a rule for entries of transcripts. Throws OPTION_INVALID for a direction of nobody. */
  on(filter: EntryFilter, rowOf: (entry: TranscriptEntry) => Reduced): this {
    this.#rules.push({ filter: checkedFilter(filter), rowOf });
    return this;
  }

  /** Adds a rule for events of a type, as in `voted`: stories alone have them. */
  onEvent<T extends EventType>(event: T, rowOf: (event: EventOf<T>) => Reduced): this {
    this.#rules.push({ event, rowOf: rowOf as (event: JournalEvent) => Reduced });
    return this;
  }

  /**
   * What people or worlds lived through, one after the other; what several perceived is an entry of each.
   * Throws OPTION_INVALID when a rule wants events.
   */
  reduce(subjects: Subject | readonly Subject[]): Table {
    const wanting = this.#rules.find((rule) => "event" in rule);
    if (wanting !== undefined) throw noEvents("event" in wanting ? wanting.event : "");
    return this.#table(
      [subjects].flat().flatMap((subject) => subject.transcript().flatMap((entry) => this.#of(entry))),
    );
  }

  /**
   * A story (`simulation.story()`, or `readStory(store, run)` of a stored run): each thing once, what events say where
   * they stand and after the entries of the transcript.
   */
  async reduceStory(story: AsyncIterable<JournalEvent> | Iterable<JournalEvent>): Promise<Table> {
    const events = await Array.fromAsync(story);
    const rows = transcriptOf(events).flatMap((entry) => this.#of(entry));
    const told = events.flatMap((event) =>
      this.#rules.flatMap((rule) => ("event" in rule && rule.event === event.type ? listed(rule.rowOf(event)) : [])),
    );
    return this.#table([...rows, ...told]);
  }

  #of(entry: TranscriptEntry): readonly object[] {
    return this.#rules.flatMap((rule) =>
      "filter" in rule && isFor(rule.filter, entry) ? listed(rule.rowOf(entry)) : [],
    );
  }

  #table(rows: readonly object[]): Table {
    return tableOf(rows, { columns: this.#columns });
  }
}

function listed(reduced: Reduced): readonly object[] {
  if (reduced === null || reduced === undefined) return [];
  return Array.isArray(reduced) ? reduced : [reduced];
}

function noEvents(event: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `People and worlds have transcripts, without events like '${event}'.`, {
    data: { option: "onEvent", value: event },
    hint: "Reduce the story of the run: await reducer.reduceStory(simulation.story()).",
  });
}
