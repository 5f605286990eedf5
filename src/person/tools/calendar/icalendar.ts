import { loaded } from "../../../kernel/text/files/packages.ts";
import { slug } from "../../../kernel/values/ids.ts";
import { type CalendarEvent, oneLine } from "./events.ts";

const simulated = "Simulated: no real people took part.";

/**
 * Entries as iCalendar (RFC 5545), each marked as simulated; the same entries give the same text. Addresses end in
 * `.invalid`, so that no mail can ever reach anybody. Throws PACKAGE_MISSING.
 */
export async function asICalendar(name: string, events: readonly CalendarEvent[]): Promise<string> {
  const {
    default: ical,
    ICalAttendeeStatus,
    ICalEventStatus,
  } = await loaded(
    { packages: "ical-generator@11", whatFor: "Documents of this format" },
    () => import("ical-generator"),
  );
  const { ACCEPTED: accepted, DECLINED: declined, NEEDSACTION: invited } = ICalAttendeeStatus;
  const states = { accepted, declined, invited };
  const calendar = ical({ name: `${oneLine(name)} (simulated)`, prodId: "//tinytroupe//simulated//EN" });
  for (const event of events) {
    const entry = calendar.createEvent({
      id: `${event.id}@simulated.invalid`,
      sequence: event.revision,
      // The wall clock has no part in it.
      stamp: new Date(event.start),
      start: new Date(event.start),
      end: new Date(event.end),
      summary: event.title,
      description: event.description === undefined ? simulated : `${event.description}\n${simulated}`,
      organizer: { name: event.organizer, email: addressOf(event.organizer) },
      status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      categories: [{ name: "SIMULATED" }],
    });
    entry.x([["X-SIMULATED", "TRUE"]]);
    if (event.place !== undefined) entry.location(event.place);
    for (const { name: called, answer } of event.attendees) {
      entry.createAttendee({ name: called, email: addressOf(called), status: states[answer] });
    }
  }
  return `${calendar.toString().trimEnd()}\r\n`;
}

const addressOf = (name: string): string => `${slug(name)}@simulated.invalid`;
