import type { Context } from "../../../kernel/contracts/context.ts";
import type { JournalEvent, StanceTaken, TurnTaken } from "../../../kernel/contracts/events.ts";
import type { ActionKind, ActorView, Note } from "../../../kernel/contracts/faculty.ts";
import { hasMoved, type Stance, withStance } from "../../../kernel/stances/ledger.ts";
import { sameTopic } from "../../../kernel/stances/topic.ts";
import type { EventId } from "../../../kernel/values/ids.ts";
import { lineOf } from "../../../persona/plain-text.ts";
import type { Persona } from "../../../persona/schema.ts";
import type { StimulusEpisode } from "../../memory/episodic-log.ts";
import { groundsFor, type Impression, impressionOf, lookedUp } from "./grounds.ts";
import { type Held, heldIn } from "./hold-action.ts";

/** How a person keeps to what they hold. */
export interface StanceOptions {
  /** Whether the person is told when they change their mind without a cause. */
  readonly feedback?: boolean;
}

/** Beliefs and tastes are held firmly, but not beyond any reason; our own reading. */
const firmnessOfPersona = 0.7;
const notesShown = 8;
const impressionsKept = 64;

/** What is kept of a turn for the stances. */
export interface SettledTurn {
  readonly event: JournalEvent<TurnTaken>;
  readonly presented: readonly StimulusEpisode[];
  readonly kinds: ReadonlyMap<string, ActionKind>;
}

/** A change of mind without a cause, and the event that records it. */
export interface Unfounded {
  readonly id: EventId;
  readonly text: string;
}

/**
 * What one person holds, how firmly, since when and why. It begins with the persona's beliefs, likes and dislikes; then
 * the person declares what they hold by HOLD. All of it stands in the journal.
 */
export class StanceKeeper {
  readonly #context: Context;
  readonly #who: ActorView;
  readonly #feedback: boolean;
  #held: readonly Stance[] = [];
  /** How much had been perceived when somebody came to hold a stance, by the event since which they do. */
  readonly #seenUntil = new Map<EventId, number>();
  #impressions: readonly Impression[] = [];
  #seen = 0;

  constructor(who: ActorView, context: Context, options: StanceOptions) {
    this.#who = who;
    this.#context = context;
    this.#feedback = options.feedback ?? false;
  }

  get held(): readonly Stance[] {
    return this.#held;
  }

  /** Takes over what a persona holds that was not held before. */
  begin(persona: Persona, cause: EventId): void {
    const { beliefs = [], preferences } = persona;
    const entries = [
      ...[...beliefs, ...(preferences?.likes ?? [])].map((item) => ({ topic: lineOf(item), stance: "for" as const })),
      ...(preferences?.dislikes ?? []).map((item) => ({ topic: lineOf(item), stance: "against" as const })),
    ];
    for (const entry of entries) {
      if (entry.topic === "" || this.#held.some((one) => one.topic === entry.topic)) continue;
      this.#record({ ...entry, firmness: firmnessOfPersona, because: "", grounds: "persona", causes: [cause] });
    }
  }

  /** Holds what was held at the end of an earlier run, since the beginning of this one. */
  restore(saved: readonly (Held & Pick<Stance, "causes">)[]): void {
    for (const held of saved) {
      const before = this.#held.find((one) => sameTopic(one.topic, held.topic));
      this.#record({ ...held, grounds: "first", ...(before !== undefined && { before: before.id }) });
    }
  }

  /** Holds what another one holds, for the same reasons. */
  takeOver(other: StanceKeeper): void {
    this.#held = other.#held;
    for (const [since, seen] of other.#seenUntil) this.#seenUntil.set(since, seen);
    this.#impressions = other.#impressions;
    this.#seen = other.#seen;
  }

  /** What the person reads of it: what they came to hold since; what the persona says they read there. */
  notes(): readonly Note[] {
    const own = this.#held.filter((one) => !one.fromPersona).slice(-notesShown);
    return own.map(({ topic, stance, firmness, because }) => ({
      text: `What you hold on “${topic}”: ${stance}, firmness ${firmness}${because === "" ? "" : `, because ${because}`}`,
    }));
  }

  /** Records what a committed turn declares; returns the changes without a cause that the person is to be told of. */
  settle({ event, presented, kinds }: SettledTurn): readonly Unfounded[] {
    const heard = presented.flatMap(({ id, stimulus }) => impressionOf(id, stimulus) ?? []);
    const asked = event.actions.flatMap((action, index) =>
      kinds.get(action.type)?.kind === "query" ? [lookedUp(`${event.id}.${index}`, action)] : [],
    );
    this.#seen += heard.length + asked.length;
    this.#impressions = [...this.#impressions, ...heard, ...asked].slice(-impressionsKept);
    const unfounded = heldIn(event.actions).flatMap((held) => this.#take(held) ?? []);
    return this.#feedback ? unfounded : [];
  }

  #take(held: Held): Unfounded | undefined {
    const before = this.#held.find((one) => sameTopic(one.topic, held.topic));
    const { grounds, causes } = this.#groundsOf(held, before);
    const taken = this.#record({ ...held, grounds, causes, ...(before !== undefined && { before: before.id }) });
    if (grounds !== "none" || before === undefined) return undefined;
    return { id: taken.id, text: unfoundedText(before, held) };
  }

  #groundsOf(held: Held, before: Stance | undefined): Pick<StanceTaken, "grounds" | "causes"> {
    const fresh = this.#seen - (before === undefined ? 0 : (this.#seenUntil.get(before.since) ?? 0));
    const impressions = fresh === 0 ? [] : this.#impressions.slice(-fresh);
    const found = groundsFor(`${held.topic} ${before?.topic ?? ""} ${held.because}`, impressions);
    if (before === undefined) return { grounds: "first", causes: found.causes };
    return hasMoved(before, held) ? found : { grounds: "kept", causes: found.causes };
  }

  #record(body: Omit<StanceTaken, "type" | "person">): JournalEvent<StanceTaken> {
    const event = this.#context.journal.record({ type: "stance-taken", person: this.#who.id, ...body });
    this.#held = withStance(this.#held, event);
    if (body.grounds !== "kept") this.#seenUntil.set(event.id, this.#seen);
    return event;
  }
}

function unfoundedText(before: Stance, { stance, firmness }: Held): string {
  const from = `${before.stance} (firmness ${before.firmness})`;
  const to = `${stance} (firmness ${firmness})`;
  return `On “${before.topic}” you moved from ${from} to ${to}, though nobody gave you a reason and you saw nothing new. Keep to what you held, or know what it was that moved you.`;
}
