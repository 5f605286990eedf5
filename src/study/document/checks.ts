import { type Issue, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { beginningOf } from "../../simulation/options.ts";
import { checkedName } from "../../simulation/run/identity.ts";
import { addedColumns } from "../tables.ts";
import type { Step, StudyDocument } from "./document.ts";
import type { Field, Fields } from "./fields.ts";
import type { InterventionDocument } from "./interventions.ts";
import { heldColumns } from "./worlds.ts";

type ShowStep = Extract<Step, { show: unknown }>["show"];
type StoryStep = Extract<Step, { story: unknown }>["story"];

/** What is wrong with a study though each part of it is written well: found before anybody is asked anything. */
export function contradictionsIn(study: StudyDocument): readonly Issue[] {
  const columns = new Map<string, readonly string[]>();
  const issues = study.steps.flatMap((step, place) => {
    const found = [...stageIssues(step, study), ...tableIssues(step, { study, columns })];
    return found.map(({ path, message }) => ({
      path: ["steps", place, path].filter((part) => part !== "").join("."),
      message,
    }));
  });
  return [...nameIssues(study), ...momentIssues(study.startAt), ...interventionIssues(study), ...issues];
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

function momentIssues(startAt: string | undefined): readonly Issue[] {
  try {
    beginningOf(startAt);
    return [];
  } catch (error) {
    return [{ path: "startAt", message: wordsOf(error) }];
  }
}

function wordsOf(error: unknown): string {
  if (!isTinyTroupeError(error)) throw error;
  return `${error.message} ${error.hint}`;
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

/** Steps that need a world or a calendar that the study does not have. */
function stageIssues(step: Step, { world, startAt }: StudyDocument): readonly Issue[] {
  const [kind = ""] = Object.keys(step);
  const issues: Issue[] = [];
  if (world === undefined && ["broadcast", "broadcastThought", "broadcastGoal", "run", "hold"].includes(kind)) {
    const message = "This needs a world. Add `world: { name: … }` to the study, or use `ask`, `tell` or `think`.";
    issues.push({ path: kind, message });
  }
  if ("hold" in step && world !== undefined && heldColumns[world.kind ?? "room"] === undefined) {
    issues.push({ path: "hold", message: "A room is no meeting: `run` it, or give the world a `kind`." });
  }
  if ("story" in step && world === undefined && (step.story.from ?? "world") === "world") {
    issues.push({ path: "story.from", message: "The study has no world: name a person." });
  }
  if ("story" in step && step.story.broadcast === true && (step.story.from ?? "world") !== "world") {
    issues.push({ path: "story.broadcast", message: "Only the story of a world is broadcast." });
  }
  if ("show" in step) issues.push(...showIssues(step.show, world !== undefined));
  if ("hold" in step && world?.kind === "debate" && world.minutes !== undefined && startAt === undefined) {
    issues.push({ path: "hold", message: "Turns take time only in a study that begins at a moment: add `startAt`." });
  }
  if ("run" in step && typeof step.run !== "number" && startAt === undefined) {
    issues.push({
      path: "run.minutes",
      message: "Time passes only in a study that begins at a moment: add `startAt`.",
    });
  }
  return issues;
}

function showIssues({ who, image, document, name }: ShowStep, hasWorld: boolean): readonly Issue[] {
  if (image !== undefined && document !== undefined) {
    return [{ path: "show", message: "Give an `image` or a `document`, each a step of its own." }];
  }
  const isForAll = hasWorld && who === undefined;
  const path = document !== undefined ? "show.document" : "show.name";
  const message = "This is for everybody in a world: the study needs one, and the step no `who`.";
  return !isForAll && (document ?? name) !== undefined ? [{ path, message }] : [];
}

interface Scene {
  readonly study: StudyDocument;
  /** The columns of the tables that there are so far. */
  readonly columns: Map<string, readonly string[]>;
}

function tableIssues(step: Step, { study, columns }: Scene): readonly Issue[] {
  if ("extract" in step) return extractIssues(step.extract, { study, columns });
  if ("hold" in step) {
    return newTable(step.hold.as, ["hold.as", heldColumns[study.world?.kind ?? "room"] ?? []], columns);
  }
  if ("story" in step) return storyIssues(step.story, columns);
  if (!("tally" in step)) return [];
  const { table, by, as, winner } = step.tally;
  const known = columns.get(table);
  const issues = [...newTable(as, ["tally.as", [by, "count", "share"]], columns)];
  if (winner !== undefined) issues.push(...newTable(winner, ["tally.winner", [by, "count", "share"]], columns));
  if (known === undefined) {
    const message = `There is no table '${table}' before this step. Tables so far: ${listed([...columns.keys()], as, winner)}.`;
    return [...issues, { path: "tally.table", message }];
  }
  if (known.includes(by)) return issues;
  return [...issues, { path: "tally.by", message: `The table '${table}' has no '${by}'. It has: ${listed(known)}.` }];
}

const beatColumns = ["heading", "text", "people", "from"];

/** A story goes on under its name; what it is of and for stands where it begins. */
function storyIssues({ as, from, purpose }: StoryStep, columns: Scene["columns"]): readonly Issue[] {
  if (columns.get(as) !== beatColumns) return newTable(as, ["story.as", beatColumns], columns);
  if ((from ?? purpose) === undefined) return [];
  const path = from === undefined ? "story.purpose" : "story.from";
  return [{ path, message: `The story '${as}' has begun: this stands in its first step.` }];
}

function extractIssues(step: Extract<Step, { extract: unknown }>["extract"], scene: Scene): readonly Issue[] {
  const { as, evidence, fields, from, rows } = step;
  const issues: Issue[] = [];
  if (fields !== undefined && rows !== undefined) {
    issues.push({ path: "extract", message: "Give `fields` for one answer or `rows` for several, not both." });
  }
  if (from === "world" && scene.study.world === undefined) {
    issues.push({ path: "extract.from", message: "The study has no world: use `each` or a person's name." });
  }
  const each = from === "each" || (from === undefined && scene.study.world === undefined);
  const added = [...(each ? [addedColumns.person] : []), ...(evidence ? [addedColumns.evidence] : [])];
  for (const [kind, some] of Object.entries({ fields, rows })) {
    for (const [name, field] of Object.entries(some ?? {})) {
      const path = `extract.${kind}.${name}`;
      if (added.some((column) => column === name)) {
        issues.push({ path, message: `This table gets a column '${name}' by itself: call the field otherwise.` });
      }
      issues.push(...fieldIssues(field).map((message) => ({ path, message })));
    }
  }
  const names = Object.keys((rows ?? fields ?? { answer: "" }) satisfies Fields);
  return [...issues, ...newTable(as, ["extract.as", [...added, ...names]], scene.columns)];
}

function fieldIssues(field: Field): readonly string[] {
  if (typeof field === "string") return [];
  const { minimum, maximum, options, type = "text" } = field;
  const bounded = minimum !== undefined || maximum !== undefined;
  return [
    ...(options !== undefined && type !== "text" ? ["A field with `options` holds a text: leave `type` out."] : []),
    ...(bounded && type !== "number" && type !== "integer" ? ["Bounds are for `type: number` or `integer`."] : []),
    ...(minimum !== undefined && maximum !== undefined && minimum > maximum ? ["`minimum` is above `maximum`."] : []),
  ];
}

function newTable(
  name: string,
  [path, of]: readonly [path: string, columns: readonly string[]],
  columns: Map<string, readonly string[]>,
): readonly Issue[] {
  const taken = columns.has(name);
  columns.set(name, of);
  return taken ? [{ path, message: `There is a table '${name}' already: give this one another name.` }] : [];
}

const listed = (names: readonly string[], ...but: readonly (string | undefined)[]): string =>
  names.filter((name) => !but.includes(name)).join(", ") || "none";
