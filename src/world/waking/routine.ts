import type { Zone } from "../../kernel/time/zone.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** A day of the week, by its English name. */
export type Weekday = (typeof weekdays)[number];

/** What somebody does regularly. */
export interface Routine {
  readonly days: "every day" | "weekdays" | "weekends" | readonly Weekday[];
  /** The time of the day, as in `08:00`, where the simulation takes place. */
  readonly at: string;
  readonly what: string;
}

/** A routine as it is looked for in the calendar. */
export interface Recurrence {
  readonly what: string;
  /** The first time that it is due after a moment. */
  next(after: Date, zone: Zone): Date;
}

const day = 86_400_000;
const sentence = /^(?:every )?(.+?) at (\d{1,2}:\d{2}),? (.+)$/iu;
const time = /^(\d{1,2}):(\d{2})$/u;
const groups: Readonly<Record<string, readonly number[]>> = {
  day: [0, 1, 2, 3, 4, 5, 6],
  daily: [0, 1, 2, 3, 4, 5, 6],
  "every day": [0, 1, 2, 3, 4, 5, 6],
  weekday: [1, 2, 3, 4, 5],
  weekdays: [1, 2, 3, 4, 5],
  weekend: [0, 6],
  weekends: [0, 6],
};

/**
 * A routine that is written out or said in a sentence: `weekdays at 08:00 open the bakery`, `Mondays and Fridays at 18:30
 * sing in the choir`. Undefined for what says no day or no time.
 * @example
 * recurrence("weekdays at 08:00 open the bakery")?.what; // => "open the bakery"
 */
export function recurrence(routine: string | Routine): Recurrence | undefined {
  const [days, at, what] =
    typeof routine === "string" ? partsOf(routine) : [daysOf(routine.days), routine.at, routine.what];
  const [, hours, minutes] = time.exec(at.trim()) ?? [];
  if (days === undefined || Number(hours ?? 24) > 23 || Number(minutes) > 59 || what.trim() === "") return undefined;
  const offset = 60_000 * (60 * Number(hours) + Number(minutes));
  return { what: what.trim(), next: (after, zone) => nextOf({ days, offset }, after, zone) };
}

/** Whether a sentence says a time of the day: it was meant to wake somebody. */
export const saysTime = (routine: string): boolean => /\d:\d\d/.test(routine);

/** The same; OPTION_INVALID for what is none. */
export function checkedRecurrence(routine: string | Routine): Recurrence {
  const found = recurrence(routine);
  if (found !== undefined) return found;
  throw new TinyTroupeError("OPTION_INVALID", `${JSON.stringify(routine)} says no day or no time.`, {
    data: { option: "routines", value: routine },
    hint: "Write it as in 'weekdays at 08:00 open the bakery' or 'Mondays and Fridays at 18:30 sing in the choir'.",
  });
}

function partsOf(text: string): [readonly number[] | undefined, string, string] {
  const [, days = "", at = "", what = ""] = sentence.exec(text.trim()) ?? [];
  return [groups[days.toLowerCase()] ?? listed(days.toLowerCase().split(/\s*,\s*(?:and )?|\s+and\s+/u)), at, what];
}

const daysOf = (days: Routine["days"]): readonly number[] | undefined =>
  typeof days === "string" ? groups[days] : listed(days);

function listed(names: readonly string[]): readonly number[] | undefined {
  const days = names.map((name) => weekdays.findIndex((one) => name === one || name === `${one}s`));
  return days.length > 0 && days.every((one) => one >= 0) ? days : undefined;
}

function nextOf({ days, offset }: { days: readonly number[]; offset: number }, after: Date, zone: Zone): Date {
  const local = zone.local(after.getTime());
  const midnight = local - (((local % day) + day) % day);
  // Nine days: a zone may leave one out.
  for (let ahead = 0; ahead < 9; ahead++) {
    const date = midnight + ahead * day;
    const moment = zone.moment(date + offset);
    if (days.includes(new Date(date).getUTCDay()) && moment > after.getTime()) return new Date(moment);
  }
  throw new RangeError("A week has a day of each name.");
}
