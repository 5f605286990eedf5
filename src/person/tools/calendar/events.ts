import { withoutControls } from "../../../kernel/text/controls.ts";
import { slug } from "../../../kernel/values/ids.ts";
import { overlap, type Span } from "./moments.ts";

/** Somebody who is to come. */
export interface Attendee {
  readonly name: string;
  readonly answer: "invited" | "accepted" | "declined";
}

/** An entry of a calendar. */
export interface CalendarEvent {
  readonly id: string;
  readonly title: string;
  /** Simulated time, ISO 8601. */
  readonly start: string;
  readonly end: string;
  readonly place?: string;
  readonly description?: string;
  readonly organizer: string;
  readonly attendees: readonly Attendee[];
  /** How often it was moved or cancelled: an answer holds for what was answered. */
  readonly revision: number;
  readonly cancelled?: true;
}

/** All entries by their ids, in the order in which they were made. */
export type Entries = ReadonlyMap<string, CalendarEvent>;

/** What somebody does to a calendar. */
export type CalendarChange =
  | { readonly kind: "create"; readonly event: CalendarEvent }
  | { readonly kind: "move"; readonly id: string; readonly start: string; readonly end: string }
  | { readonly kind: "cancel"; readonly id: string }
  | {
      readonly kind: "answer";
      readonly id: string;
      readonly revision: number;
      readonly name: string;
      readonly answer: "accepted" | "declined";
    };

/** The entries after a change. An answer to what has been moved or cancelled since changes nothing. */
export function changed(entries: Entries, change: CalendarChange): Entries {
  if (change.kind === "create") return new Map(entries).set(change.event.id, change.event);
  const event = entries.get(change.id);
  if (event === undefined || event.cancelled) return entries;
  if (change.kind === "answer" && change.revision !== event.revision) return entries;
  return new Map(entries).set(event.id, { ...event, ...difference(event, change) });
}

function difference(
  { attendees, revision }: CalendarEvent,
  change: Exclude<CalendarChange, { kind: "create" }>,
): Partial<CalendarEvent> {
  switch (change.kind) {
    case "move": {
      const { start, end } = change;
      const asked = attendees.map(({ name }): Attendee => ({ name, answer: "invited" }));
      return { start, end, revision: revision + 1, attendees: asked };
    }
    case "cancel":
      return { cancelled: true, revision: revision + 1 };
    case "answer":
      return { attendees: answered(attendees, change) };
  }
}

/** Who was not on the list and comes all the same is put on it. */
function answered(attendees: readonly Attendee[], { name, answer }: Attendee): readonly Attendee[] {
  const own = attendees.find((one) => isCalled(one.name, name));
  return own === undefined
    ? [...attendees, { name, answer }]
    : attendees.map((one) => (one === own ? { name, answer } : one));
}

/** A name as it stands on a list may be a part of somebody's name. */
export function isCalled(written: string, name: string): boolean {
  const words = new Set(slug(name).split("-"));
  return slug(written)
    .split("-")
    .every((word) => words.has(word));
}

/** Somebody is to be there: it is theirs, or they accepted. */
function isGoing({ organizer, attendees }: CalendarEvent, name: string): boolean {
  if (organizer === name) return true;
  return attendees.some((one) => one.answer === "accepted" && isCalled(one.name, name));
}

/** The stretch of time that an entry takes. */
export const spanOf = ({ start, end }: CalendarEvent): Span => ({ from: Date.parse(start), to: Date.parse(end) });

/** What takes place in a stretch of time, the earliest first. */
export function eventsWithin(entries: Entries, within: Span): readonly CalendarEvent[] {
  return [...entries.values()]
    .filter((event) => !event.cancelled && overlap(spanOf(event), within))
    .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start));
}

/** What somebody is to be at in a stretch of time. */
export function collisions(entries: Entries, name: string, within: Span): readonly CalendarEvent[] {
  return eventsWithin(entries, within).filter((event) => isGoing(event, name));
}

/** Text in one line, without what steers a terminal. */
export const oneLine = (text: string): string => withoutControls(text).replace(/\s+/gu, " ").trim();
