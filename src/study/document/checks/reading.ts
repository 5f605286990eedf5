import type { Issue } from "../../../kernel/values/errors.ts";
import { answerColumns, wideColumns, writtenIn } from "../../steps/survey.ts";
import { addedColumns, verdictColumns } from "../../steps/tables.ts";
import type { Field, Fields } from "../fields.ts";
import type { Extraction, JudgeStep, ReportStep } from "../reading.ts";
import type { SurveyStep } from "../surveys.ts";
import { missingTable, newTable, type TableScene } from "./columns.ts";

const agreementColumns = ["field", "share", "alpha", "why"];

/** What is wrong with a step that extracts. */
export function extractIssues(step: Extraction, scene: TableScene): readonly Issue[] {
  const { as, agreement, evidence, fields, from, rows } = step;
  const issues: Issue[] = [...readerIssues(step)];
  if (fields !== undefined && rows !== undefined) {
    issues.push({ path: "extract", message: "Give `fields` for one answer or `rows` for several, not both." });
  }
  if (from === "world" && scene.study.world === undefined) {
    issues.push({ path: "extract.from", message: "The study has no world: use `each` or a person's name." });
  }
  const each = from === "each" || (from === undefined && scene.study.world === undefined);
  const isSeveral = step.readers !== undefined || step.samples !== undefined;
  const added: readonly string[] = [
    ...(each ? [addedColumns.person] : []),
    ...(evidence ? addedColumns.evidence : []),
    ...(isSeveral ? [addedColumns.agreement] : []),
  ];
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
  issues.push(...newTable(as, ["extract.as", [...added, ...names]], scene.columns));
  if (agreement === undefined) return issues;
  return [...issues, ...newTable(agreement, ["extract.agreement", agreementColumns], scene.columns)];
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

/** What is wrong with how several readers are to agree. */
function readerIssues({ by, readers, samples, agreement, rows }: Extraction): readonly Issue[] {
  const isSeveral = readers !== undefined || samples !== undefined;
  const readings = (readers?.length ?? 1) * (samples ?? 1);
  const path = `extract.${readers === undefined ? "samples" : "readers"}`;
  const twice = readers?.find((reader, place) => readers.indexOf(reader) < place);
  return [
    ...(by !== undefined && readers !== undefined
      ? [{ path: "extract.by", message: "Give `by` for one reader or `readers` for several, not both." }]
      : []),
    ...(isSeveral && readings < 2
      ? [{ path, message: "There is nobody to agree with: give `samples: 3`, or several `readers`." }]
      : []),
    ...(twice === undefined ? [] : [{ path, message: `'${twice}' reads twice: give \`samples\` for that.` }]),
    ...(isSeveral && rows !== undefined
      ? [{ path, message: "Readers agree field by field: give `fields`, not `rows`." }]
      : []),
    ...(agreement !== undefined && !isSeveral
      ? [{ path: "extract.agreement", message: "One answer agrees with itself: give `samples` or several `readers`." }]
      : []),
  ];
}

/** What is wrong with a step that judges. */
export function judgeIssues(
  { claims = {}, scores = {}, ready = [], from, as }: JudgeStep,
  { study, columns }: TableScene,
): readonly Issue[] {
  const names = [...Object.keys(claims), ...Object.keys(scores), ...ready];
  const twice = names.find((name, place) => names.indexOf(name) < place);
  return [
    ...(names.length === 0 ? [{ path: "judge", message: "Give `claims`, `scores` or `ready`." }] : []),
    ...(twice === undefined ? [] : [{ path: "judge", message: `Two claims are called '${twice}'.` }]),
    ...(from === "world" && study.world === undefined
      ? [{ path: "judge.from", message: "The study has no world: use `each` or a person's name." }]
      : []),
    ...newTable(as, ["judge.as", [addedColumns.person, ...verdictColumns]], columns),
  ];
}

/** What is wrong with a step that writes a report. */
export function reportIssues(step: ReportStep, { study, columns }: TableScene): readonly Issue[] {
  const { kind, heldAgainst, from, talk, interview, table, who, people, as } = step;
  const grounds = Object.entries({ table, interview, talk }).filter(([, value]) => value !== undefined);
  const column = who === undefined ? undefined : (["report.who", who] as const);
  return [
    ...(kind === "estimate" && heldAgainst === undefined
      ? [{ path: "report.kind", message: "Say in `heldAgainst` what it was held against, or call it a pilot." }]
      : []),
    ...(grounds.length > 1
      ? [{ path: `report.${grounds[1]?.[0]}`, message: `The report is on \`${grounds[0]?.[0]}\`: leave this out.` }]
      : []),
    ...(table !== undefined && from !== undefined
      ? [{ path: "report.from", message: "The report is on a `table`: leave this out." }]
      : []),
    ...(from === "world" && study.world === undefined
      ? [{ path: "report.from", message: "The study has no world: use `each` or a person's name." }]
      : []),
    ...(table === undefined ? [] : missingTable(table, "report.table", { columns, column })),
    ...(table === undefined && who !== undefined
      ? [{ path: "report.who", message: "Only rows of a `table` have columns: name one." }]
      : []),
    ...(table === undefined && people !== undefined
      ? [{ path: "report.people", message: "People's answers are drawn beside a `table`: name one." }]
      : []),
    ...newTable(as, ["report.as", "report"], columns),
  ];
}

const figureColumns = "segment item figure is n missing value low high effectiveSize designEffect".split(" ");
const taskColumns = "segment item result figure n value low high why".split(" ");
const effectColumns = "variant item figure n difference low high found".split(" ");

/** What is wrong with a step in which a questionnaire is answered. */
export function surveyIssues(step: SurveyStep, { study, columns, instruments }: TableScene): readonly Issue[] {
  const { variants, samples = 1, as, answers, figures, tasks, effects } = step;
  const written = writtenIn(step);
  const known = written?.instrument ?? instruments?.get(step);
  const form = { varied: variants !== undefined, sampled: samples > 1 };
  return [
    ...askedIssues(step, study),
    ...(written?.issues ?? []).map(({ path, message }) => ({ path: `survey.${path}`, message })),
    ...newTable(as, ["survey.as", known === undefined ? "open" : wideColumns(known, form)], columns),
    ...(answers === undefined ? [] : newTable(answers, ["survey.answers", answerColumns(form)], columns)),
    ...(figures === undefined ? [] : newTable(figures, ["survey.figures", figureColumns], columns)),
    ...(tasks === undefined ? [] : newTable(tasks, ["survey.tasks", taskColumns], columns)),
    ...(effects === undefined ? [] : newTable(effects, ["survey.effects", effectColumns], columns)),
  ];
}

/** What is wrong with who is asked, and with what is wanted of it. */
function askedIssues(step: SurveyStep, { steps }: TableScene["study"]): readonly Issue[] {
  const { file, instrument, who, population, first, variants, effects, weigh, by, figures, tasks } = step;
  const twin = steps.find((other) => "survey" in other && isOtherPartOf(other.survey, step));
  const drawn = Object.entries({ first, weigh, by }).filter(([, given]) => given !== undefined);
  const summed = drawn.find(([key]) => key !== "first");
  return [
    ...((file === undefined) === (instrument === undefined)
      ? [{ path: "survey", message: "Give the questionnaire as a `file`, or written out as `instrument`." }]
      : []),
    ...(who !== undefined && population !== undefined
      ? [{ path: "survey.who", message: "The `population` is asked: leave this out." }]
      : []),
    ...(population === undefined
      ? drawn.map(([key]) => ({ path: `survey.${key}`, message: "This is about a `population`, and there is none." }))
      : []),
    ...(twin === undefined
      ? []
      : [{ path: "survey.first", message: `Another step asks more or fewer of ${population}: ask the same people.` }]),
    ...(effects !== undefined && variants === undefined
      ? [{ path: "survey.effects", message: "This compares `variants`, and there are none." }]
      : []),
    ...(summed !== undefined && (figures ?? tasks) === undefined
      ? [{ path: `survey.${summed[0]}`, message: "This is about `figures` and `tasks`: name one of these tables." }]
      : []),
  ];
}

/** A population enters once. */
const isOtherPartOf = (other: SurveyStep, { population, first }: SurveyStep): boolean =>
  population !== undefined && other.population === population && other.first !== first;
