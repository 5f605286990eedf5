import type { Instrument, ItemFigure, RunProvenance, SurveyCost, SurveyRun } from "../../../index.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";

interface Shown {
  readonly run: SurveyRun;
  readonly provenance: RunProvenance;
}

/** Shows what a survey came to: each item in figures, and who has no answer. */
export function showTaken(
  session: Session,
  {
    run,
    provenance,
    instrument,
    summary,
  }: Shown & { readonly instrument: Instrument; readonly summary: readonly ItemFigure[] },
): void {
  const ended = (end: string): number => run.respondents.filter((row) => row.end === end).length;
  if (ended("failed") > 0) session.exitCode = 1;
  if (session.json) {
    reply(session, { simulated: true, provenance, ...run, summary });
    return;
  }
  const { out, outStyle: style } = session;
  const inattentive = run.respondents.filter(({ failedChecks }) => failedChecks.length > 0).length;
  const told = [
    `${ended("complete")} complete`,
    ...(ended("screened-out") > 0 ? [`${ended("screened-out")} screened out`] : []),
    ...(ended("quota-full") > 0 ? [`${ended("quota-full")} beyond a quota`] : []),
    ...(inattentive > 0 ? [`${inattentive} failed an attention check`] : []),
    "simulated",
  ];
  out.say(harmless(`${instrument.name} · ${told.join(" · ")}`), style.dim);
  out.print(...summaryLines(session, summary));
  out.print("");
  const ways = Map.groupBy(run.answers, ({ method }) => method);
  const counted = [...ways].filter(([method]) => method !== "flow").map(([method, own]) => `${method} ${own.length}`);
  out.say(`Answers by the way of asking: ${counted.join(", ")}.`, style.dim);
  for (const { name, item, error } of run.failures.slice(0, 10)) {
    out.say(harmless(`${name} has no answer${item === undefined ? "" : ` to ${item}`}: ${error.message}`), style.warn);
  }
}

/** The items in figures, with a line above. */
export function summaryLines({ out, outStyle: style }: Session, summary: readonly ItemFigure[]): readonly string[] {
  const rows = summary.map(({ item, figure, is, n, missing, value, low, high }) => ({
    ...{ item, figure, n, missing, value: number(value, is) },
    "95 %": low === null || high === null ? "" : `${number(low, is)} to ${number(high, is)}`,
  }));
  return rows.length > 0 ? ["", ...table(rows, { width: out.width, style })] : [];
}

/** Shows what the rest would cost, by the pilot. */
export function showCost(session: Session, cost: SurveyCost, { provenance }: Shown): void {
  if (session.json) {
    reply(session, { simulated: true, provenance, pilot: cost });
    return;
  }
  const { out, outStyle: style } = session;
  out.say(
    `A pilot of ${cost.pilot}; ${cost.left} sittings are left. Tokens are the 75th percentile of a call.`,
    style.dim,
  );
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
