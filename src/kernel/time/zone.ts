import { TinyTroupeError } from "../values/errors.ts";

/** What clocks show in some part of the world, and when. */
export interface Zone {
  /** Its name in the IANA database, as in `Europe/Amsterdam`. */
  readonly name: string;
  /** What clocks there show at a moment, both in milliseconds since 1970 by their own count. */
  local(moment: number): number;
  /** When clocks there show this: the first of two such moments; of none, as many minutes later as were left out. */
  moment(local: number): number;
}

const day = 86_400_000;

/** Coordinated universal time, which knows no summer time. */
export const utc: Zone = { name: "UTC", local: (moment) => moment, moment: (local) => local };

/**
 * The zone so called in the IANA database. OPTION_INVALID when there is none.
 * @example
 * const berlin = createZone("Europe/Berlin");
 * new Date(berlin.moment(Date.UTC(2030, 6, 1, 9))).toISOString(); // => "2030-07-01T07:00:00.000Z"
 */
export function createZone(name: string): Zone {
  if (name === utc.name) return utc;
  const clocks = clocksOf(name);
  const local = (moment: number): number => {
    if (Number.isNaN(new Date(moment).getTime())) return Number.NaN;
    const shown = new Map(clocks.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 1, date = 1, hour = 0, minute = 0, second = 0] = fields.map((field) => shown.get(field));
    const whole = new Date(0).setUTCFullYear(year, month - 1, date) + 1000 * (second + 60 * (minute + 60 * hour));
    return whole + (((moment % 1000) + 1000) % 1000);
  };
  // Clocks are never put forward and back within two days.
  const momentOf = (shown: number): number => {
    const [before, after] = [shown - day, shown + day].map((near) => shown - (local(near) - near)) as [number, number];
    if (local(before) === shown) return before;
    return local(after) === shown ? after : before;
  };
  return { name, local, moment: momentOf };
}

const fields = ["year", "month", "day", "hour", "minute", "second"] as const;

function clocksOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = Object.fromEntries(fields.map((field) => [field, "numeric"]));
  try {
    return new Intl.DateTimeFormat("en-u-ca-iso8601", { ...numeric, timeZone, hourCycle: "h23" });
  } catch (cause) {
    throw new TinyTroupeError("OPTION_INVALID", `There is no time zone called '${timeZone}'.`, {
      data: { option: "timeZone", value: timeZone },
      hint: "Give a name of the IANA database, as in Europe/Amsterdam.",
      cause,
    });
  }
}
