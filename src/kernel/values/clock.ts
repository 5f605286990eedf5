/** Simulated time. It moves only when it is told to, never with the wall clock. */
export interface Clock {
  /** The present moment of the simulation, or undefined when the study has no calendar. */
  now(): Date | undefined;
  /** Moves the time forward by milliseconds; without a calendar nothing happens. */
  advance(milliseconds: number): void;
  set(moment: Date | undefined): void;
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
  return {
    now: () => (moment === undefined ? undefined : new Date(moment)),
    advance: (milliseconds) => {
      if (moment !== undefined) moment = new Date(moment.getTime() + milliseconds);
    },
    set: (next) => {
      moment = next === undefined ? undefined : new Date(next);
    },
  };
}
