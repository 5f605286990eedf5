import type { RunPlan } from "../../world/time/run-options.ts";
import type { Plan, Wake } from "../document/worlds/running.ts";
import { type Called, named } from "./names.ts";
import { checkEndings, endingOf, type Stage, scheduleNamed } from "./parts.ts";
import { present } from "./present.ts";

/** A run as a step of a study file describes it. */
export function planOf({ steps: _steps, wake, schedule, stopWhen, every, ...plain }: Plan, stage: Stage): RunPlan {
  return {
    ...present(plain),
    ...(every && { every: present(every) }),
    ...(wake && { wake: wakeOf(wake) }),
    ...(schedule && { schedule: scheduleNamed(schedule) }),
    ...(stopWhen && { stopWhen: endingOf(stopWhen, stage) }),
  };
}

function wakeOf({ summaries, appointments, ...rest }: Wake): NonNullable<RunPlan["wake"]> {
  return {
    ...present(rest),
    ...(appointments && { appointments: appointments.map(present) }),
    ...(summaries !== undefined && { summaries: typeof summaries === "boolean" ? summaries : present(summaries) }),
  };
}

/** The names in how a world is to be run; STUDY_INVALID for one that means nobody. */
export function checkPlan({ wake = {}, stopWhen }: Plan, people: readonly Called[], path: string): void {
  const { routines = {}, appointments = [] } = wake;
  for (const name of Object.keys(routines)) named(name, people, `${path}.wake.routines.${name}`);
  for (const [place, { organizer, attendees }] of appointments.entries()) {
    named(organizer, people, `${path}.wake.appointments.${place}.organizer`);
    named(attendees, people, `${path}.wake.appointments.${place}.attendees`);
  }
  if (stopWhen !== undefined) checkEndings(stopWhen, people, `${path}.stopWhen`);
}
