import { writeMoment } from "../../../kernel/time/moment.ts";
import { utc, type Zone } from "../../../kernel/time/zone.ts";
import { clockTime } from "../../../kernel/values/clock.ts";

/** A stretch of simulated time, in milliseconds since 1970, its end left out. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A day in milliseconds, as most are. */
export const day = 86_400_000;

const written =
  /^([12]\d{3})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:\[?(Z|UTC)\]?|([+-])(\d{2}):?(\d{2}))?)?$/u;

/** A moment as it is written, by the clocks of a zone unless it says otherwise: `2030-01-31 09:00`, ISO 8601; undefined for one that no calendar has, and outside of the years 1000 to 2999. */
export function momentOf(text: string, zone: Zone = utc): number | undefined {
  const match = written.exec(text.trim());
  if (match === null || match[4] === undefined) return undefined;
  const [, year, month, date, hours, minutes, seconds = "00", universal, sign, ...offset] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const start = dateOf(Number(year), Number(month), Number(date));
  if (start === undefined) return undefined;
  const [offsetHours = 0, offsetMinutes = 0] = offset.map((part) => Number(part ?? 0));
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const shown = start + 1_000 * (Number(seconds) + 60 * (Number(minutes) + 60 * Number(hours)));
  if (universal === undefined && sign === undefined) return zone.moment(shown);
  return shown + (sign === "-" ? 60_000 : -60_000) * (60 * offsetHours + offsetMinutes);
}

/** The day of a date, or a moment as a stretch of no length; undefined for what is neither. */
export function dayOrMoment(text: string, zone: Zone = utc): Span | undefined {
  const match = written.exec(text.trim());
  if (match === null) return undefined;
  if (match[4] === undefined) {
    const start = dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
    return start === undefined ? undefined : { from: zone.moment(start), to: zone.moment(start + day) };
  }
  const moment = momentOf(text, zone);
  return moment === undefined ? undefined : { from: moment, to: moment };
}

/** The beginning of a date, which has to be one: there is no 30 February. */
function dateOf(year: number, month: number, date: number): number | undefined {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date);
  const isSame = moment.getUTCFullYear() === year && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date;
  return isSame ? moment.getTime() : undefined;
}

/** A stretch as people write it: `2030-01-31 09:00–10:30`, with the second date where it is another. */
export function spanText({ from, to }: Span, zone: Zone): string {
  return writtenSpan(isoOf(from, zone), isoOf(to, zone));
}

/** The same of two moments in ISO 8601, as they are written. */
export function writtenSpan(...moments: readonly [start: string, end: string]): string {
  const [start, end] = moments.map(clockTime) as [string, string];
  return `${start}–${start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end}`;
}

/** A moment in ISO 8601, as clocks of a zone show it. */
export const isoOf = (moment: number, zone: Zone): string => writeMoment(new Date(moment), zone);

/** Two stretches have a moment in common. */
export const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;
