import type { Notice } from "../../../kernel/contracts/person.ts";
import type { Settled } from "../shared-state.ts";
import type { CalendarChange, CalendarEvent, Entries } from "./events.ts";
import { writtenSpan } from "./moments.ts";

type Change = Settled<Entries, CalendarChange>;

/** When and where an entry is. */
export function whenAndWhere(event: CalendarEvent): string {
  return `${writtenSpan(event.start, event.end)}${event.place === undefined ? "" : `, ${event.place}`}`;
}

/** An entry as it is listed. */
export function listed(event: CalendarEvent): string {
  const people = event.attendees.map(({ name, answer }) => `${name} (${answer})`);
  const others = people.length === 0 ? "" : `; ${people.join(", ")}`;
  return `${event.id}: ${whenAndWhere(event)}: “${event.title}”, by ${event.organizer}${others}`;
}

/** Whom a change is told, and how; nobody where it came to nothing. */
export function notices({ before, change, after }: Change): readonly Notice[] {
  if (before === after) return [];
  const event = after.get(change.kind === "create" ? change.event.id : change.id);
  if (event === undefined) return [];
  const to = change.kind === "answer" ? [event.organizer] : concerned(before.get(event.id) ?? event);
  return to.length === 0 ? [] : [{ to, content: told(change, event) }];
}

/** Who has declined is left in peace. */
function concerned({ attendees }: CalendarEvent): readonly string[] {
  return attendees.filter((one) => one.answer !== "declined").map((one) => one.name);
}

function told(change: CalendarChange, event: CalendarEvent): string {
  const { id, title, organizer, description } = event;
  const more = description === undefined ? "" : ` ${description}`;
  switch (change.kind) {
    case "create":
      return `${organizer} invites you to “${title}” (${id}), ${whenAndWhere(event)}.${more}`;
    case "move":
      return `${organizer} has moved “${title}” (${id}) to ${whenAndWhere(event)}, and invites you again.`;
    case "cancel":
      return `${organizer} has cancelled “${title}” (${id}), ${whenAndWhere(event)}.`;
    case "answer":
      return `${change.name} has ${change.answer} “${title}” (${id}), ${whenAndWhere(event)}.`;
  }
}
