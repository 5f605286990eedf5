import { basename, extname, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import {
  type BesidePeople,
  besidePeopleCharts,
  type Chart,
  type ClaimKind,
  dataCharts,
  dataEvidence,
  type EvidenceRow,
  interactionCharts,
  interactionEvidence,
  type Report,
  type ReportFormat,
  type RunProvenance,
  readMicrodata,
  reportDocument,
  reportFormats,
  reportMarkdown,
  TinyTroupeError,
  transcriptOf,
  type WriteReportOptions,
  writeReport,
} from "../../../index.ts";
import { readProvenance, readStory } from "../../../stores.ts";
import { createPreparation } from "../../live/preparation.ts";
import { refuseUnwritable, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, withExamples, withModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { readTables } from "../project/validate/sides.ts";
import { reading, studiedRun } from "../study.ts";

interface ReportFlags extends ModelFlags {
  readonly task: string;
  readonly title?: string;
  readonly requirements?: string;
  readonly kind: ClaimKind;
  readonly heldAgainst?: string;
  readonly talk?: boolean;
  readonly data?: string;
  readonly who?: string;
  readonly beside?: string;
  readonly describe?: string;
  readonly charts: boolean;
  readonly out?: string;
}

const help = `
Each sentence names the rows that it rests on; what rests on none, quotes what
nobody said or gives a figure that is in none of them is left out. A pilot shows
how a study works, a theory probe what is worth asking people; an estimate says
what it was held against.

Charts are drawn in HTML, PDF and Word, as far as the rows allow. Of a run: how
often each spoke (bars), who spoke to whom (network), who did what when
(timeline). Of --data, column by column: places 1, 2, 3 as a ranking, answers
from 1 to 5 or 7 and in words of agreement as Likert stacks, other numbers as
distributions, texts that come again as bars. --no-charts leaves them out.
--beside draws first how people answered what both tables have, with intervals;
--describe says what answers can be, else columns are taken as they look.`;

/** `tinytroupe report`: what a stored run says about a question, each sentence with what it rests on. */
export function reportCommand(session: Session): Command {
  const command = withModelFlags(new Command("report"))
    .usage("[options] [run]")
    .argument("[run]", "the beginning of its name (default: the last played, of twins the control)")
    .description("write a report on a run, each sentence with the words that it rests on")
    .requiredOption("--task <question>", "what the reader wants to know")
    .option("--title <title>", "what it is called (default: what the model calls it)")
    .option("--requirements <words>", 'what it must be like, as in "half a page, for engineers"')
    .addOption(
      new Option("--kind <kind>", "what it may be taken for")
        .choices(["pilot", "theory probe", "estimate"])
        .default("pilot"),
    )
    .option("--held-against <words>", "what an estimate was held against, and how far off it was")
    .option("--talk", "what was said aloud alone, no thoughts and deeds")
    .option("--data <file>", "not on a run, but on the rows of a table: .csv, .parquet")
    .option("--who <column>", "of --data: the column that says whose row it is")
    .option("--beside <file>", "of --data: a table of what people answered, in the same columns")
    .option("--describe <file>", "of --beside: what answers can be, or the questionnaire, as for 'validate'")
    .option(
      "-o, --out <file>",
      `write it there, never over another file: ${reportFormats.map((one) => `.${one}`).join(", ")}`,
      ended,
    )
    .option("--no-charts", "words alone")
    .option("--json", "for programs")
    .addHelpText("after", help)
    .action((id: string | undefined, flags: ReportFlags) => report(session, id, { ...flags, reads: [] }));
  return withExamples(
    command,
    ['report --task "What kept people from buying?"'],
    ['report focus-group --task "Which idea do they like?" -o ideas.html'],
    ['report --task "What surprised them?" --talk -o probe.docx'],
    ['report --data answers.csv --who name --task "Why did they leave?"'],
    ['report --data a.csv --beside b.csv --task "Who would pay?"', "how people answered, beside how they did"],
  );
}

function ended(file: string): string {
  if (reportFormats.some((format) => extname(file).toLowerCase() === `.${format}`)) return file;
  throw new InvalidArgumentError(`Name a file that ends in ${reportFormats.map((one) => `.${one}`).join(", ")}.`);
}

/** What a report is written on: rows, what they are called, and the run that they come from. */
interface Ground {
  readonly evidence: readonly EvidenceRow[];
  /** What of the rows can be drawn. */
  readonly charts: readonly Chart[];
  readonly of: string;
  readonly studied?: RunProvenance;
}

async function report(session: Session, id: string | undefined, flags: ReportFlags): Promise<void> {
  if (flags.beside !== undefined && flags.data === undefined) throw besideWhat(flags.beside);
  if (flags.out !== undefined) refuseUnwritable(session, flags.out, "--out");
  const { evidence, charts, of, studied } = await (flags.data === undefined
    ? ofRun(session, id, flags)
    : ofData(session, flags.data, flags));
  const { task, title, requirements, kind, heldAgainst } = flags;
  const asked = {
    ...{ task, evidence, kind, handedIn: flags.data !== undefined, charts: flags.charts ? charts : [] },
    ...(title !== undefined && { title }),
    ...(requirements !== undefined && { requirements }),
    ...(heldAgainst !== undefined && { heldAgainst }),
  };
  if (flags.out !== undefined) await canBeWritten(asked, formatOf(flags.out));
  const run = { name: `report ${of}`.slice(0, 60), flags, what: "report" };
  const { written, provenance } = await making(session, run, async ({ simulation }) => ({
    written: await writeReport(simulation.context, asked),
    provenance: withWriter(studied ?? (await simulation.provenance()), simulation.context.models.judge.id),
  }));
  await tell(session, written, { ...(flags.out !== undefined && { out: flags.out }), provenance });
}

const formatOf = (file: string): ReportFormat => extname(file).slice(1).toLowerCase() as ReportFormat;

/** Throws what a report on these rows would meet when it is written, before anybody is paid for it. */
async function canBeWritten(asked: WriteReportOptions, format: ReportFormat): Promise<void> {
  const { task, evidence, charts = [], title = "", heldAgainst = "" } = asked;
  const words = [task, title, heldAgainst, ...evidence.flatMap(({ who = "", text, place }) => [who, text, place])];
  const signs = new Set<string>();
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const each of format === "pdf" ? words : [])
    for (const { segment } of segmenter.segment(each)) signs.add(segment);
  const row = { mark: "E1", text: [...signs].join(" "), place: "all signs" };
  const empty = { title: "report", task: "report", kind: "pilot" as const, summary: [], sections: [] };
  await reportDocument({ ...empty, charts, evidence: [row], read: 1, leftOut: [] }, format);
}

/** Where the rows come from, and who wrote about them. */
const withWriter = (studied: RunProvenance, writer: string): RunProvenance => ({
  ...studied,
  models: [...new Set([...studied.models, writer])],
});

/** What people of a stored run said and did. */
async function ofRun(session: Session, id: string | undefined, flags: ReportFlags): Promise<Ground> {
  const found: Ground[] = [];
  await reading(session, flags, async (store) => {
    const { id: run } = await studiedRun(session, store, id);
    const entries = transcriptOf(await Array.fromAsync(readStory(store, run)));
    const evidence = interactionEvidence([{ transcript: () => entries }], { include: flags.talk ? "talk" : "all" });
    if (evidence.length === 0) throw nothingSaid(run);
    found.push({ evidence, charts: interactionCharts(entries), of: run, studied: await readProvenance(store, run) });
  });
  return found[0] as Ground;
}

async function ofData(session: Session, file: string, { who, beside, describe, charts }: ReportFlags): Promise<Ground> {
  const rows = await readMicrodata(resolve(session.environment.folder, file));
  if (who !== undefined && !rows.some((row) => who in row)) throw noColumn(who, Object.keys(rows[0] ?? {}));
  const people = beside === undefined || !charts ? undefined : await besidePeople(session, [beside, file], describe);
  const drawn = [...(people?.charts ?? []), ...dataCharts(rows, who, people?.drawn)];
  return { evidence: dataEvidence(rows, who), charts: drawn, of: basename(file) };
}

/** How people answered what both tables have; says what was taken for what where nobody declared it. */
async function besidePeople(
  session: Session,
  files: readonly [human: string, simulated: string],
  describe: string | undefined,
): Promise<BesidePeople> {
  const tables = await readTables(session, files, describe);
  if (tables.proposed !== undefined) {
    const items = Object.keys(tables.human.items).join(", ");
    const more = `'tinytroupe validate ${files.join(" ")} --propose data.yaml' writes how, to be mended and passed by --describe.`;
    session.err.say(harmless(`Beside people: ${items}, as the columns look. ${more}`), session.errStyle.dim);
  }
  const waiting = createPreparation(session.err, () => performance.now());
  return waiting.during("Holding answers beside people's", besidePeopleCharts(tables));
}

function besideWhat(beside: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "--beside is drawn beside a table, and there is none.", {
    data: { option: "--beside", value: beside },
    hint: "Name the table of simulated answers by --data; those of a run lie in its folder: tinytroupe runs show",
  });
}

interface Telling {
  readonly out?: string;
  readonly provenance: RunProvenance;
}

async function tell(session: Session, found: Report, { out, provenance }: Telling): Promise<void> {
  if (out !== undefined) {
    const bytes = await reportDocument(found, formatOf(out), provenance);
    await writeNewFile(session, pieces(bytes), out);
  }
  if (session.json) return reply(session, { simulated: true, report: found, provenance });
  if (out === undefined) session.out.print(harmless(reportMarkdown(found, provenance)).trimEnd());
}

async function* pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function nothingSaid(run: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", harmless(`Nobody has said or done anything in the run ${run}.`), {
    data: { option: "run", value: run },
    hint: "Name a run in which people acted: tinytroupe runs list",
  });
}

function noColumn(who: string, columns: readonly string[]): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", harmless(`The table has no column '${who}'.`), {
    data: { option: "who", value: who },
    hint: harmless(`It has: ${columns.slice(0, 20).join(", ")}.`),
  });
}
