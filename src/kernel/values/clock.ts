/** Simulated time. It moves only when it is told to, never with the wall clock. */
export interface Clock {
  /** The present moment of the simulation, or undefined when the study has no calendar. */
  now(): Date | undefined;
  /** Moves the time forward by milliseconds; without a calendar nothing happens. */
  advance(milliseconds: number): void;
  set(moment: Date | undefined): void;
  /** Who moves the time step by step takes it for as long, and gives it back; undefined while somebody else has it. */
  take(by: object): { giveBack(): void } | undefined;
}

/**
 * A simulated clock that starts at a moment, or without a calendar.
 * @example
 * const clock = createClock(new Date("2030-01-01T09:00:00Z"));
 * clock.advance(60_000);
 * clock.now()?.toISOString(); // => "2030-01-01T09:01:00.000Z"
 */
export function createClock(start?: Date): Clock {
  let moment = start === undefined ? undefined : new Date(start);
  let taken: object | undefined;
  return {
    now: () => (moment === undefined ? undefined : new Date(moment)),
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
