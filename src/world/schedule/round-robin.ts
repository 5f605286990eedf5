import type { Actor } from "../../kernel/contracts/person.ts";
import type { Round, Schedule } from "./schedule.ts";

/** One acts in each step: who has waited longest, by the list among equals, so that all come in turn. */
export function roundRobin(): Schedule {
  return {
    name: "round robin",
    plan: (round) => {
      const next = longestWaiting(round);
      return { cast: next === undefined ? [] : [next] };
    },
  };
}

function longestWaiting<P extends Actor>({ people, lastActed }: Round<P>): P | undefined {
  let [next, since] = [people[0], Number.POSITIVE_INFINITY];
  for (const person of people) {
    const last = lastActed(person.id) ?? 0;
    if (last < since) [next, since] = [person, last];
  }
  return next;
}
