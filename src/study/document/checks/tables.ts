import type { Issue } from "../../../kernel/values/errors.ts";
import type { Step } from "../document.ts";
import { columnsOf } from "../worlds/world.ts";
import { missingTable, newTable, type TableScene } from "./columns.ts";
import { keptIssues } from "./kept.ts";
import { extractIssues, judgeIssues, reportIssues, surveyIssues } from "./reading.ts";

type StoryStep = Extract<Step, { story: unknown }>["story"];

/** What is wrong with the tables that a step makes or counts. */
export function tableIssues(step: Step, scene: TableScene): readonly Issue[] {
  const { study, columns } = scene;
  if ("extract" in step) return extractIssues(step.extract, { study, columns });
  if ("survey" in step) return surveyIssues(step.survey, scene);
  if ("judge" in step) return judgeIssues(step.judge, { study, columns });
  if ("report" in step) return reportIssues(step.report, { study, columns });
  if ("hold" in step) {
    return newTable(step.hold.as, ["hold.as", columnsOf[study.world?.kind ?? "room"].held ?? []], columns);
  }
  if ("tables" in step) return keptIssues(step.tables, { study, columns });
  if ("story" in step) return storyIssues(step.story, columns);
  if (!("tally" in step)) return [];
  const { table, by, as, winner } = step.tally;
  const issues = [...missingTable(table, "tally.table", { columns, column: ["tally.by", by] })];
  issues.push(...newTable(as, ["tally.as", [by, "count", "share"]], columns));
  if (winner !== undefined) issues.push(...newTable(winner, ["tally.winner", [by, "count", "share"]], columns));
  return issues;
}

const beatColumns = ["heading", "text", "people", "from"];

/** A story goes on under its name; what it is of and for stands where it begins. */
function storyIssues({ as, from, purpose }: StoryStep, columns: TableScene["columns"]): readonly Issue[] {
  if (columns.get(as) !== beatColumns) return newTable(as, ["story.as", beatColumns], columns);
  if ((from ?? purpose) === undefined) return [];
  const path = from === undefined ? "story.purpose" : "story.from";
  return [{ path, message: `The story '${as}' has begun: this stands in its first step.` }];
}
