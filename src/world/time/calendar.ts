import type { Clock } from "../../kernel/values/clock.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** A span of simulated time; months and years are those of the calendar (UTC). */
export interface Duration {
  readonly milliseconds?: number;
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
  readonly years?: number;
}

/**
 * The moment so many spans after another. Months keep the day of the month, or take the last one of a shorter month.
 * @example
 * after(new Date("2028-01-31T09:00:00Z"), { months: 1 }).toISOString(); // => "2028-02-29T09:00:00.000Z"
 */
export function after(start: Date, span: Duration, times = 1): Date {
  const months = ((span.months ?? 0) + 12 * (span.years ?? 0)) * times;
  const moment = new Date(start);
  moment.setUTCDate(1);
  moment.setUTCMonth(moment.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate();
  moment.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  const days = (span.days ?? 0) + 7 * (span.weeks ?? 0);
  const minutes = (span.minutes ?? 0) + 60 * ((span.hours ?? 0) + 24 * days);
  const milliseconds = (span.milliseconds ?? 0) + 1000 * ((span.seconds ?? 0) + 60 * minutes);
  return new Date(moment.getTime() + milliseconds * times);
}

/** Moves a clock by equal spans, counted from where it stood: from 31 January, months end on 29 February and 31 March. */
export class Ticker implements Disposable {
  readonly #clock: Clock;
  readonly #span: Duration;
  #taken: { giveBack(): void } | undefined;
  #start: Date;
  #count = 0;
  #last: number;

  /** OPTION_INVALID when the simulation has no calendar or the span is not a span. */
  constructor(clock: Clock, span: Duration | number) {
    this.#clock = clock;
    this.#span = typeof span === "number" ? { milliseconds: span } : span;
    this.#start = present(clock);
    this.#last = this.#start.getTime();
    const whole = [this.#span.months, this.#span.years].every((count = 0) => Number.isInteger(count));
    if (!whole || !(after(this.#start, this.#span) >= this.#start)) {
      throw new TinyTroupeError("OPTION_INVALID", "The time of a step must be a span forward.", {
        data: { option: "delta", value: span },
        hint: "Give milliseconds, or units as in { hours: 6 }; months and years are whole numbers.",
      });
    }
  }

  /**
   * Keeps other worlds from moving the clock, until this one is disposed of: with two of them the time of what happens
   * would depend on who is faster. OPTION_INVALID when another has it.
   */
  hold(world: object): this {
    this.#taken = this.#clock.take(world);
    if (this.#taken === undefined) throw movedByAnother(this.#span);
    return this;
  }

  /** Others may move the clock again. */
  [Symbol.dispose](): void {
    this.#taken?.giveBack();
  }

  /** Moves the clock by so many spans; what somebody else did to the clock meanwhile stays. */
  tick(times = 1): void {
    const now = present(this.#clock);
    if (now.getTime() !== this.#last) {
      this.#start = now;
      this.#count = 0;
    }
    this.#count += times;
    const next = after(this.#start, this.#span, this.#count);
    this.#clock.set(next);
    this.#last = next.getTime();
  }
}

function present(clock: Clock): Date {
  const now = clock.now();
  if (now !== undefined) return now;
  throw new TinyTroupeError("OPTION_INVALID", "Time cannot pass: this simulation has no calendar.", {
    data: { option: "startAt" },
    hint: "Open the simulation with startAt, as in startAt: '2030-01-31T09:00'.",
  });
}

function movedByAnother(span: Duration): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "Another world of this simulation is moving the time at this moment.", {
    data: { option: "delta", value: span },
    hint: "Let worlds in which time passes run one after the other, or each in a simulation of its own.",
  });
}
