import type { JournalEvent } from "../../kernel/contracts/events.ts";
import type { Action } from "../../kernel/contracts/person.ts";
import type { Hearers } from "../../kernel/contracts/world/events.ts";
import { stemOf, wordsOf } from "../../kernel/language/terms.ts";
import { checkKeys } from "../../kernel/text/known-keys.ts";
import type { EventId, PersonId, WorldId } from "../../kernel/values/ids.ts";
import { FeedPages } from "./feed-pages.ts";

/** How somebody first came to a statement. */
export interface SpreadRow {
  readonly person: PersonId;
  readonly name: string;
  /**
   * `told` and `overheard`: by somebody here; `read`: in a social feed, of whoever wrote or reposted it; `broadcast` and
   * `outside`: to all, or to them alone, by nobody of the run; `own`: they said it without having heard it.
   */
  readonly how: "told" | "overheard" | "read" | "broadcast" | "outside" | "own";
  /** From whom; absent at the root of a tree. */
  readonly from?: string;
  /** The step of the world in which it came; absent before the first and outside of worlds. */
  readonly step?: number;
  /** Simulated time, ISO 8601. */
  readonly time?: string;
  /** How often it was passed on before it came here; 0 at the root. */
  readonly generation: number;
  /** How many heard it first from this person. */
  readonly passedOn: number;
  /** The event that brought it. */
  readonly event: EventId;
}

/** Which words count as the statement: all words of a text, whatever their order and endings; a pattern; or a test. */
export type SpreadStatement = string | RegExp | ((text: string) => boolean);

/** What of a run counts. */
export interface SpreadOptions {
  /**
   * `false` passes over what nobody of the run tells many at once, as a question to all that has the statement's words:
   * what counts is what people tell each other. Default true.
   */
  readonly broadcasts?: boolean;
}

/**
 * Who came to a statement first from whom, at which step: a row for each person whom it reached, in the order of
 * reaching them; `from` makes trees of them. Read from what was delivered; nobody is asked. OPTION_INVALID for an option
 * that there is not.
 * @param events a run's story, in the order in which it was told
 * @example
 * spreadOf(await Array.fromAsync(simulation.story()), "The bakery closes"); // => []
 */
export function spreadOf(
  events: readonly JournalEvent[],
  statement: SpreadStatement,
  options: SpreadOptions = {},
): readonly SpreadRow[] {
  checkKeys(options, { broadcasts: true }, "the options of a spread");
  const { broadcasts = true } = options;
  const trace = new Trace(events, { says: testOf(statement), broadcasts });
  for (const event of events) trace.follow(event);
  return trace.rows();
}

function testOf(statement: SpreadStatement): (text: string) => boolean {
  if (typeof statement === "function") return statement;
  if (typeof statement !== "string") return (text) => new RegExp(statement.source, statement.flags).test(text);
  const wanted = wordsOf(statement).map(stemOf);
  return (text) => {
    const said = new Set(wordsOf(text).map(stemOf));
    return wanted.length > 0 && wanted.every((word) => said.has(word));
  };
}

type Turned = Extract<JournalEvent, { type: "turn" }>;
type Arrival = Omit<SpreadRow, "generation" | "passedOn" | "name" | "from"> & { readonly from?: PersonId };

class Trace {
  readonly #says: (text: string) => boolean;
  readonly #broadcasts: boolean;
  readonly #names = new Map<PersonId, string>();
  readonly #turns = new Map<EventId, Turned>();
  /** What came about in the place of what somebody did; undefined where nothing did. */
  readonly #instead = new Map<string, Action | undefined>();
  readonly #feeds = new Map<WorldId, FeedPages>();
  readonly #here = new Map<WorldId, Set<PersonId>>();
  readonly #steps = new Map<WorldId, number>();
  readonly #arrivals = new Map<PersonId, Arrival>();

  constructor(
    events: readonly JournalEvent[],
    { says, broadcasts }: { readonly says: (text: string) => boolean; readonly broadcasts: boolean },
  ) {
    this.#says = says;
    this.#broadcasts = broadcasts;
    for (const event of events) {
      if (event.type === "turn") this.#turns.set(event.id, event);
      if (event.type === "turn" || event.type === "person-created") this.#names.set(event.person, event.name);
      if (event.type === "resolved" && event.outcome !== "accepted") this.#instead.set(event.action, event.instead);
      if (event.type === "exposed" && !this.#feeds.has(event.world)) this.#feeds.set(event.world, new FeedPages(says));
    }
  }

  follow(event: JournalEvent): void {
    switch (event.type) {
      case "world-created":
        this.#here.set(event.world, new Set(event.people));
        return;
      case "person-entered":
        this.#here.get(event.world)?.add(event.person);
        return;
      case "person-left":
        this.#here.get(event.world)?.delete(event.person);
        return;
      case "step-started":
        this.#steps.set(event.world, event.step);
        return;
      case "stimulus":
        if (event.stimulus.via === undefined && this.#says(event.stimulus.content)) this.#outside(event);
        return;
      case "broadcast":
        if (this.#says(event.stimulus.content)) this.#broadcast(event);
        return;
      case "delivered":
        if (this.#says(this.#wordsOf(event.action))) this.#spoken(event, event.to, "told");
        return;
      case "overheard":
        if (this.#says(this.#wordsOf(event.action))) this.#spoken(event, event.by, "overheard");
        return;
      case "acted":
        this.#written(event);
        return;
      case "exposed":
        this.#read(event);
        return;
      default:
    }
  }

  rows(): readonly SpreadRow[] {
    const passedOn = new Map<PersonId, number>();
    for (const { from } of this.#arrivals.values())
      if (from !== undefined) passedOn.set(from, (passedOn.get(from) ?? 0) + 1);
    const generations = new Map<PersonId, number>();
    return [...this.#arrivals.values()].map(({ from, ...arrival }) => {
      const { person } = arrival;
      const generation = from === undefined ? 0 : (generations.get(from) ?? 0) + 1;
      generations.set(person, generation);
      const { how, event, ...when } = arrival;
      const whence = from === undefined ? {} : { from: this.#nameOf(from) };
      const name = this.#nameOf(person);
      return { ...when, name, how, ...whence, generation, passedOn: passedOn.get(person) ?? 0, event };
    });
  }

  #outside(event: Extract<JournalEvent, { type: "stimulus" }>): void {
    this.#arrive({ person: event.person, how: "outside", ...timeOf(event), event: event.id });
  }

  #broadcast(event: Extract<JournalEvent, { type: "broadcast" }>): void {
    const source = event.stimulus.source;
    const from = [...(this.#here.get(event.world) ?? [])].find((one) => this.#nameOf(one) === source);
    if (from !== undefined) this.#spoken({ ...event, from }, event.to, "told");
    else if (this.#broadcasts)
      for (const person of this.#hearers(event.world, event.to)) {
        this.#arrive({ person, how: "broadcast", ...this.#when(event), event: event.id });
      }
  }

  #spoken(event: Spoken, to: Hearers, how: "told" | "overheard"): void {
    const { from, id } = event;
    const when = this.#when(event);
    this.#arrive({ person: from, how: "own", ...when, event: id });
    for (const person of this.#hearers(event.world, to)) this.#arrive({ person, how, from, ...when, event: id });
  }

  /** What somebody wrote in a feed. */
  #written(event: Extract<JournalEvent, { type: "acted" }>): void {
    const pages = this.#feeds.get(event.world);
    if (pages === undefined) return;
    const { person, id, turn } = event;
    for (const place of this.#turns.get(turn)?.actions.keys() ?? []) {
      const action = this.#actionOf(`${turn}.${place}`);
      if (action !== undefined && pages.did(person, action))
        this.#arrive({ person, how: "own", ...this.#when(event), event: id });
    }
  }

  #read(event: Extract<JournalEvent, { type: "exposed" }>): void {
    const from = this.#feeds.get(event.world)?.broughtBy(event);
    if (from === undefined) return;
    this.#arrive({ person: event.person, how: "read", from, ...this.#when(event), event: event.id });
  }

  #arrive(arrival: Arrival): void {
    if (!this.#arrivals.has(arrival.person)) this.#arrivals.set(arrival.person, arrival);
  }

  #hearers(world: WorldId, to: Hearers): Iterable<PersonId> {
    return to === "everyone" ? (this.#here.get(world) ?? []) : to;
  }

  #when(event: { readonly world: WorldId; readonly time?: string }) {
    const step = this.#steps.get(event.world);
    return { ...(step !== undefined && { step }), ...timeOf(event) };
  }

  #wordsOf(reference: string): string {
    return this.#actionOf(reference)?.content ?? "";
  }

  /** An action as it came about, if it did. */
  #actionOf(reference: string): Action | undefined {
    if (this.#instead.has(reference)) return this.#instead.get(reference);
    const at = reference.lastIndexOf(".");
    return this.#turns.get(reference.slice(0, at))?.actions[Number(reference.slice(at + 1))];
  }

  #nameOf(person: PersonId): string {
    return this.#names.get(person) ?? person;
  }
}

interface Spoken {
  readonly id: EventId;
  readonly world: WorldId;
  readonly from: PersonId;
  readonly time?: string;
}

const timeOf = ({ time }: { readonly time?: string }) => (time === undefined ? {} : { time });
