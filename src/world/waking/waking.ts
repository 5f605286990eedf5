import type { Actor } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { eventDriven, interested } from "../schedule/event-driven.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Society } from "../society.ts";
import { endOfPlan, type Pace, steppedPace } from "../time/pace.ts";
import type { CheckedPlan } from "../time/run-options.ts";
import { WakingPace, type WakingWorld } from "./waking-pace.ts";

/**
 * How a run goes through time: from one moment at which something wakes somebody to the next where the plan says what
 * wakes people, and step by step else. OPTION_INVALID for a plan that has no end in time where it needs one, or nothing
 * that moves the time there.
 */
export function paceOf<P extends Actor>(plan: CheckedPlan, world: WakingWorld, society: Society<P>): Pace<P> {
  const { wake, every } = plan;
  const { clock } = world.context;
  if (wake === undefined) return steppedPace(plan, { clock, world });
  const end = endOfPlan(plan, clock);
  if (end !== undefined) return new WakingPace(world, society, { wake, end, every });
  throw new TinyTroupeError("OPTION_INVALID", "A run in which people sleep has no end.", {
    data: { option: "wake" },
    hint: "Say until when it goes, as in until: '2030-03-01' or days: 30.",
  });
}

/**
 * Who acts in a run: as the schedule says; where the plan says what wakes people, who is awake. Then a schedule that does
 * not go by news gives way to one by what is meant for people or interests them.
 */
export function scheduleIn({ wake }: CheckedPlan, schedule: Schedule): Schedule {
  return wake === undefined || schedule.attentive ? schedule : eventDriven({ wakes: interested });
}
