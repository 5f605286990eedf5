import type { Actor } from "../../../kernel/contracts/person.ts";
import type { Round, Schedule } from "../../schedule/schedule.ts";

/**
 * As another schedule, but those who will act are shown something first, each once a step: after it is settled who they
 * are, and before the first of them acts.
 */
export function showing(schedule: Schedule, show: (cast: readonly Actor[], round: Round<Actor>) => void): Schedule {
  return {
    ...schedule,
    plan: async (round) => {
      const plan = await schedule.plan(round);
      show(plan.cast, round as unknown as Round<Actor>);
      return plan;
    },
  };
}
