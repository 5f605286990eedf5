import type { ActOptions, StepOutcome } from "../kernel/contracts/person.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { Duration } from "./calendar.ts";
import type { Access } from "./delivery/access.ts";
import type { UnknownTarget } from "./delivery/delivery.ts";
import type { Order } from "./schedule.ts";

/** How a world is made: who acts when, who hears whom, and what happens to words that reach nobody. */
export interface WorldOptions {
  /** The order of acting in a step. Default `simultaneous`. */
  readonly order?: Order;
  /** What happens to words whose target means nobody or several people. Default `feedback`. */
  readonly unknownTarget?: UnknownTarget;
  /** How many people in reach a person is told by name; of the rest only the number. Default 20. */
  readonly namesInReach?: number;
  /** Who can hear whom. Default: nobody, until somebody reaches out or is made accessible. */
  readonly access?: Access;
}

/** How a world is run: in which order, how time passes, and what ends it. */
export interface RunOptions extends Pick<ActOptions, "idle" | "maxActions"> {
  /** The order of acting in this run instead of the world's. */
  readonly order?: Order;
  /** How much simulated time passes before each step: milliseconds or calendar units. Needs a calendar, which one world moves at a time. */
  readonly delta?: Duration | number;
  /** Asked after each step; true ends the run. */
  readonly until?: (step: StepResult) => boolean | Promise<boolean>;
  /**
   * End the run after a step in which nobody did anything. Default true; false when time passes from step to step,
   * since quiet days are days too (they cost no calls).
   */
  readonly stopWhenQuiet?: boolean;
  /** Ends the run; calls in flight are aborted. */
  readonly signal?: AbortSignal;
}

/** What became of one step. */
export interface StepResult {
  /** From 1, counted over the life of the world. */
  readonly step: number;
  /** Simulated time, ISO 8601. */
  readonly time?: string;
  /** One for each person, in the order of acting. */
  readonly outcomes: readonly StepOutcome[];
  /** Nobody did anything, and nobody failed. */
  readonly quiet: boolean;
  /** The step was cut short: the next run goes on with it. */
  readonly open?: true;
}

/** What became of a run, and why it ended. */
export interface RunResult {
  readonly steps: readonly StepResult[];
  readonly stopped: "steps" | "until" | "quiet" | "budget" | "signal";
}

/** OPTION_INVALID when a number of steps or units is none. */
export function checkCount(count: number, option: string): void {
  if (count >= 0 && (Number.isSafeInteger(count) || count === Number.POSITIVE_INFINITY)) return;
  throw new TinyTroupeError("OPTION_INVALID", `${count} is no number of ${option}.`, {
    data: { option, value: count },
    hint: "Give a whole number from 0.",
  });
}

/** What of these options each turn is given. */
export function acting({ signal, idle, maxActions }: RunOptions): ActOptions {
  return { ...(signal && { signal }), ...(idle && { idle }), ...(maxActions !== undefined && { maxActions }) };
}
