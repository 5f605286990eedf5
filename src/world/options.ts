import type { ActOptions } from "../kernel/contracts/person.ts";
import type { Access } from "./delivery/access.ts";
import type { UnknownTarget } from "./delivery/delivery.ts";
import type { DeliveryPolicy } from "./delivery/policies/policy.ts";
import type { TinySocialNetwork } from "./network/social-network.ts";
import type { StepResult } from "./play/results.ts";
import type { Resolution } from "./resolution/resolution.ts";
import type { ScheduleName } from "./schedule/named.ts";
import type { Schedule } from "./schedule/schedule.ts";
import type { Termination } from "./termination/termination.ts";
import type { Duration } from "./time/calendar.ts";
import type { Visibility } from "./visibility/visibility.ts";

/** How a world is made: the parts that it is composed of, and what happens to words that reach nobody. */
export interface WorldOptions {
  /** Who acts in a step, and in which order. Default `simultaneous`. */
  readonly schedule?: ScheduleName | Schedule;
  /** What people are to each other: words go along it (`alongNetwork`), unless `visibility` says otherwise. */
  readonly network?: TinySocialNetwork;
  /** Who perceives what somebody says. Default `inReach()`. */
  readonly visibility?: Visibility;
  /** When words arrive. Default `immediate()`. */
  readonly delivery?: DeliveryPolicy;
  /** What becomes of what people do. Default: it comes about. */
  readonly resolution?: Resolution;
  /** When a run ends by itself, beside `stopWhenQuiet`. */
  readonly termination?: Termination;
  /** What happens to words whose target means nobody or several people. Default `feedback`. */
  readonly unknownTarget?: UnknownTarget;
  /** How many people in reach a person is told by name; of the rest only the number. Default 20. */
  readonly namesInReach?: number;
  /** Who can hear whom. Default: nobody, until somebody reaches out or is made accessible. */
  readonly access?: Access;
}

/** How a world is run: in which order, how time passes, and what ends it. */
export interface RunOptions extends Pick<ActOptions, "idle" | "maxActions"> {
  /** Who acts in this run, instead of the world's schedule. */
  readonly schedule?: ScheduleName | Schedule;
  /** When this run ends by itself, instead of the world's termination. */
  readonly termination?: Termination;
  /** How much simulated time passes before each step: milliseconds or calendar units. Needs a calendar, which one world moves at a time. */
  readonly delta?: Duration | number;
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

/** What of these options each turn is given. */
export function acting({ signal, idle, maxActions }: RunOptions): ActOptions {
  return { ...(signal && { signal }), ...(idle && { idle }), ...(maxActions !== undefined && { maxActions }) };
}
