import { momentHint, parseMoment } from "../../kernel/time/moment.ts";
import type { Zone } from "../../kernel/time/zone.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Something that is planned, and who is to be there. */
export interface Appointment {
  readonly title: string;
  /** As in `2030-01-31 09:00`, where the simulation takes place. */
  readonly start: string;
  readonly place?: string;
  readonly organizer?: string;
  /** By name; who was invited and has not accepted is not woken. */
  readonly attendees?: readonly (string | { readonly name: string; readonly answer: string })[];
}

/** OPTION_INVALID for a start that is no moment. */
export function startOf({ title, start }: Appointment, zone: Zone): number {
  const moment = parseMoment(start, zone)?.moment;
  if (moment !== undefined) return moment.getTime();
  throw new TinyTroupeError("OPTION_INVALID", `The appointment '${title}' begins at no moment: '${start}'.`, {
    data: { option: "appointments", value: start },
    hint: momentHint(start, "2030-01-31 09:00"),
  });
}

/** By name, as somebody wrote it, who is to be there. */
export function expectedAt({ organizer, attendees = [] }: Appointment): readonly string[] {
  const coming = attendees.flatMap((one) => {
    if (typeof one === "string") return [one];
    return one.answer === "accepted" ? [one.name] : [];
  });
  return organizer === undefined ? coming : [organizer, ...coming];
}

export function appointmentText({ title, place }: Appointment): string {
  return `It is time for “${title}”${place === undefined ? "" : `, ${place}`}.`;
}
