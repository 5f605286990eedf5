import { checkKeys } from "../../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { checkCount } from "../../check-number.ts";
import { after, type Duration, spans } from "../../time/calendar.ts";
import type { DeliveryPolicy } from "./policy.ts";

/**
 * Words arrive before a later step, or in the first step in which so much simulated time has passed. OPTION_INVALID for
 * what is no delay.
 */
export function delayed(by: { readonly steps: number } | Duration): DeliveryPolicy {
  checkKeys<{ steps?: number } & Duration>(by, { ...spans, steps: true }, "a delay");
  if ("steps" in by) {
    checkCount(by.steps, "steps");
    return { name: "delayed", arrival: () => (by.steps === 0 ? "now" : { inSteps: by.steps }) };
  }
  if (!(after(new Date(0), by) >= new Date(0))) throw noDelay(by);
  return {
    name: "delayed",
    needsCalendar: true,
    arrival: ({ time, zone }) => (time === undefined ? "now" : { at: after(time, by, { zone }) }),
  };
}

function noDelay(by: Duration): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "Words cannot arrive before they are said.", {
    data: { option: "delayed", value: by },
    hint: "Give a span of time forward, as in { hours: 2 }.",
  });
}
