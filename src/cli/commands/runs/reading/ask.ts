import { Command } from "commander";
import {
  askInWords,
  clockTime,
  defineStudy,
  type FoundQuote,
  type JournalEvent,
  type RunAnswer,
  type Simulation,
  storedSubject,
  TinyTroupeError,
} from "../../../../index.ts";
import { type RunRecord, readStory } from "../../../../stores.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { harmless } from "../../../terminal/text.ts";
import { type ModelFlags, withExamples, withModelFlags } from "../../flags.ts";
import { making } from "../../making.ts";
import { dryRun } from "../../money/dry-run.ts";
import { reading, studiedRun } from "../../study.ts";

interface AskFlags extends ModelFlags {
  readonly dryRun?: boolean;
}

const help = `
A model reads the whole record, and answers with words that were found there;
what rests on no such words is left out. The same question again costs nothing,
and the record that is read costs most: further questions of the same run reuse
it where the provider caches prompts. Figures are better asked in SQL, without a
model: tinytroupe runs query --help`;

/** `tinytroupe runs ask`: a stored run asked in plain words, answered with quotes. */
export function askCommand(session: Session): Command {
  const command = withModelFlags(new Command("ask"))
    .usage("[options] [run] <question>")
    .argument("<run>", "the beginning of its name (default: the last played)")
    .argument("[question]", "in plain words")
    .description("ask a run in plain words, answered with quotes")
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs: the answer, and each quote with its entry")
    .addHelpText("after", help)
    .action((run: string, question: string | undefined, flags: AskFlags) =>
      ask(session, question === undefined ? { question: run } : { id: run, question }, { ...flags, reads: [] }),
    );
  return withExamples(
    command,
    ['runs ask "Who changed their mind, and why?"'],
    ['runs ask brainstorming "Who had doubts?" --model openai/gpt-5-mini'],
    ['runs ask brainstorming "What did they call dear?" --dry-run'],
    ['runs ask "What did Lisa promise?" --budget "5 calls" --json'],
  );
}

interface Wanted {
  readonly id?: string;
  readonly question: string;
}

async function ask(session: Session, { id, question }: Wanted, flags: AskFlags): Promise<void> {
  if (question.trim() === "") throw noQuestion();
  const { record, events } = await played(session, id, flags);
  const name = `ask ${record.id}`;
  const asked = ({ context }: Simulation): Promise<RunAnswer> =>
    askInWords(storedSubject(context, record.name, events), question);
  if (flags.dryRun) return dryRun(session, defineStudy({ name, run: asked }), flags);
  const { answer, simulation } = await making(session, { name, flags, what: "question" }, async (open) => ({
    answer: await open.during(`Reading ${record.id}`, asked(open.simulation)),
    simulation: open.simulation,
  }));
  const { heuristic, context } = simulation;
  const by = context.models.judge.id;
  if (session.json) return reply(session, { simulated: true, run: record.id, by, heuristic, ...answer });
  show(session, { record, by, answer });
}

function noQuestion(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "The question is empty.", {
    data: { option: "question" },
    hint: 'Ask in plain words, as in: tinytroupe runs ask "Who changed their mind, and why?"',
  });
}

interface Played {
  readonly record: RunRecord;
  readonly events: readonly JournalEvent[];
}

async function played(session: Session, id: string | undefined, flags: AskFlags): Promise<Played> {
  const found: Played[] = [];
  await reading(session, flags, async (store) => {
    const record = await studiedRun(session, store, id);
    found.push({ record, events: await Array.fromAsync(readStory(store, record.id)) });
  });
  return found[0] as Played;
}

interface Shown {
  readonly record: RunRecord;
  readonly by: string;
  readonly answer: RunAnswer;
}

function show({ out, outStyle: style }: Session, { record, by, answer: found }: Shown): void {
  out.say(harmless(`${record.name} · ${record.id} · read by ${by} · simulated`), style.dim);
  out.print("", ...out.fold(harmless(found.answer ?? nothing(found))));
  for (const quote of found.quotes) {
    out.print("", style.bold(harmless(whoAndWhen(quote))));
    out.print(...out.fold(harmless(`“${quote.words}”`).replaceAll("\n", " "), 2).map((line) => `  ${line}`));
  }
}

const nothing = ({ unfounded }: RunAnswer): string =>
  unfounded
    ? "An answer came that no words of the record bear, so it is left out. Ask in other words, or a larger model."
    : "The record does not say.";

const whoAndWhen = ({ speaker = "(from outside)", type, step, time }: FoundQuote): string =>
  [
    type === "THINK" ? `${speaker} thinks` : speaker,
    ...(step === undefined ? [] : [`step ${step}`]),
    ...(time === undefined ? [] : [clockTime(time)]),
  ].join(" · ");
