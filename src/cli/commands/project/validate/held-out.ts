import { Command } from "commander";
import {
  type AnswerSet,
  answersCsv,
  answersSource,
  findLeaks,
  type HeldOut,
  type HeldOutStudy,
  heldOutReport,
  heldOutReportHtml,
  rowsToCsv,
  scoreHeldOut,
} from "../../../../index.ts";
import { promptsBefore, type Store } from "../../../../stores.ts";
import { exitCodes } from "../../../failure.ts";
import { createPreparation } from "../../../live/preparation.ts";
import { refuseTaken } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { harmless } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";
import { findRun, reading, type StoreFlags } from "../../study.ts";
import { tablesOf, writeInto } from "./sides.ts";

type HeldOutFlags = StoreFlags & {
  readonly describe?: string;
  readonly item?: readonly string[];
  readonly run?: string;
  readonly out?: string;
  readonly seed?: string;
};

const help = `
How to: ask people; make a twin of each from all that they said but one item
(population from, with that column left out); put the item to the twins (survey
run --out found); then score what they foretold. People and twins are linked by
id. Each item is scored by proper rules (0 is best) beside guesses of who does
not know the person: uniform, marginal (how the others answered), conditional
(those with the same attributes). Twins are of use where the interval of
'better' lies above zero.

--run looks through what models read in a run before the item was put to each
person: the question, and answers word for word. A short answer ("Yes", "4")
counts as a word of its own in its person's own prompts, beside half of the
question's telling words, and not where all options stand. A leak is exit
code 1.
${exitCodes}`;

/** `tinytroupe validate held-out`: how well twins foretell an item that was hidden from them. */
export function heldOutCommand(session: Session): Command {
  const command = new Command("held-out")
    .summary("score what twins foretell of an item that was hidden from them")
    .description("Score by proper rules what twins foretell of an item that was hidden from them.")
    .argument("<human>", "what people answered")
    .argument("<twins>", "what their twins answered, linked by id")
    .option("--describe <file>", "which column is what, and its scale (default: proposed)")
    .option("-i, --item <name...>", "the items that were hidden (default: all with options of which one is chosen)")
    .option("--run <id>", "the run in which the twins answered: its prompts are looked through for leaks")
    .option("--store <file>", "where runs are kept (default: .tinytroupe/troupe.db)")
    .option("-o, --out <folder>", "a new folder for the report and its rows")
    .option("-s, --seed <seed>", "where the chance of intervals comes from (default: 1)")
    .option("--json", "for programs")
    .action((human: string, twins: string, flags: HeldOutFlags) => heldOut(session, [human, twins], flags));
  return withExamples(
    command,
    ["validate held-out human.csv twins.csv --item vote"],
    ["validate held-out human.sav twins.csv -i vote --run tea", "and its prompts"],
  ).addHelpText("after", help);
}

async function heldOut(session: Session, files: readonly [string, string], flags: HeldOutFlags): Promise<void> {
  if (flags.out !== undefined) refuseTaken(session, flags.out, "--out");
  const { human, simulated } = await tablesOf(session, files, flags.describe);
  const names = flags.item ?? Object.keys(human.items).filter((item) => isOfOptions(human, item));
  const seed = flags.seed === undefined ? {} : { seed: flags.seed };
  const scoring = Promise.all(names.map((item) => scoreHeldOut(human, simulated, { item, ...seed })));
  const items = await createPreparation(session.err, () => performance.now()).during("Scoring", scoring);
  const audit = flags.run === undefined ? undefined : await auditOf(session, { human, names, run: flags.run, flags });
  const sources = { human: answersSource(human), twins: answersSource(simulated) };
  const study: HeldOutStudy = { sources, items, ...(audit !== undefined && { audit }) };
  if (audit !== undefined && audit.leaks.length > 0) session.exitCode = 1;
  if (!session.json) show(session, study);
  if (flags.out !== undefined)
    await writeInto(session, flags.out, [
      ["report.md", heldOutReport(study)],
      ["report.html", await heldOutReportHtml(study)],
      ["figures.csv", rowsToCsv(items.flatMap(figureRows))],
      ["scores.csv", rowsToCsv(items.flatMap(({ item, rows }) => rows.map((row) => ({ item, ...row }))))],
      ["answers.csv", answersCsv(human, simulated)],
      ["held-out.json", `${JSON.stringify(study, null, 2)}\n`],
    ]);
  if (session.json) reply(session, { ...study });
}

const figureRows = ({ item, figures }: HeldOut): readonly object[] =>
  figures.map(({ interval, ...figure }) => ({ item, ...figure, low: interval?.low, high: interval?.high }));

function isOfOptions({ items }: AnswerSet, item: string): boolean {
  const kind = items[item]?.scale.kind;
  return kind === "nominal" || kind === "ordinal";
}

interface Audited {
  readonly human: AnswerSet;
  readonly names: readonly string[];
  readonly run: string;
  readonly flags: StoreFlags;
}

async function auditOf(session: Session, { human, names, run, flags }: Audited): Promise<HeldOutStudy["audit"]> {
  let found: HeldOutStudy["audit"];
  await reading(session, flags, async (store: Store) => {
    const { id } = await findRun(store, run);
    const audits = names.map(async (item) => {
      const { title = item, labels = {}, scale } = human.items[item] ?? { scale: { kind: "number" } };
      const options = "options" in scale ? scale.options.map((option) => labels[option] ?? option) : [];
      const answers = human.people.flatMap(({ id: who, answers: own }) => {
        const value = own[item]?.value ?? null;
        return value === null ? [] : [[who, labels[String(value)] ?? String(value)] as const];
      });
      const prompts = await promptsBefore(store, id, title);
      const leaks = findLeaks(prompts, { question: title, answers: Object.fromEntries(answers), options });
      return { prompts: prompts.length, leaks: leaks.map((leak) => ({ item, ...leak })) };
    });
    const all = await Promise.all(audits);
    found = {
      run: id,
      prompts: Math.max(0, ...all.map(({ prompts }) => prompts)),
      leaks: all.flatMap(({ leaks }) => leaks),
    };
  });
  return found;
}

function show({ out, outStyle: style }: Session, { items, audit }: HeldOutStudy): void {
  const look = { width: out.width, style };
  for (const { item, n, unanswered, figures } of items) {
    const silent = unanswered === 0 ? "" : `, ${unanswered} twins gave no answer`;
    out.print("", style.bold(harmless(item)), ...table(figures.map(line), look));
    out.say(`${n} people whose twins foretold it${silent}`, style.dim);
  }
  out.say("0 is best. Twins are of use where the interval of 'better' lies above zero.", style.dim);
  const looked =
    audit === undefined
      ? "No prompts were looked through: --run names the run in which the twins answered."
      : `${audit.prompts} prompts of ${audit.run} were looked through.`;
  out.say(looked, style.dim);
  for (const { item, kind, prompt, words } of audit?.leaks ?? [])
    out.say(harmless(`Leak: the ${kind} of ${item} stands in a prompt of ${prompt}: “${words}”`), style.bad);
}

function line({ by, score, value, better, interval, reason }: HeldOut["figures"][number]) {
  const range = interval === undefined ? "" : ` (${rounded(interval.low)} to ${rounded(interval.high)})`;
  return {
    ...{ score, "foretold by": by, value: rounded(value) },
    "twins better by": better === undefined ? "" : `${rounded(better)}${range}`,
    note: reason ?? "",
  };
}

const rounded = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(3));
