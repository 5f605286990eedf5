import type { Issue } from "../../../kernel/values/errors.ts";
import type { Step, StudyDocument } from "../document.ts";
import { columnsOf } from "../worlds/world.ts";
import { runIssues } from "./running.ts";

type ShowStep = Extract<Step, { show: unknown }>["show"];

/** Steps that need a world or a calendar that the study does not have. */
export function stageIssues(step: Step, study: StudyDocument): readonly Issue[] {
  const { world, startAt } = study;
  const [kind = ""] = Object.keys(step);
  const issues: Issue[] = [];
  if (world === undefined && needsWorld.includes(kind)) {
    const message = "This needs a world. Add `world: { name: … }` to the study, or use `ask`, `tell` or `think`.";
    issues.push({ path: kind, message });
  }
  if ("hold" in step && world !== undefined && columnsOf[world.kind ?? "room"].held === undefined) {
    issues.push({
      path: "hold",
      message: `A ${world.kind ?? "room"} is no meeting: \`run\` it, or give the world a \`kind\` that is.`,
    });
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
  if ("run" in step && typeof step.run !== "number") issues.push(...runIssues(step.run, study));
  return issues;
}

/** Steps that are nothing without a world. */
const needsWorld = ["broadcast", "broadcastThought", "broadcastGoal", "run", "hold", "tables"];

function showIssues({ who, image, document, name }: ShowStep, hasWorld: boolean): readonly Issue[] {
  if (image !== undefined && document !== undefined) {
    return [{ path: "show", message: "Give an `image` or a `document`, each a step of its own." }];
  }
  const isForAll = hasWorld && who === undefined;
  const path = document !== undefined ? "show.document" : "show.name";
  const message = "This is for everybody in a world: the study needs one, and the step no `who`.";
  return !isForAll && (document ?? name) !== undefined ? [{ path, message }] : [];
}
