import type { Section } from "../../document/write/html/page.ts";
import { type Item, partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { withValue } from "../results/figures.ts";
import { groupsOf } from "../results/segments.ts";
import type { ItemFigure } from "../results/summary.ts";
import type { TaskFigure } from "../results/tasks/task-figure.ts";
import { inWords, isApart, labelOf, partLabel, type SurveyFindings } from "./findings.ts";

/** Words of so many people are quoted of an item. */
const mostQuotes = 8;

/** One item in words and figures. */
export function itemSection(item: Item, found: SurveyFindings): Section {
  const tasks = (found.tasks ?? []).filter((row) => row.item === item.id);
  const parts = partsOf(item);
  const isOfTasks = tasks.length > 0 && parts.some(({ scale }) => scale.kind !== "ranking");
  const figures = isOfTasks ? [] : parts.flatMap((part) => figureRows(item, part, found));
  const lines = [...counts(item, found), ...otherwise(item, found)];
  const options = parts.flatMap((part) => part.options);
  const named = (figure: string): string => inWords(labelOf({ options }, figure));
  const quotes = figures.length + tasks.length > 0 ? [] : quoteRows(item, found);
  return { heading: item.text, lines, rows: [...figures, ...taskRows(tasks, named), ...quotes] };
}

function figureRows(item: Item, part: ItemPart, { summary }: SurveyFindings): readonly object[] {
  const own = summary.filter((row) => row.item === part.id);
  const head = partsOf(item).length > 1 ? { part: partLabel(item, part) } : {};
  const first = part.scale.kind === "ranking" ? " first" : "";
  const named = (figure: string, is: ItemFigure["is"]): string => inUnit(`${labelOf(part, figure)}${first}`, is);
  if (isApart(own)) return sideBySide(own, named).map((row) => ({ ...head, ...row }));
  return own.map(({ figure, is, n, value, low, high }) => ({
    ...{ ...head, figure: named(figure, is), n, value: of(value, is), from: of(low, is), to: of(high, is) },
  }));
}

/** A column for each group: how many they are, and each figure with its interval. */
function sideBySide(
  rows: readonly ItemFigure[],
  named: (figure: string, is: ItemFigure["is"]) => string,
): readonly object[] {
  const segments = [...Map.groupBy(rows, ({ segment }) => segment)];
  const each = (cell: (own: readonly ItemFigure[]) => string): object =>
    Object.fromEntries(segments.map(([segment, own]) => [segment, cell(own)]));
  const figures = (segments[0]?.[1] ?? []).map(({ figure, is }) => ({
    figure: named(figure, is),
    ...each((own) => withInterval(own.find((row) => row.figure === figure && row.is === is))),
  }));
  return [{ figure: "people", ...each((own) => String(own[0]?.n ?? 0)) }, ...figures];
}

function withInterval(row: ItemFigure | undefined): string {
  if (row === undefined || row.value === null) return "";
  const { value, low, high, is } = row;
  return low === null ? `${of(value, is)}` : `${of(value, is)} (${of(low, is)} to ${of(high, is)})`;
}

const inUnit = (figure: string, is: ItemFigure["is"]): string => (is === "share" ? `${figure}, %` : figure);
const of = (value: number | null, is: ItemFigure["is"] = "mean"): number | string =>
  value === null ? "" : Number((is === "share" ? 100 * value : value).toFixed(is === "share" ? 1 : 2));

function taskRows(tasks: readonly TaskFigure[], named: (figure: string) => string): readonly object[] {
  return tasks.map(({ segment, result, figure, n, value, low, high, why }) => ({
    ...(isApart(tasks) && { of: segment }),
    ...{ result, figure: named(figure), n, value: of(value), from: of(low), to: of(high) },
    ...(tasks.some((row) => row.why !== null) && { note: why ?? "" }),
  }));
}

/** How many answered, and why the others did not. */
function counts(item: Item, found: SurveyFindings): readonly string[] {
  const own = answersTo(item, found);
  const asked = own.filter(({ value, ...answer }) => value !== null || Reflect.get(answer, "missing") !== "not-asked");
  const people = new Set(asked.map(({ respondent }) => respondent)).size;
  const missing = Map.groupBy(
    asked.flatMap((answer) => ("missing" in answer ? [answer.missing as string] : [])),
    (why) => why,
  );
  const reasons = [...missing].map(([why, rows]) => `${rows.length} ${why}`);
  const ways = [...new Set(own.map(({ method }) => method))].filter((method) => method !== "flow");
  const told = [
    `${people} ${people === 1 ? "person was" : "people were"} asked${ways.length === 0 ? "" : ` (${ways.join(", ")})`}`,
    ...(reasons.length === 0 ? [] : [`answers that are none: ${reasons.join(", ")}`]),
  ];
  return [`${told.join("; ")}.`];
}

function answersTo(item: Item, { run }: SurveyFindings) {
  const ids = new Set(partsOf(item).map(({ id }) => id));
  const [everybody] = groupsOf(run.answers, { respondents: run.respondents });
  return (everybody?.[1] ?? []).filter((answer) => ids.has(answer.item));
}

/** What asking otherwise did to the item, where that is more than chance leaves room for. */
function otherwise(item: Item, { effects = [] }: SurveyFindings): readonly string[] {
  const ids = new Set(partsOf(item).map(({ id }) => id));
  return effects
    .filter((effect) => effect.found && ids.has(effect.item))
    .map(({ variant, figure, difference }) => {
      return `Asked otherwise (${variant}), ${figure} moved by ${difference?.toFixed(2)}: read it with care.`;
    });
}

function quoteRows(item: Item, found: SurveyFindings): readonly object[] {
  const given = withValue(answersTo(item, found));
  return given.slice(0, mostQuotes).map(({ name, value }) => ({
    person: name,
    answer: Array.isArray(value) ? value.join("; ") : typeof value === "object" ? JSON.stringify(value) : value,
  }));
}

/** Who took it, by whom they stand, and how it was asked. */
export function howSection(found: SurveyFindings): Section {
  const { run, effects = [], weighing } = found;
  const ends = Map.groupBy(run.respondents, ({ end }) => end);
  const inattentive = run.respondents.filter(({ failedChecks }) => failedChecks.length > 0).length;
  const moved = effects.filter((effect) => effect.found).length;
  return {
    heading: "How it was asked",
    lines: [
      `Sittings: ${[...ends].map(([end, rows]) => `${rows.length} ${end}`).join(", ")}. Figures are of those that are complete and asked as written.`,
      ...(inattentive > 0 ? [`${inattentive} failed an attention check, and are counted all the same.`] : []),
      ...(effects.length > 0
        ? [
            `Asked otherwise, ${moved} of ${effects.length} figures moved; about ${Math.round(effects.length / 20)} would by chance.`,
          ]
        : ["Nobody was asked with options in another order or in other words: what these do to answers is not known."]),
      ...(weighing === undefined ? [] : weighed(weighing)),
      "Shares have Wilson's intervals, means Student's by linearisation; n are people. Each figure is a row of the summary, of the tasks or of the effects by its item, figure and group, and rests on the answers to that item in the table of answers.",
      `Questionnaire ${run.digest.slice(0, 12)}, way of asking ${run.settings.slice(0, 12)} (SHA-256).`,
    ],
    rows: run.failures
      .slice(0, 20)
      .map(({ name, item, error }) => ({ "without an answer": name, item: item ?? "", why: error.message })),
  };
}

function weighed({ raking, left }: NonNullable<SurveyFindings["weighing"]>): readonly string[] {
  const margins = [...new Set(raking.shares.map(({ margin }) => margin))].join(", ");
  return [
    `Weighed by ${margins}: worth ${raking.effectiveSize.toFixed(1)} people of equal weight.`,
    ...(raking.converged ? [] : [`A share is still ${(100 * raking.worst).toFixed(1)} points from its target.`]),
    ...left.map(({ dimension, reason }) => `Not by ${dimension}: ${reason}.`),
  ];
}
