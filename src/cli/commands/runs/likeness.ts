import { Command } from "commander";
import {
  type Convergence,
  type JournalEvent,
  type LikenessRow,
  measureConvergence,
  measureLikeness,
  measureSycophancy,
  type SycophancyRow,
  transcriptOf,
} from "../../../index.ts";
import { type RunRecord, readStory, type Store } from "../../../stores.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { gaugeBar } from "../../terminal/bar.ts";
import { table } from "../../terminal/table.ts";
import { withExamples } from "../flags.ts";
import { findRun, reading, type StoreFlags } from "../study.ts";

const help = `
Three looks at what was said, none of which asks a model: how the talk compares
with talk among people, who goes along with whom, and whether people draw
together. ░ is where talk among people lies, ● where this one does. The bands
are for English, and most are our own reading: --json has each one's source.
It says how things were said, never whether people would say the same.`;

/** `tinytroupe runs likeness`: how a run's talk compares with talk among people. */
export function likenessCommand(session: Session): Command {
  const command = new Command("likeness")
    .usage("[options] [run]")
    .argument("[run]", "the beginning of its name (default: the last played)")
    .description("how its talk compares with talk among people")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--json", "for programs, with the source of each band")
    .action((id: string | undefined, flags: StoreFlags) =>
      reading(session, flags, async (store) => likeness(session, store, await findRun(store, id))),
    );
  return withExamples(
    command,
    ["runs likeness", "the last played"],
    ["runs likeness brainstorming --json"],
  ).addHelpText("after", help);
}

async function likeness(session: Session, store: Store, run: RunRecord): Promise<void> {
  const events: readonly JournalEvent[] = await Array.fromAsync(readStory(store, run.id));
  const entries = transcriptOf(events);
  const measured = measureLikeness(entries);
  const sycophancy = measureSycophancy(entries, { events });
  const convergence = await measureConvergence(entries, { events });
  const { id, name, model, heuristic = false } = run;
  if (session.json) {
    return reply(session, {
      simulated: true,
      run: id,
      name,
      model,
      heuristic,
      likeness: measured,
      sycophancy,
      convergence,
    });
  }
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  const count = `${measured.speakers.length} speakers · ${measured.turns} turns · ${measured.words} words`;
  out.say(`${name} · ${id} · ${count} · simulated`, style.dim);
  if (heuristic) out.say("Rules wrote this talk, no language model: these values are of the rules.", style.warn);
  const byLanguage = Map.groupBy(measured.rows, ({ language }) => language);
  for (const [language, rows] of byLanguage) {
    const title = language === undefined ? "In a language that is not known" : `In ${nameOf(language)}`;
    out.print("", ...(byLanguage.size > 1 ? [style.bold(title)] : []), ...table(rows.map(likenessLine), look));
    const reasons = rows.filter((row) => row.reason !== undefined);
    if (reasons.length > 0) out.print("");
    for (const row of reasons) out.say(`${row.indicator.replaceAll("-", " ")}: ${row.reason}`, style.dim);
  }
  out.print("", style.bold("Who goes along"), ...table(sycophancy.map(sycophancyLine), look));
  out.print("", style.bold("Drawing together"), ...convergenceLines(convergence, look));
}

const nameOf = (language: string): string => new Intl.DisplayNames("en", { type: "language" }).of(language) ?? language;
const barWidth = 16;

function likenessLine({ indicator, value, unit, band, verdict }: LikenessRow) {
  const measure = indicator.replaceAll("-", " ");
  if (value === undefined) return { measure, value: "", "against people": "", "": verdict };
  const range = band?.high === undefined ? `${band?.low} or more` : `${band.low} to ${band.high}`;
  return {
    measure,
    value: `${rounded(value)} ${unit}`,
    "against people": band === undefined ? "" : gaugeBar({ value, ...band }, barWidth),
    "": band === undefined ? verdict : `${verdict} (${range})`,
  };
}

/** Changes of mind stand in it where there are any. */
function sycophancyLine(row: SycophancyRow) {
  const moved = { changes: row.moves, "no cause": row.withoutCause, "gave in": row.givenIn };
  return {
    person: row.person,
    replies: row.replies,
    agrees: percent(row.agrees),
    disagrees: percent(row.disagrees),
    praises: percent(row.praises),
    loudest: percent(row.agreesWithLoudest),
    echoes: percent(row.echoes),
    ...(row.moves > 0 && moved),
  };
}

function convergenceLines({ rows, trends }: Convergence, look: Parameters<typeof table>[1]): readonly string[] {
  const shown = rows.map(({ step, people, wording, positions }) => ({
    step,
    people,
    "wording apart": numberOr(wording),
    "positions apart": numberOr(positions),
  }));
  const verdicts = trends.map(({ measure, verdict, p, reason }) =>
    look.style.dim(
      `${measure}: ${verdict}${p === undefined ? "" : ` (p ${rounded(p)})`}${reason ? `. ${reason}` : ""}`,
    ),
  );
  return [...(shown.length === 0 ? [] : table(shown, look)), ...verdicts];
}

const rounded = (value: number): string => String(Number(value.toPrecision(2)));
const percent = (share: number | undefined): string => (share === undefined ? "" : `${Math.round(100 * share)} %`);
const numberOr = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(2));
