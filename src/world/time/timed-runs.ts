import type { Context } from "../../kernel/contracts/context.ts";
import { checkCount } from "../check-number.ts";
import type { RunResult } from "../play/results.ts";
import { type Duration, Ticker } from "./calendar.ts";
import { checkTimed, type RunOptions, type RunPlan, type TimedRunOptions } from "./run-options.ts";

/**
 * Runs in units of the calendar. `runDays(3)` plays three steps with a day before each; with `wake`, only those act whom
 * something wakes in these three days. `skipDays(3)` lets three days pass in which nobody acts. Days, weeks, months and years are those of the calendar where
 * the simulation takes place. All throw OPTION_INVALID when the simulation has no calendar (`startAt`), and while another world's run moves the time.
 */
export abstract class TimedRuns {
  abstract readonly context: Context;
  abstract run(steps: number, options?: RunOptions): Promise<RunResult>;
  abstract run(plan: RunPlan): Promise<RunResult>;

  /** Plays a step for each of so many minutes. */
  runMinutes(minutes: number, options: TimedRunOptions = {}): Promise<RunResult> {
    return this.#runSpan("minutes", minutes, options);
  }

  /** Plays a step for each of so many hours. */
  runHours(hours: number, options: TimedRunOptions = {}): Promise<RunResult> {
    return this.#runSpan("hours", hours, options);
  }

  /** Plays a step for each of so many days. */
  runDays(days: number, options: TimedRunOptions = {}): Promise<RunResult> {
    return this.#runSpan("days", days, options);
  }

  /** Plays a step for each of so many weeks. */
  runWeeks(weeks: number, options: TimedRunOptions = {}): Promise<RunResult> {
    return this.#runSpan("weeks", weeks, options);
  }

  /** Plays a step for each of so many months of the calendar. */
  runMonths(months: number, options: TimedRunOptions = {}): Promise<RunResult> {
    return this.#runSpan("months", months, options);
  }

  /** Plays a step for each of so many years of the calendar. */
  runYears(years: number, options: TimedRunOptions = {}): Promise<RunResult> {
    return this.#runSpan("years", years, options);
  }

  /** Lets so many minutes pass in which nobody acts. */
  skipMinutes(minutes: number): this {
    return this.#skip(minutes, { minutes: 1 });
  }

  /** Lets so many hours pass in which nobody acts. */
  skipHours(hours: number): this {
    return this.#skip(hours, { hours: 1 });
  }

  /** Lets so many days pass in which nobody acts. */
  skipDays(days: number): this {
    return this.#skip(days, { days: 1 });
  }

  /** Lets so many weeks pass in which nobody acts. */
  skipWeeks(weeks: number): this {
    return this.#skip(weeks, { weeks: 1 });
  }

  /** Lets so many months of the calendar pass in which nobody acts. */
  skipMonths(months: number): this {
    return this.#skip(months, { months: 1 });
  }

  /** Lets so many years of the calendar pass in which nobody acts. */
  skipYears(years: number): this {
    return this.#skip(years, { years: 1 });
  }

  async #runSpan(unit: keyof Duration, count: number, options: TimedRunOptions): Promise<RunResult> {
    checkTimed(options, unit);
    const { wake, ...others } = options;
    return wake === undefined
      ? this.run(count, { ...others, every: { [unit]: 1 } })
      : this.run({ ...others, wake, [unit]: count });
  }

  #skip(count: number, unit: Duration): this {
    checkCount(count, Object.keys(unit).join());
    using ticker = new Ticker(this.context.clock, unit).hold(this);
    ticker.tick(count);
    return this;
  }
}
