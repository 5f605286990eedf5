import type { Actor } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { eventDriven, interested } from "../schedule/event-driven.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { endOfPlan } from "../time/pace.ts";
import type { RunPlan } from "../time/run-options.ts";
import type { Wake } from "./wake.ts";
import { WakingPace, type WakingParts } from "./waking-pace.ts";

/** The pace of a run in which most people sleep. OPTION_INVALID when it has no end in time. */
export function wakingPace<P extends Actor>(
  plan: RunPlan & { readonly wake: Wake },
  parts: WakingParts<P>,
  world: object,
): WakingPace<P> {
  const end = endOfPlan(plan, parts.clock);
  if (end !== undefined) return new WakingPace(parts, { wake: plan.wake, end, every: plan.every }, world);
  throw new TinyTroupeError("OPTION_INVALID", "A run in which people sleep has no end.", {
    data: { option: "wake" },
    hint: "Say until when it goes, as in until: '2030-03-01' or days: 30.",
  });
}

/** Who is awake acts: by the schedule of the world where that goes by news, else for what is meant for them or interests them. */
export const wakingSchedule = (schedule: Schedule): Schedule =>
  schedule.attentive ? schedule : eventDriven({ wakes: interested });
