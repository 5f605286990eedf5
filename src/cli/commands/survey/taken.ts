import {
  type Instrument,
  type ItemFigure,
  type ItemKind,
  itemsOf,
  partsOf,
  type RunProvenance,
  type SurveyCost,
  type SurveyRun,
  type SurveyWeights,
  type TaskFigure,
  type VariantEffect,
} from "../../../index.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";

interface Shown {
  readonly run: SurveyRun;
  readonly provenance: RunProvenance;
}

interface Found extends Shown {
  readonly instrument: Instrument;
  readonly summary: readonly ItemFigure[];
  readonly tasks: readonly TaskFigure[];
  readonly effects: readonly VariantEffect[];
  readonly weighing?: SurveyWeights;
}

/** Shows what a survey came to: each item in figures, and who has no answer. */
export function showTaken(session: Session, found: Found): void {
  const { run, provenance, instrument, summary, tasks, effects, weighing } = found;
  const ended = (end: string): number => run.respondents.filter((row) => row.end === end).length;
  if (ended("failed") > 0) session.exitCode = 1;
  if (session.json) {
    const weights = weighing && { weights: Object.fromEntries(weighing.weights), raking: weighing.raking };
    reply(session, { simulated: true, provenance, ...run, summary, tasks, effects, ...weights });
    return;
  }
  const { out, outStyle: style } = session;
  const inattentive = run.respondents.filter(({ failedChecks }) => failedChecks.length > 0).length;
  const head = [
    ...(isRepeated(run.respondents) ? [sittingsOf(run.respondents)] : []),
    `${ended("complete")} complete`,
    ...(ended("screened-out") > 0 ? [`${ended("screened-out")} screened out`] : []),
    ...(ended("quota-full") > 0 ? [`${ended("quota-full")} beyond a quota`] : []),
    ...(inattentive > 0 ? [`${inattentive} failed an attention check`] : []),
    "simulated",
  ];
  out.say(harmless(`${instrument.name} · ${head.join(" · ")}`), style.dim);
  out.print(...summaryLines(session, { instrument, summary, weighed: weighing !== undefined }));
  out.print(...taskLines(session, tasks));
  tellWords(session, run, instrument);
  tellWeighing(session, weighing);
  tellEffects(session, effects);
  out.print("");
  const ways = Map.groupBy(run.answers, ({ method }) => method);
  const counted = [...ways].filter(([method]) => method !== "flow").map(([method, own]) => `${method} ${own.length}`);
  out.say(`Answers by the way of asking: ${counted.join(", ")}.`, style.dim);
  for (const { name, item, error } of run.failures.slice(0, 10)) {
    out.say(harmless(`${name} has no answer${item === undefined ? "" : ` to ${item}`}: ${error.message}`), style.warn);
  }
}

type Sittings = SurveyRun["respondents"];

const peopleIn = (sittings: Sittings): number => new Set(sittings.map(({ respondent }) => respondent)).size;
const isRepeated = (sittings: Sittings): boolean => peopleIn(sittings) < sittings.length;
const sittingsOf = (sittings: Sittings): string => {
  const people = peopleIn(sittings);
  return `${people} ${people === 1 ? "person" : "people"} in ${sittings.length} sittings`;
};

/** How often so many are to be found in the answers of a task tells nobody anything: what all tasks come to stands by itself. */
const taskKinds: readonly string[] = ["pairwise", "best-worst", "conjoint"] satisfies readonly ItemKind[];

interface Summary {
  readonly instrument: Instrument;
  readonly summary: readonly ItemFigure[];
  readonly weighed?: boolean;
}

/** The items in figures, with a line above; of weights what they cost. */
export function summaryLines(
  { out, outStyle: style }: Session,
  { instrument, summary, weighed = false }: Summary,
): readonly string[] {
  const several = isSeveral(summary);
  const tasks = itemsOf(instrument).filter(({ kind }) => taskKinds.includes(kind));
  const within = new Set(tasks.flatMap((item) => partsOf(item).map(({ id }) => id)));
  const told = summary.filter(({ item }) => !within.has(item));
  const rows = told.map(({ segment, item, figure, is, n, missing, value, low, high, designEffect }) => ({
    ...(several && { of: segment }),
    ...{ item, figure, n, missing, value: number(value, is), "95 %": span(low, high, (one) => number(one, is)) },
    ...(weighed && { deff: designEffect.toFixed(2) }),
  }));
  return rows.length > 0 ? ["", ...table(rows, { width: out.width, style })] : [];
}

/** What tasks come to, with a line above. */
export function taskLines({ out, outStyle: style }: Session, tasks: readonly TaskFigure[]): readonly string[] {
  const several = isSeveral(tasks);
  const rows = tasks.map(({ segment, item, result, figure, n, value, low, high }) => ({
    ...(several && { of: segment }),
    ...{ item, result, figure: figure.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) },
    ...{ n, value: value?.toFixed(2) ?? "", "95 %": span(low, high, (one) => one.toFixed(2)) },
  }));
  const reasons = tasks.flatMap(({ item, result, why }) => (why === null ? [] : [`${item}, ${result}: ${why}.`]));
  const told = [...new Set(reasons)].flatMap((reason) => out.fold(harmless(reason), 0).map(style.dim));
  return rows.length > 0 ? ["", ...table(rows, { width: out.width, style }), ...told] : [];
}

/** Which items are answered in words, lists and data, of which there are no figures. */
function tellWords({ out, outStyle: style }: Session, { answers }: SurveyRun, instrument: Instrument): void {
  const worded = itemsOf(instrument).flatMap((item) =>
    partsOf(item).flatMap(({ id, scale }) => (["text", "texts", "object"].includes(scale.kind) ? [id] : [])),
  );
  const counted = worded.map(
    (id) => `${id} ${answers.filter(({ item, value }) => item === id && value !== null).length}`,
  );
  if (counted.length === 0) return;
  out.print("");
  out.say(harmless(`Answers in words: ${counted.join(", ")} (--out writes them; 'themes' groups them).`), style.dim);
}

const isSeveral = (rows: readonly { readonly segment: string }[]): boolean =>
  new Set(rows.map(({ segment }) => segment)).size > 1;

function tellWeighing({ out, outStyle: style }: Session, weighing: SurveyWeights | undefined): void {
  if (weighing === undefined) return;
  const { raking, left } = weighing;
  const { converged, worst, effectiveSize, shares } = raking;
  const margins = [...new Set(shares.map(({ margin }) => margin))].join(", ");
  out.print("");
  out.say(
    harmless(
      `Weighed by ${margins}: worth ${effectiveSize.toFixed(1)} people of equal weight (deff: the design effect).`,
    ),
    style.dim,
  );
  if (!converged) out.say(`A share is still ${(100 * worst).toFixed(1)} points from its target.`, style.warn);
  for (const { dimension, reason } of left) out.say(harmless(`Not by ${dimension}: ${reason}.`), style.dim);
}

/** What turning options and other words did, where that is more than chance leaves room for. */
function tellEffects({ out, outStyle: style }: Session, effects: readonly VariantEffect[]): void {
  if (effects.length === 0) return;
  const found = effects.filter((effect) => effect.found);
  const look = { width: out.width, style };
  const rows = found.map(({ variant, item, figure, n, difference, low, high }) => ({
    ...{ variant, item, figure, n, difference: difference?.toFixed(2) ?? "" },
    "95 %": span(low, high, (one) => one.toFixed(2)),
  }));
  out.print("");
  out.say(
    `Asked otherwise, ${found.length} of ${effects.length} figures moved by more than chance explains; about ${Math.round(effects.length / 20)} would by chance.`,
    found.length > effects.length / 20 ? style.warn : style.dim,
  );
  if (rows.length > 0) out.print("", ...table(rows, look));
}

const span = (low: number | null, high: number | null, say: (one: number) => string): string =>
  low === null || high === null ? "" : `${say(low)} to ${say(high)}`;

/** Shows what the rest would cost, by the pilot. */
export function showCost(session: Session, cost: SurveyCost, { run, provenance }: Shown): void {
  if (session.json) {
    reply(session, { simulated: true, provenance, pilot: cost });
    return;
  }
  const { out, outStyle: style } = session;
  const done = run.respondents.filter(({ end }) => end !== "failed");
  const pilot = isRepeated(done) ? sittingsOf(done) : cost.pilot;
  out.say(`A pilot of ${pilot}; ${cost.left} sittings are left. Tokens are the 75th percentile of a call.`, style.dim);
  const rows = cost.items.map(({ item, method, model, calls, input, output, usd }) => ({
    ...{ item, method, model, calls: calls.toFixed(2), input, output, usd: money(usd) },
  }));
  out.print("", ...table(rows, { width: out.width, style }));
  out.print("");
  const { calls, input, output, usd } = cost;
  out.say(`The rest: about ${calls} calls, ${input} tokens in and ${output} out, ${money(usd)}.`, style.bold);
  out.say("Without --pilot the same command asks the rest; those of the pilot are not paid again.", style.dim);
}

const number = (value: number | null, is: ItemFigure["is"]): string =>
  value === null ? "" : is === "share" ? `${(100 * value).toFixed(1)} %` : value.toFixed(2);

const money = (usd: number | null): string => (usd === null ? "unknown" : `$${usd.toFixed(usd < 1 ? 4 : 2)}`);
