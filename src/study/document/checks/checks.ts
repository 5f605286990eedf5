import type { Issue } from "../../../kernel/values/errors.ts";
import { checkedName } from "../../../simulation/run/identity.ts";
import type { ArmDocument } from "../arms.ts";
import type { StudyDocument } from "../document.ts";
import type { InterventionDocument } from "../interventions.ts";
import type { TableScene } from "./columns.ts";
import { momentIssues, wordsOf } from "./moments.ts";
import { stageIssues } from "./stage.ts";
import { tableIssues } from "./tables.ts";
import { worldIssues } from "./worlds.ts";

/** What is wrong with a study though each part of it is written well: found before anybody is asked anything. */
export function contradictionsIn(
  study: StudyDocument,
  instruments: TableScene["instruments"] = new Map(),
): readonly Issue[] {
  const columns: TableScene["columns"] = new Map();
  const issues = study.steps.flatMap((step, place) => {
    const found = [...stageIssues(step, study), ...tableIssues(step, { study, columns, instruments })];
    return found.map(({ path, message }) => ({
      path: ["steps", place, path].filter((part) => part !== "").join("."),
      message,
    }));
  });
  const { world } = study;
  return [
    ...nameIssues(study),
    ...momentIssues(study.startAt),
    ...(world === undefined
      ? []
      : worldIssues(world, study).map(({ path, message }) => ({ path: `world.${path}`, message }))),
    ...interventionIssues(study),
    ...armIssues(study),
    ...issues,
  ];
}

function nameIssues({ name, world }: StudyDocument): readonly Issue[] {
  return Object.entries({ name, "world.name": world?.name }).flatMap(([path, given]) => {
    try {
      if (given !== undefined) checkedName(given);
      return [];
    } catch (error) {
      return [{ path, message: wordsOf(error) }];
    }
  });
}

/** More levels than any study has; aliases of YAML that lead in a circle have no end. */
const deepest = 32;

/** What no part of a study can hold, anywhere in data from a file: keys that would be lost on the way, too many levels. */
export function forbiddenIn(value: unknown, path: readonly string[] = []): readonly Issue[] {
  if (typeof value !== "object" || value === null) return [];
  if (path.length > deepest)
    return [{ path: path.join("."), message: `This is nested deeper than ${deepest} levels.` }];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "__proto__"
      ? [{ path: [...path, key].join("."), message: "Nothing can be called __proto__." }]
      : forbiddenIn(inner, [...path, key]),
  );
}

function interventionIssues({ interventions = [], world, startAt }: StudyDocument): readonly Issue[] {
  const names = interventions.map(({ name }) => name);
  const needed = world === undefined && interventions.length > 0;
  const noWorld = "This needs a world. Add `world: { name: … }` to the study.";
  return [
    ...(needed ? [{ path: "interventions", message: noWorld }] : []),
    ...interventions.flatMap((one, place) =>
      wrongIn(one, { startAt, isSecond: names.indexOf(one.name) < place }).map(([key, message]) => ({
        path: `interventions.${place}.${key}`,
        message,
      })),
    ),
  ];
}

function wrongIn(
  { claim, holds, atLeast, atMost, last, cooldown }: InterventionDocument,
  { startAt, isSecond }: { readonly startAt: string | undefined; readonly isSecond: boolean },
): readonly (readonly [key: string, message: string])[] {
  const isScored = atLeast !== undefined || atMost !== undefined;
  const judged = Object.entries({ holds, atLeast, atMost, last }).filter(([, value]) => value !== undefined);
  return [
    ...(isSecond ? [["name", "There is an intervention of this name already."] as const] : []),
    ...(claim === undefined
      ? judged.map(([key]) => [key, "This is about a `claim`, and there is none."] as const)
      : []),
    ...(holds !== undefined && isScored ? [["holds", "Give `holds`, or bounds of a score, not both."] as const] : []),
    ...((atLeast ?? 0) > (atMost ?? 9) ? [["atLeast", "`atLeast` is above `atMost`."] as const] : []),
    ...(typeof cooldown === "object" && startAt === undefined
      ? [["cooldown", "Time passes only in a study that begins at a moment: add `startAt`."] as const]
      : []),
  ];
}

const nothingDifferent =
  "Nothing is different here: give `at` and `do` or `interventions`, or `personas`, `fragments`, `reword`, `said`, `prompt`, `without` or a `model`.";

/** Arms that change nothing, or change something nowhere. */
function armIssues({ arms = {}, world }: StudyDocument): readonly Issue[] {
  return Object.entries(arms).flatMap(([name, arm]) => {
    const path = `arms.${name}`;
    return [
      ...(name === "control" ? [{ path, message: "`control` is the study as it is: call the arm otherwise." }] : []),
      ...(differs(arm) ? [] : [{ path, message: nothingDifferent }]),
      ...wrongInArm(arm, world !== undefined).map((issue) => ({ ...issue, path: `${path}.${issue.path}` })),
    ];
  });
}

/** Something is done or said otherwise in it. */
const differs = ({ at: _place, to: _whom, do: deeds = [], interventions = [], ...edits }: ArmDocument): boolean =>
  deeds.length + interventions.length + Object.keys(edits).length > 0;

/** What contradicts itself in an arm, each at its path within it. */
export function wrongInArm(
  { at, do: deeds = [], interventions: steering = [], to }: ArmDocument,
  hasWorld: boolean,
): readonly Issue[] {
  const forAll = deeds.some((deed) => Object.keys(deed).some((kind) => kind.startsWith("broadcast")));
  const place = "Say where it is done, as in at: room/3, before the third step of the world 'room'.";
  return [
    ...(deeds.length + steering.length > 0 && at === undefined ? [{ path: "at", message: place }] : []),
    ...(to !== undefined && deeds.length === 0
      ? [{ path: "to", message: "Nothing is done here that could be about somebody: give `do`." }]
      : []),
    ...(forAll && !hasWorld ? [{ path: "do", message: "Broadcasts need a world." }] : []),
    ...(steering.length > 0 && !hasWorld ? [{ path: "interventions", message: "Interventions need a world." }] : []),
  ];
}
