import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { sequential, shuffled, simultaneous } from "./in-order.ts";
import { roundRobin } from "./round-robin.ts";
import type { Schedule } from "./schedule.ts";

/**
 * `simultaneous`: all act on what they knew when the step began, then all is delivered in the order of the list.
 * `sequential`: one after the other in the order of the list, and each hears what came before. `shuffled`: the same in
 * an order drawn anew for each step. `round robin`: one in each step, in turn.
 */
export type ScheduleName = "simultaneous" | "sequential" | "shuffled" | "round robin";

const named: Readonly<Record<ScheduleName, () => Schedule>> = {
  simultaneous,
  sequential,
  shuffled,
  "round robin": roundRobin,
};

/** The schedule so called, or the one that is given; OPTION_INVALID for a name of none. */
export function scheduleOf(schedule: ScheduleName | Schedule = "simultaneous"): Schedule {
  if (typeof schedule === "object") return schedule;
  const make = Object.hasOwn(named, schedule) ? named[schedule] : undefined;
  if (make !== undefined) return make();
  throw new TinyTroupeError("OPTION_INVALID", `There is no schedule called '${String(schedule)}'.`, {
    data: { option: "schedule", value: schedule },
    hint: `Give one of ${Object.keys(named).join(", ")}, or a schedule of your own.`,
  });
}
