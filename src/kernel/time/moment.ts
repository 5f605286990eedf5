import { createZone, utc, type Zone } from "./zone.ts";

const minute = 60_000;
const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?)?(?:\[([\w+/-]+)\])?$/u;

/** A moment as somebody wrote it, and the zone that they named with it. */
export interface WrittenMoment {
  readonly moment: Date;
  readonly zone: Zone;
}

/**
 * A moment of ISO 8601, with a zone in brackets (RFC 9557) where one is named; a date alone is its midnight, and a time
 * without an offset is that of the zone. Undefined for what no calendar or no clock of that zone has.
 * OPTION_INVALID for a zone that there is not.
 * @example
 * parseMoment("2030-07-01T09:00[Europe/Berlin]")?.moment.toISOString(); // => "2030-07-01T07:00:00.000Z"
 * parseMoment("2030-02-30"); // => undefined
 */
export function parseMoment(text: string, otherwise: Zone = utc): WrittenMoment | undefined {
  const match = written.exec(text.trim());
  if (match === null) return undefined;
  if (lackOf(match) !== undefined) return undefined;
  const [, year, month, date, hour = "0", minutes = "0", second = "0", fraction = ""] = match;
  const [offset, name] = match.slice(8);
  const [hours, ...rest] = [hour, minutes, second].map(Number) as [number, number, number];
  const midnight = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(date));
  const zone = name === undefined ? otherwise : createZone(name);
  const local = midnight + 1000 * (rest[1] + 60 * (rest[0] + 60 * hours)) + Number(fraction.padEnd(3, "0"));
  if (offset === undefined) return { moment: new Date(zone.moment(local)), zone };
  const shift = shiftOf(offset);
  if (shift === undefined) return undefined;
  const moment = local - shift;
  // What says two different things says nothing.
  return name !== undefined && zone.local(moment) !== local ? undefined : { moment: new Date(moment), zone };
}

/** What calendars and clocks lack of what is written as a moment is; undefined where there are such a day and time. */
function lackOf([, year, month, date, hour = "0", ...rest]: RegExpExecArray): "day" | "time" | undefined {
  const midnight = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(date));
  if (!new Date(midnight).toISOString().startsWith(`${year}-${month}-${date}`)) return "day";
  return Number(hour) > 23 || rest.slice(0, 2).some((part) => Number(part ?? 0) > 59) ? "time" : undefined;
}

/**
 * What to tell somebody whose text is no moment: that there is no such day or time, or else how moments are written.
 * @param examples moments as they may stand there
 * @example
 * momentHint("2029-02-29", "2029-03-01"); // => "There is no such day."
 * momentHint("in spring", "2029-03-01"); // => "Write it as in 2029-03-01."
 */
export function momentHint(text: string, examples: string): string {
  const match = written.exec(text.trim());
  const lack = match === null ? undefined : lackOf(match);
  return lack === undefined ? `Write it as in ${examples}.` : `There is no such ${lack}.`;
}

function shiftOf(offset: string): number | undefined {
  if (offset === "Z") return 0;
  const [hours, minutes] = offset.slice(1).split(":").map(Number) as [number, number];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith("-") ? -1 : 1) * (60 * hours + minutes) * minute;
}

/**
 * A moment in ISO 8601 as clocks of a zone show it, with their offset.
 * @example
 * const { moment, zone } = parseMoment("2030-07-01T09:00[Europe/Berlin]");
 * writeMoment(moment, zone); // => "2030-07-01T09:00:00.000+02:00"
 */
export function writeMoment(moment: Date, zone: Zone): string {
  if (zone === utc) return moment.toISOString();
  const local = zone.local(moment.getTime());
  const shift = Math.round((local - moment.getTime()) / minute);
  const [hours, minutes] = [Math.floor(Math.abs(shift) / 60), Math.abs(shift) % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return new Date(local).toISOString().replace("Z", `${shift < 0 ? "-" : "+"}${hours}:${minutes}`);
}
