import { checkCount } from "../../check-number.ts";
import { after, type Duration } from "../../time/calendar.ts";
import type { DeliveryPolicy } from "./policy.ts";

/** Words arrive before a later step, or in the first step in which so much simulated time has passed. */
export function delayed(by: { readonly steps: number } | Duration): DeliveryPolicy {
  if ("steps" in by) {
    checkCount(by.steps, "steps");
    return { name: "delayed", arrival: () => (by.steps === 0 ? "now" : { inSteps: by.steps }) };
  }
  return {
    name: "delayed",
    needsCalendar: true,
    arrival: ({ time, zone }) => (time === undefined ? "now" : { at: after(time, by, { zone }) }),
  };
}
