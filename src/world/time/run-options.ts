import type { ActOptions } from "../../kernel/contracts/person.ts";
import { checkFunction, checkKeys, type KeysOf } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { checkCount } from "../check-number.ts";
import { checkParts } from "../check-parts.ts";
import type { StepResult } from "../play/results.ts";
import type { ScheduleName } from "../schedule/named.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Termination } from "../termination/termination.ts";
import { type Wake, wakeOptions } from "../waking/wake.ts";
import { type Duration, spans } from "./calendar.ts";

/** How a world is run: in which order, how time passes, and what ends it. */
export interface RunOptions extends Pick<ActOptions, "idle" | "maxActions" | "label"> {
  /** Who acts in this run, instead of the world's schedule. */
  readonly schedule?: ScheduleName | Schedule;
  /** When this run ends by itself, instead of the world's termination. */
  readonly stopWhen?: Termination;
  /** How much simulated time passes before each step: milliseconds or calendar units. Needs a calendar, which one world moves at a time. */
  readonly every?: Duration | number;
  /** Asked after each step; true ends the run. */
  readonly until?: (step: StepResult) => boolean | Promise<boolean>;
  /**
   * End the run once everybody had the chance to do something, nobody did, and nothing is under way. Default true; false
   * when time passes from step to step, since quiet days are days too (they cost no calls).
   */
  readonly stopWhenQuiet?: boolean;
  /** Ends the run; calls in flight are aborted. */
  readonly signal?: AbortSignal;
}

/** A run whose steps are not counted: it goes on until a moment, for a span of time (`{ days: 30 }`), or until something holds. */
export interface RunPlan extends Omit<RunOptions, "until">, Duration {
  /**
   * The moment at which it ends, a step at that very moment played; as clocks show it where the simulation takes place,
   * as in `2030-03-01` or `2030-03-01T09:00`. Or what is asked after each step; true ends the run.
   */
  readonly until?: Date | string | RunOptions["until"];
  /** Only those act whom something wakes, at their moment; the rest of the time is skipped, and costs nothing. Needs an end in time. */
  readonly wake?: Wake;
}

/** What every run may be told. */
const always: KeysOf<Omit<RunOptions, "every">> = {
  ...{ schedule: true, stopWhen: true, until: true, stopWhenQuiet: true },
  ...{ signal: true, idle: true, maxActions: true, label: true },
};
const common: KeysOf<RunOptions> = { ...always, every: true };
/** Options of a run whose time is said by its name, as in `runDays`. */
export interface TimedRunOptions extends Omit<RunOptions, "every">, Pick<RunPlan, "wake"> {}

/** OPTION_INVALID for what a run in such units is not told. */
export function checkTimed(options: TimedRunOptions, unit: keyof Duration): void {
  checkKeys(options, { ...always, wake: true }, `the options of a run in ${unit}`);
}

/** Both forms of a run as one: a plan, or options with so many steps. */
export interface CheckedPlan extends RunPlan {
  readonly steps?: number;
}

/** What a run is given, where all of it is something; OPTION_INVALID else. */
export function checkedPlan(given: number | RunPlan, options: RunOptions): CheckedPlan {
  if (typeof given === "number") checkKeys(options, common, "the options of a run");
  else checkPlan(given, options);
  const plan: CheckedPlan = typeof given === "number" ? { ...options, steps: given } : given;
  checkParts({ ...(plan.schedule !== undefined && { schedule: plan.schedule }) });
  checkFunction(plan.stopWhen, "stopWhen", "whenQuiet()");
  if (plan.wake !== undefined) checkKeys(plan.wake, wakeOptions, "what wakes people");
  if (plan.steps !== undefined) checkCount(plan.steps, "steps");
  return plan;
}

function checkPlan(plan: RunPlan, beside: RunOptions): void {
  checkKeys(plan, { ...common, ...spans, wake: true }, "the plan of a run");
  const [option] = Object.keys(beside);
  if (option === undefined) return;
  throw new TinyTroupeError("OPTION_INVALID", `The option ${option} stands beside the plan of a run.`, {
    data: { option },
    hint: `Say it in the plan, as in run({ until: "2030-03-01", ${option}: … }).`,
  });
}

/** What of a plan each turn is given. */
export function acting({ signal, idle, maxActions, label }: CheckedPlan): ActOptions {
  const call = { ...(signal && { signal }), ...(label !== undefined && { label }) };
  return { ...call, ...(idle && { idle }), ...(maxActions !== undefined && { maxActions }) };
}
