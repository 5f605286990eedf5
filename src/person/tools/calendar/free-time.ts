import type { Zone } from "../../../kernel/time/zone.ts";
import { day, type Span } from "./moments.ts";

/** What free time is looked for. */
export interface FreeTimeWanted {
  /** When somebody is busy, in any order. */
  readonly busy: readonly Span[];
  readonly within: Span;
  /** The least that is of use, in milliseconds. */
  readonly least: number;
  /** The hours of a day in which people meet: from the first, until the second. */
  readonly hours: readonly [number, number];
  /** Where it is what time. */
  readonly zone: Zone;
}

/** The stretches of a time in which nobody is busy, the earliest first; none goes beyond the hours of its day. */
export function freeTime({ busy, within, least, hours, zone }: FreeTimeWanted): Span[] {
  const ordered = busy.toSorted((one, other) => one.from - other.from);
  const free: Span[] = [];
  const first = Math.floor(zone.local(within.from) / day) * day;
  for (let midnight = first; zone.moment(midnight) < within.to; midnight += day) {
    const [opens, closes] = hours.map((hour) => zone.moment(midnight + hour * 3_600_000)) as [number, number];
    let from = Math.max(opens, within.from);
    const to = Math.min(closes, within.to);
    for (const taken of ordered) {
      if (taken.to <= from || taken.from >= to) continue;
      if (taken.from - from >= least) free.push({ from, to: taken.from });
      from = taken.to;
    }
    if (to - from >= least) free.push({ from, to });
  }
  return free;
}
