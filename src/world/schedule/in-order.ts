import type { Schedule } from "./schedule.ts";

/** All act on what they knew when the step began, then all is delivered in the order of the list. */
export function simultaneous(): Schedule {
  return { name: "simultaneous", plan: ({ people }) => ({ cast: people, together: true }) };
}

/** One after the other in the order of the list, and each hears what came before. */
export function sequential(): Schedule {
  return { name: "sequential", plan: ({ people }) => ({ cast: people }) };
}

/** One after the other in an order drawn anew for each step. */
export function shuffled(): Schedule {
  return { name: "shuffled", plan: ({ people, random }) => ({ cast: random.shuffle(people) }) };
}
