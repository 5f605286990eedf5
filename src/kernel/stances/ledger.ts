import type { JournalEvent, StanceTaken } from "../contracts/events.ts";
import type { EventId, PersonId } from "../values/ids.ts";
import { sameTopic } from "./topic.ts";

/** What somebody holds about a topic. */
export interface Stance extends Pick<StanceTaken, "topic" | "stance" | "firmness" | "because"> {
  readonly id: EventId;
  /** The event since which they hold it so, and its simulated time (ISO 8601). */
  readonly since: EventId;
  readonly time?: string;
  /** How firmly they held it then: many small steps are a change, too. */
  readonly firmnessThen: number;
  /** All events that it rests on. */
  readonly causes: readonly EventId[];
  readonly fromPersona: boolean;
}

/** What each person holds, the oldest topic first. */
export type StanceLedger = ReadonlyMap<PersonId, readonly Stance[]>;

/** From this difference in firmness on a stance has changed, though it is on the same side. */
const firmnessKept = 0.25;

/** What everybody holds after these events. */
export function stanceLedger(events: Iterable<JournalEvent>): StanceLedger {
  const ledger = new Map<PersonId, readonly Stance[]>();
  for (const event of events) {
    if (event.type !== "stance-taken") continue;
    ledger.set(event.person, withStance(ledger.get(event.person) ?? [], event));
  }
  return ledger;
}

/** What somebody holds after one more event. */
export function withStance(held: readonly Stance[], event: JournalEvent<StanceTaken>): readonly Stance[] {
  const { id, topic, stance, firmness, because, grounds, causes } = event;
  const before = held.find((one) => one.id === event.before) ?? held.find((one) => sameTopic(one.topic, topic));
  const kept = grounds === "kept" && before !== undefined;
  const since = kept ? before.since : id;
  const time = kept ? before.time : event.time;
  const taken: Stance = {
    ...{ id, topic: before?.topic ?? topic, stance, firmness, because, since },
    ...(time !== undefined && { time }),
    firmnessThen: kept ? before.firmnessThen : firmness,
    causes: kept ? [...new Set([...before.causes, ...causes])] : causes,
    fromPersona: grounds === "persona",
  };
  return before === undefined ? [...held, taken] : held.map((one) => (one === before ? taken : one));
}

/** Whether somebody who held the one and holds the other has moved since they came to hold it. */
export function hasMoved(before: Stance, after: Pick<Stance, "stance" | "firmness">): boolean {
  return before.stance !== after.stance || Math.abs(before.firmnessThen - after.firmness) > firmnessKept;
}

/**
 * A stance as a number from -1, firmly against, to 1, firmly for.
 * @example
 * positionOf({ stance: "against", firmness: 0.5 }); // => -0.5
 */
export function positionOf({ stance, firmness }: Pick<Stance, "stance" | "firmness">): number {
  return stance === "undecided" ? 0 : stance === "for" ? firmness : -firmness;
}
