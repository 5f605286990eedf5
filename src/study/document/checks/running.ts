import { utc } from "../../../kernel/time/zone.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { startOf } from "../../../world/waking/appointments.ts";
import { recurrence } from "../../../world/waking/routine.ts";
import type { StudyDocument } from "../document.ts";
import { type Endings, spanShape } from "../worlds/parts.ts";
import type { Plan, Wake } from "../worlds/running.ts";
import { laterIssues, noCalendar, wordsOf } from "./moments.ts";

type Head = Pick<StudyDocument, "startAt" | "stances">;

/** What is wrong with how a world is to be run. */
export function runIssues(plan: Plan, study: Head): readonly Issue[] {
  const { steps, until, every, wake, stopWhen = {} } = plan;
  const span = Object.keys(spanShape).find((unit) => unit in plan);
  const ends = Object.entries({ steps, until, [span ?? "days"]: span }).filter(([, given]) => given !== undefined);
  const [timed = "every"] = [span, until && "until", every && "every", wake && "wake"].filter(
    (key) => key !== undefined,
  );
  const needsTime = span !== undefined || until !== undefined || every !== undefined || wake !== undefined;
  return [
    ...(ends.length === 1 ? [] : [{ path: "run", message: oneEnd }]),
    ...(ends.length > 1 || steps === undefined || wake === undefined ? [] : [{ path: "run.wake", message: inTime }]),
    ...(ends.length === 1 && steps === undefined && every === undefined && wake === undefined
      ? [
          {
            path: "run",
            message: "Nothing moves the time: say what passes before each step, `every`, or what wakes people, `wake`.",
          },
        ]
      : []),
    ...(needsTime && study.startAt === undefined ? [{ path: `run.${timed}`, message: noCalendar }] : []),
    ...laterIssues("run.until", until),
    ...(wake === undefined ? [] : wakeIssues(wake)),
    ...endingIssues("run.stopWhen", stopWhen, study),
  ];
}

const oneEnd =
  "Give one of `steps`, `until` and a span such as `days`. Time before each step is `every`, as in { steps: 2, every: { minutes: 30 } }.";
const inTime = "A run in which people sleep ends in time: give `until` or a span such as `days` instead of `steps`.";

function wakeIssues({ routines = {}, appointments = [] }: Wake): readonly Issue[] {
  const strange = Object.entries(routines).flatMap(([name, list]) =>
    list.flatMap((routine, place) =>
      recurrence(routine) === undefined ? [{ path: `run.wake.routines.${name}.${place}`, message: noRoutine }] : [],
    ),
  );
  const nowhere = appointments.flatMap(({ title, start }, place) => {
    try {
      startOf({ title, start }, utc);
      return [];
    } catch (error) {
      return [{ path: `run.wake.appointments.${place}.start`, message: wordsOf(error) }];
    }
  });
  return [...strange, ...nowhere];
}

const noRoutine =
  "This says no day or no time. Write it as in: weekdays at 08:00 open the bakery, or Mondays and Fridays at 18:30 sing.";

/** What is wrong with what is to end a run. */
export function endingIssues(path: string, { allOf, ...any }: Endings, study: Head): readonly Issue[] {
  const found = Object.keys(any).length + Object.keys(allOf ?? {}).length === 0;
  const empty = found && (path !== "run.stopWhen" || allOf !== undefined);
  return [
    ...(empty ? [{ path, message: "This is empty. Write what ends a run, as in { afterSteps: 4 }." }] : []),
    ...Object.entries({ [path]: any, [`${path}.allOf`]: allOf ?? {} }).flatMap(([at, endings]) => [
      ...laterIssues(`${at}.atTime`, endings.atTime),
      ...(endings.atTime !== undefined && study.startAt === undefined
        ? [{ path: `${at}.atTime`, message: noCalendar }]
        : []),
      ...(endings.whenAllAgree !== undefined && !study.stances
        ? [{ path: `${at}.whenAllAgree`, message: noStances }]
        : []),
      ...(typeof endings.whenDone === "object" && Object.keys(endings.whenDone).length === 0
        ? [{ path: `${at}.whenDone`, message: "This is empty. Say what is done, as in { says: sold }." }]
        : []),
    ]),
  ];
}

const noStances = "What people hold is kept only in a study that says so: add `stances: true`.";
