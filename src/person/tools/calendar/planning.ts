import type { Outcome } from "../../../kernel/contracts/person.ts";
import type { Zone } from "../../../kernel/time/zone.ts";
import type { PersonId } from "../../../kernel/values/ids.ts";
import {
  type Attendee,
  type CalendarChange,
  type CalendarEvent,
  collisions,
  type Entries,
  isCalled,
  oneLine,
  spanOf,
} from "./events.ts";
import { isoOf, momentOf, type Span } from "./moments.ts";
import { whenAndWhere } from "./wording.ts";

/** What comes of an action: a change and what the person is told of it, or why there is none. */
export type Plan = { readonly change: CalendarChange; readonly text: string } | { readonly refused: Outcome };

/** Who plans, when, and what they see of the calendar. */
export interface Planner {
  readonly who: { readonly id: PersonId; readonly name: string };
  readonly entries: Entries;
  readonly now: Date | undefined;
  /** By whose clocks times are written. */
  readonly zone: Zone;
}

/** A new entry, as a person writes it. */
export interface EventWritten {
  readonly title: string;
  readonly start: string;
  readonly end?: string | undefined;
  readonly place?: string | undefined;
  readonly attendees?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

const hour = 3_600_000;

/** A new entry of one's own; without an end it takes an hour. */
export function planned(written: EventWritten, planner: Planner): Plan {
  const { who, entries } = planner;
  const time = timeOf({ ...written, length: hour }, planner);
  if ("refused" in time) return time;
  const id = freeId(who.id, entries);
  const event = eventOf(written, { id, organizer: who.name, zone: planner.zone, ...time });
  const busy = event.attendees.flatMap(({ name }) =>
    collisions(entries, name, time).map((other) => ` ${name} has “${other.title}” then.`),
  );
  const invited = event.attendees.map((one) => one.name).join(", ");
  const guests = invited === "" ? "" : ` To be invited: ${invited}.`;
  const text = `“${event.title}” is in the calendar as ${id}: ${whenAndWhere(event)}.${guests}${busy.join("")}`;
  return { change: { kind: "create", event }, text };
}

/** Numbered by person, so that nobody's numbers depend on what others do meanwhile. */
function freeId(person: PersonId, entries: Entries): string {
  const own = [...entries.keys()].filter((id) => id.slice(0, id.lastIndexOf("-")) === person);
  return `${person}-${own.length + 1}`;
}

interface EventPlace extends Span {
  readonly id: string;
  readonly organizer: string;
  readonly zone: Zone;
}

/** An entry as it was written, in one line a field. */
export function eventOf(written: EventWritten, { id, organizer, from, to, zone }: EventPlace): CalendarEvent {
  const [place, description] = [written.place, written.description].map((text = "") => oneLine(text));
  return {
    ...{ id, title: oneLine(written.title), start: isoOf(from, zone), end: isoOf(to, zone), organizer, revision: 0 },
    ...(place && { place }),
    ...(description && { description }),
    attendees: guests(written.attendees ?? [], organizer),
  };
}

function guests(written: readonly string[], organizer: string): readonly Attendee[] {
  const names = new Set(written.map(oneLine).filter((name) => name !== "" && !isCalled(name, organizer)));
  return [...names].map((name) => ({ name, answer: "invited" }));
}

/** Another time for an entry of one's own; without an end it takes as long as before. */
export function moved(args: { event: string; start: string; end?: string | undefined }, planner: Planner): Plan {
  const event = ownEvent(args.event, planner);
  if ("refused" in event) return event;
  const { from, to } = spanOf(event);
  const time = timeOf({ ...args, length: to - from, mine: event }, planner);
  if ("refused" in time) return time;
  const [start, end] = [isoOf(time.from, planner.zone), isoOf(time.to, planner.zone)];
  const text = `“${event.title}” (${event.id}) is moved to ${whenAndWhere({ ...event, start, end })}.`;
  return { change: { kind: "move", id: event.id, start, end }, text };
}

/** An entry of one's own is called off. */
export function cancelled(args: { event: string }, planner: Planner): Plan {
  const event = ownEvent(args.event, planner);
  if ("refused" in event) return event;
  return { change: { kind: "cancel", id: event.id }, text: `“${event.title}” (${event.id}) is cancelled.` };
}

/** An answer to an invitation; whoever has the calendar may come to what they were not invited to. */
export function answered(args: { event: string; answer: "accept" | "decline" }, planner: Planner): Plan {
  const { who, entries } = planner;
  const event = found(args.event, entries);
  if ("refused" in event) return event;
  if (event.organizer === who.name) return no("OWN_EVENT", "event", `“${event.title}” is your own.`);
  const taken = collision(planner, spanOf(event), event);
  if (args.answer === "accept" && taken !== undefined) return taken;
  const answer = args.answer === "accept" ? "accepted" : "declined";
  const change: CalendarChange = { kind: "answer", id: event.id, revision: event.revision, name: who.name, answer };
  return { change, text: `You ${answer} “${event.title}” (${event.id}), ${whenAndWhere(event)}.` };
}

type Refused = { readonly refused: Outcome };

function found(id: string, entries: Entries): CalendarEvent | Refused {
  const event = entries.get(oneLine(id));
  if (event === undefined) return no("EVENT_UNKNOWN", "event", `The calendar has no event ${oneLine(id)}.`);
  if (event.cancelled) return no("EVENT_CANCELLED", "event", `“${event.title}” (${event.id}) was cancelled.`);
  return event;
}

function ownEvent(id: string, { who, entries }: Planner): CalendarEvent | Refused {
  const event = found(id, entries);
  if ("refused" in event || event.organizer === who.name) return event;
  return no("NOT_ORGANIZER", "event", `“${event.title}” (${event.id}) is ${event.organizer}'s.`);
}

interface TimeWritten {
  readonly start: string;
  readonly end?: string | undefined;
  /** How long it takes where no end is said, in milliseconds. */
  readonly length: number;
  /** The event that is moved: it does not stand in its own way. */
  readonly mine?: CalendarEvent;
}

/** The time that is meant, when the person is free then. */
function timeOf({ start, end, length, mine }: TimeWritten, planner: Planner): Span | Refused {
  const from = momentOf(start, planner.zone);
  if (from === undefined) return no("TIME_INVALID", "start", `${oneLine(start)} is no time of any day.`);
  const to = end === undefined ? from + length : momentOf(end, planner.zone);
  if (to === undefined) return no("TIME_INVALID", "end", `${oneLine(end ?? "")} is no time of any day.`);
  if (to <= from) return no("TIME_ORDER", "end", "It has to end after it starts.");
  const { now } = planner;
  if (now !== undefined && from < now.getTime()) return no("TIME_PAST", "start", "That time is over.");
  return collision(planner, { from, to }, mine) ?? { from, to };
}

function collision({ who, entries }: Planner, time: Span, mine?: CalendarEvent): Refused | undefined {
  const [other] = collisions(entries, who.name, time).filter((event) => event.id !== mine?.id);
  if (other === undefined) return undefined;
  const text = `You have “${other.title}” (${other.id}) then, ${whenAndWhere(other)}.`;
  return { refused: { text, failed: { code: "CONFLICT", issues: [{ path: "event", message: other.id }] } } };
}

/** A refusal, and which argument is the matter. */
function no(code: string, path: string, message: string): Refused {
  return { refused: { text: message, failed: { code, issues: [{ path, message }] } } };
}
