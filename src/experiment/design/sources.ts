import { resolve } from "node:path";
import { nearest } from "../../kernel/text/nearest.ts";
import type { Issue } from "../../kernel/values/errors.ts";
import { slug } from "../../kernel/values/ids.ts";
import { ownKinds } from "../../person/actions/own-actions.ts";
import type { StudyDocument } from "../../study/document/document.ts";
import { instrumentsOf } from "../../study/steps/survey.ts";
import { itemsOf } from "../../survey/instrument/document.ts";
import { partsOf } from "../../survey/instrument/items.ts";
import type { Metric, MetricSource } from "./metric.ts";

/** A step that puts a questionnaire to people. */
interface Asking {
  /** What the step is called. */
  readonly as: string;
  /** What the questionnaire is called. */
  readonly survey: string;
  readonly items: readonly string[];
}

type Played = Pick<StudyDocument, "steps" | "world">;
type Metrics = Readonly<Record<string, Pick<Metric, "from">>>;

/**
 * What is wrong with where metrics come from, as far as a study's file tells: items that no questionnaire has or several
 * askings have, and misspelt actions. Throws SURVEY_INVALID, FILE_UNREADABLE and TARGET_UNKNOWN for questionnaires that
 * cannot be read.
 */
export async function sourceIssues(metrics: Metrics, study: Played, folder: string): Promise<readonly Issue[]> {
  const read = await instrumentsOf(study.steps, (path) => resolve(folder, path));
  const askings = [...read].map(([{ as }, instrument]): Asking => {
    const items = itemsOf(instrument).flatMap((item) => partsOf(item).map(({ id }) => id));
    return { as, survey: instrument.name, items };
  });
  return Object.entries(metrics).flatMap(([name, { from }]) =>
    ("item" in from ? itemIssue(from, askings) : "count" in from ? countIssue(from, study) : []).map(
      ([key, message]) => ({
        path: `metrics.${name}.from.${key}`,
        message,
      }),
    ),
  );
}

type Fault = readonly [key: string, message: string];

function itemIssue(
  { item, survey }: Extract<MetricSource, { item: string }>,
  all: readonly Asking[],
): readonly Fault[] {
  if (all.length === 0) return [["item", "The study has no step `survey`, so that nobody is asked this."]];
  const bySteps = all.filter(({ as }) => survey !== undefined && slug(as) === slug(survey));
  const meant = bySteps.length > 0 ? bySteps : all.filter((one) => survey === undefined || one.survey === survey);
  if (meant.length === 0) {
    const names = [...new Set(all.flatMap((one) => [one.as, one.survey]))];
    return [["survey", unknown(`step or questionnaire '${survey}'`, survey ?? "", names)]];
  }
  const having = meant.filter(({ items }) => items.includes(item));
  const names = having.map(({ as }) => as).join(", ");
  if (having.length === 0)
    return [["item", unknown(`item '${item}'`, item, [...new Set(meant.flatMap(({ items }) => items))])]];
  return having.length === 1
    ? []
    : [["survey", `Several steps ask '${item}': name one of them, by its \`as\` (${names}).`]];
}

const actions = [...ownKinds.keys(), "HOLD"];
/** Events that are each about somebody. */
const events = ["stance-taken", "turn", "turn-failed", "stimulus", "moved", "answered", "episode-closed"];

/** Places have actions of their own, and there are more events: of those only what is nearly another is misspelt. */
function countIssue({ count }: Extract<MetricSource, { count: string }>, { world }: Played): readonly Fault[] {
  const isPlain = world === undefined || (world.kind ?? "room") === "room";
  const known = [...actions, ...events];
  if (known.includes(count)) return [];
  const isUnknown = isPlain && /^[A-Z_]+$/.test(count);
  return isUnknown || nearest(count, known).length > 0
    ? [["count", unknown(`action or event '${count}'`, count, known)]]
    : [];
}

function unknown(what: string, given: string, known: readonly string[]): string {
  const [meant] = nearest(given, known);
  const there = meant === undefined ? `There are: ${known.join(", ")}.` : `Did you mean '${meant}'?`;
  return `The study has no ${what}. ${there}`;
}
