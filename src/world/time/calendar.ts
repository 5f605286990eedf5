import { checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import { utc, type Zone } from "../../kernel/time/zone.ts";
import type { Clock } from "../../kernel/values/clock.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** A span of simulated time; days, weeks, months and years are those of the calendar where the simulation takes place. */
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

/** The units of a span. */
export const spans: KeysOf<Duration> = {
  ...{ milliseconds: true, seconds: true, minutes: true, hours: true },
  ...{ days: true, weeks: true, months: true, years: true },
};

/**
 * The moment so many spans after another. Days, weeks, months and years are those of the zone: clocks there show the same
 * time again, though summer time began. Months keep the day of the month, or take the last one of a shorter month.
 * @example
 * after(new Date("2028-01-31T09:00:00Z"), { months: 1 }).toISOString(); // => "2028-02-29T09:00:00.000Z"
 */
export function after(start: Date, span: Duration, { times = 1, zone = utc }: AfterOptions = {}): Date {
  const months = ((span.months ?? 0) + 12 * (span.years ?? 0)) * times;
  const days = ((span.days ?? 0) + 7 * (span.weeks ?? 0)) * times;
  const moment =
    months === 0 && days === 0 ? start.getTime() : zone.moment(laterDay(zone.local(start.getTime()), months, days));
  const minutes = (span.minutes ?? 0) + 60 * (span.hours ?? 0);
  const milliseconds = (span.milliseconds ?? 0) + 1000 * ((span.seconds ?? 0) + 60 * minutes);
  return new Date(moment + milliseconds * times);
}

interface AfterOptions {
  readonly times?: number;
  readonly zone?: Zone;
}

function laterDay(local: number, months: number, days: number): number {
  const start = new Date(local);
  const later = new Date(local);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  return later.setUTCDate(Math.min(start.getUTCDate(), lastDay)) + days * 86_400_000;
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
    checkKeys(this.#span, spans, "a span of time");
    this.#start = present(clock);
    this.#last = this.#start.getTime();
    const whole = [this.#span.months, this.#span.years].every((count = 0) => Number.isInteger(count));
    if (!whole || !(this.#after(1) > this.#start)) {
      throw new TinyTroupeError("OPTION_INVALID", "The time of a step must be a span forward.", {
        data: { option: "every", value: span },
        hint: "Give milliseconds, or units as in { hours: 6 }; months and years are whole numbers.",
      });
    }
  }

  /**
   * Keeps other worlds from moving the clock, until this one is disposed of: with two of them the time of what happens
   * would depend on who is faster. OPTION_INVALID when another has it.
   */
  hold(world: object): this {
    this.#taken = hold(this.#clock, world);
    return this;
  }

  /** Others may move the clock again. */
  [Symbol.dispose](): void {
    this.#taken?.giveBack();
  }

  /** Where the next span ends. */
  get next(): Date {
    return present(this.#clock).getTime() === this.#last
      ? this.#after(this.#count + 1)
      : after(present(this.#clock), this.#span, { zone: this.#clock.zone });
  }

  /** Moves the clock to a moment that lies ahead. */
  skipTo(moment: Date): void {
    if (present(this.#clock) < moment) this.#clock.set(moment);
  }

  #after(times: number): Date {
    return after(this.#start, this.#span, { times, zone: this.#clock.zone });
  }

  /** Moves the clock by so many spans; what somebody else did to the clock meanwhile stays. */
  tick(times = 1): void {
    const now = present(this.#clock);
    if (now.getTime() !== this.#last) {
      this.#start = now;
      this.#count = 0;
    }
    this.#count += times;
    const next = this.#after(this.#count);
    this.#clock.set(next);
    this.#last = next.getTime();
  }
}

/** The present moment; OPTION_INVALID when the simulation has no calendar. */
export function present(clock: Clock): Date {
  const now = clock.now();
  if (now !== undefined) return now;
  throw new TinyTroupeError("OPTION_INVALID", "Time cannot pass: this simulation has no calendar.", {
    data: { option: "startAt" },
    hint: "Open the simulation with startAt, as in startAt: '2030-01-31T09:00'.",
  });
}

/** Takes the clock for a world that moves it; OPTION_INVALID when another one has it. */
export function hold(clock: Clock, world: object): { giveBack(): void } {
  const taken = clock.take(world);
  if (taken !== undefined) return taken;
  throw new TinyTroupeError("OPTION_INVALID", "Another world of this simulation is moving the time at this moment.", {
    data: { option: "every" },
    hint: "Let worlds in which time passes run one after the other, or each in a simulation of its own.",
  });
}
