import { writeMoment } from "../time/moment.ts";
import { utc, type Zone } from "../time/zone.ts";

/** Simulated time. It moves only when it is told to, never with the wall clock. */
export interface Clock {
  /** The present moment of the simulation, or undefined when the study has no calendar. */
  now(): Date | undefined;
  /** The present moment in ISO 8601, as clocks of the zone show it. */
  written(): string | undefined;
  /** Where the simulation takes place: times are told to people, and read from them, as clocks there show them. */
  readonly zone: Zone;
  /** Moves the time forward by milliseconds; without a calendar nothing happens. */
  advance(milliseconds: number): void;
  set(moment: Date | undefined): void;
  /** Who moves the time step by step takes it for as long, and gives it back; undefined while somebody else has it. */
  take(by: object): { giveBack(): void } | undefined;
}

/**
 * A simulated clock that starts at a moment, or without a calendar; it shows the time of UTC unless told.
 * @example
 * const clock = createClock(new Date("2030-01-01T09:00:00Z"));
 * clock.advance(60_000);
 * clock.now()?.toISOString(); // => "2030-01-01T09:01:00.000Z"
 */
export function createClock(start?: Date, zone: Zone = utc): Clock {
  let moment = start === undefined ? undefined : new Date(start);
  let taken: object | undefined;
  return {
    zone,
    now: () => (moment === undefined ? undefined : new Date(moment)),
    written: () => (moment === undefined ? undefined : writeMoment(moment, zone)),
    advance: (milliseconds) => {
      if (moment !== undefined) moment = new Date(moment.getTime() + milliseconds);
    },
    set: (next) => {
      moment = next === undefined ? undefined : new Date(next);
    },
    take: (by) => {
      if (taken !== undefined) return taken === by ? { giveBack: () => {} } : undefined;
      taken = by;
      return {
        giveBack: () => {
          taken = undefined;
        },
      };
    },
  };
}

/**
 * A moment in ISO 8601 as people write it, to the minute.
 * @example
 * clockTime("2030-01-01T09:00:00.000Z"); // => "2030-01-01 09:00"
 */
export function clockTime(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}
