import { loadAnswersDescription } from "../../evaluation/people/description/load.ts";
import { answersFrom } from "../../evaluation/people/reading/answers-from.ts";
import { loadAnswers } from "../../evaluation/people/reading/load-answers.ts";
import { type BesidePeople, besidePeopleCharts } from "../../evaluation/report/charts.ts";
import { dataCharts } from "../../insight/report/data-charts.ts";
import { dataEvidence, interactionEvidence, interviewForReport } from "../../insight/report/evidence.ts";
import { interactionCharts } from "../../insight/report/interaction-charts.ts";
import type { EvidenceRow, Report } from "../../insight/report/report.ts";
import { writeReport } from "../../insight/report/write-report.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Chart } from "../../plot/chart.ts";
import type { ReportStep } from "../document/reading.ts";
import { named } from "../worlds/names.ts";
import { originOf, readableIn, type Scene, subjectOf } from "./scene.ts";

/** Writes a report on what happened, on answers of forks of people, or on the rows of a table. */
export async function reportOn(step: ReportStep, scene: Scene): Promise<Report> {
  const { task, title, requirements, kind, heldAgainst } = step;
  const { evidence, charts } = await groundOf(step, scene);
  if (evidence.length === 0) throw nothingToRestOn(step);
  return writeReport(scene.simulation.context, {
    ...{ task, evidence, charts, label: `report ${step.as}` },
    ...(title !== undefined && { title }),
    ...(requirements !== undefined && { requirements }),
    ...(kind !== undefined && { kind }),
    ...(heldAgainst !== undefined && { heldAgainst }),
  });
}

/** What it rests on, and what of that can be drawn. */
interface Ground {
  readonly evidence: readonly EvidenceRow[];
  readonly charts: readonly Chart[];
}

async function groundOf(step: ReportStep, scene: Scene): Promise<Ground> {
  const { interview, table, who, talk } = step;
  if (table !== undefined) {
    const rows = scene.tables.get(table) ?? [];
    const beside = step.people && (await besidePeople(rows, step.people, scene));
    const charts = [...(beside?.charts ?? []), ...dataCharts(rows, who, beside?.drawn)];
    return { evidence: dataEvidence(rows, who), charts };
  }
  const from = originOf(step, scene);
  if (interview !== undefined) {
    const people = from === "each" || from === "world" ? scene.people : named(from, scene.people);
    const { evidence, rows } = await interviewForReport(people, { questions: interview });
    for (const row of rows) {
      if (!("error" in row)) continue;
      const message = `${row.key} did not answer for the report: ${row.error.message}`;
      scene.simulation.context.watch({ type: "warning", message });
    }
    return { evidence, charts: [] };
  }
  const readable = readableIn(from, scene, "report");
  const subjects = from === "each" ? readable : [subjectOf(from, scene)];
  const evidence = interactionEvidence(subjects, { include: talk ? "talk" : "all" });
  return { evidence, charts: interactionCharts(subjects.flatMap((subject) => subject.transcript())) };
}

/** How people answered beside the rows of a table. */
async function besidePeople(
  rows: readonly object[],
  { file, describe }: NonNullable<ReportStep["people"]>,
  { simulation }: Scene,
): Promise<BesidePeople> {
  const description = await loadAnswersDescription(simulation.pathOf(describe));
  const human = await loadAnswers(simulation.pathOf(file), description);
  return besidePeopleCharts({ human, simulated: answersFrom(rows, description) });
}

function nothingToRestOn({ table, interview, as }: ReportStep): TinyTroupeError<"OPTION_INVALID"> {
  const why =
    table === undefined
      ? `nobody ${interview === undefined ? "said anything" : "answered aloud"}`
      : `the table '${table}' has no rows`;
  return new TinyTroupeError("OPTION_INVALID", `Nothing can be reported in '${as}': ${why}.`, {
    data: { option: "report", value: as },
    hint: "Let people act before, ask otherwise, or have an earlier step fill the table.",
  });
}
