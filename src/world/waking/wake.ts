import type { KeysOf } from "../../kernel/text/known-keys.ts";
import type { Duration } from "../time/calendar.ts";
import type { Appointment } from "./appointments.ts";
import type { Routine } from "./routine.ts";

/**
 * What wakes people in a run through time in which most of them sleep, beside what reaches them and `world.wake`: who has
 * nothing to do costs no call and no step.
 */
export interface Wake {
  /** What people do regularly, by name; beside the routines of their personas that say a day and a time. */
  readonly routines?: Readonly<Record<string, readonly (string | Routine)[]>>;
  /** What is planned: a list, or a `TinyCalendar`, in which it is whatever stands there by then. */
  readonly appointments?: readonly Appointment[] | { readonly events: readonly Appointment[] };
  /** How many further steps, `every` (five minutes) apart, people who are awake have to answer each other. Default 3. */
  readonly exchanges?: number;
  /**
   * Have each who wakes say first, in one call, what they did meanwhile, and remember it: after that long a sleep; true
   * is a day.
   */
  readonly summaries?: boolean | Duration;
}

/** The names of all that wakes people. */
export const wakeOptions: KeysOf<Wake> = { routines: true, appointments: true, exchanges: true, summaries: true };
