import type { Zone } from "../../kernel/time/zone.ts";
import { after, type Duration } from "../time/calendar.ts";

/** How often something may happen. */
export interface Limits {
  readonly once?: boolean;
  readonly maxFirings?: number;
  readonly cooldown?: number | Duration;
}

/** When something happened last, and how often it has. */
export interface Past {
  readonly count: number;
  readonly step: number;
  readonly time: Date | undefined;
}

/** When it is to happen. */
export interface Present {
  readonly step: number;
  readonly time: Date | undefined;
  readonly zone: Zone;
}

/** Whether it may happen now, as far as its limits go. */
export function mayHappen({ once, maxFirings, cooldown }: Limits, past: Past | undefined, now: Present): boolean {
  const most = Math.min(once ? 1 : Number.POSITIVE_INFINITY, maxFirings ?? Number.POSITIVE_INFINITY);
  if (past === undefined) return most > 0;
  if (past.count >= most) return false;
  if (cooldown === undefined) return true;
  if (typeof cooldown === "number") return now.step - past.step >= cooldown;
  return (
    past.time !== undefined && now.time !== undefined && after(past.time, cooldown, { zone: now.zone }) <= now.time
  );
}
