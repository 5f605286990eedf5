import type { Actor } from "../../kernel/contracts/person.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** These people act, one after the other, whether or not something is new to them; each hears what came before. */
export function calledUpon(people: readonly Actor[]): Schedule {
  return {
    name: "called upon",
    plan: (round) => {
      const cast = people.flatMap(({ id }) => round.person(id) ?? []);
      return { cast, prompted: new Set(cast.map(({ id }) => id)) };
    },
  };
}

/** Another schedule for some of those who are here; the others listen. */
export function among(some: readonly Actor[], schedule: Schedule): Schedule {
  const ids = new Set(some.map(({ id }) => id));
  return {
    ...schedule,
    plan: (round) =>
      schedule.plan({
        ...round,
        people: round.people.filter(({ id }) => ids.has(id)),
        person: (id) => (ids.has(id) ? round.person(id) : undefined),
      }),
  };
}
