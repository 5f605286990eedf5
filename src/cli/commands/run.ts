import { existsSync } from "node:fs";
import { Command } from "commander";
import {
  budgetText,
  isTinyTroupeError,
  openSimulation,
  parseBudget,
  type Simulation,
  type Study,
  TinyTroupeError,
} from "../../index.ts";
import { exitCodes, tellBeside } from "../failure.ts";
import { type ApprovalFlags, approvalOptions, approvalWords, collected } from "../live/approval.ts";
import { type Interrupt, onInterrupt } from "../live/interrupt.ts";
import { createPreparation, type Preparation } from "../live/preparation.ts";
import { createView, type LiveView } from "../live/view.ts";
import { metadataBeside, saveOutcome } from "../outcome.ts";
import { reply } from "../reply.ts";
import { plainResult, resultLines } from "../results.ts";
import { type Session, shellWord } from "../session.ts";
import { harmless } from "../terminal/text.ts";
import { caveat, type ModelFlags, modelOptions, withExamples, withModelFlags } from "./flags.ts";
import { sourceOf } from "./forks/source.ts";
import { reusedText } from "./money/amounts.ts";
import { dryRun } from "./money/dry-run.ts";
import { readStudy, resumedRun } from "./study.ts";

/** The flags of a command that plays a study. */
export interface RunFlags extends ModelFlags, ApprovalFlags {
  readonly resume?: string | true;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly thoughts: boolean;
  readonly dryRun?: boolean;
}

/** `tinytroupe run`: plays a study, shows it as it happens, and ends with its tables. */
export function runCommand(session: Session): Command {
  const command = withPlayFlags(
    withModelFlags(new Command("run"))
      .summary("play a study")
      .description("Play a study: a YAML file, or a program (.ts, .js) that exports one with defineStudy.")
      .usage("[options] <study>")
      .argument("[study]", "study.yaml, main.ts, …")
      .option("--resume [run]", "go on with this run, or with the newest unfinished one of this study"),
  )
    .option("--dry-run", "ask no model: play it by rules, and say what it would use and cost")
    .action(async (file: string | undefined, flags: RunFlags) => playFile(session, ...studyAmong(file, flags)));
  return withExamples(
    command,
    ["run study.yaml --model builtin", "rehearse it, free of charge"],
    [
      'run study.yaml --model openai/gpt-5-mini --dry-run --budget "2 usd"',
      "what it would cost, and whether $2 is enough",
    ],
    ['run study.yaml --model openai/gpt-5-mini --budget "2 usd"'],
    ["run study.yaml --resume", "go on with what was stopped"],
    ["run study.yaml --seed 8", "the same people on another day: another run"],
    ["run main.ts --json > results.json", "for programs: ok, run, model, result, files"],
  ).addHelpText("after", help);
}

/** Adds what every command has that plays a study and shows it: approvals, `--json`, `--quiet`, `--thoughts`. */
export function withPlayFlags(command: Command): Command {
  return command
    .option("--approve <what>", "let an effect happen: a question's id, or a type of action; repeatable", collected)
    .option("--refuse <what>", "do not let it happen; repeatable", collected)
    .option("--json", "print one JSON document with the results, for programs")
    .option("-q, --quiet", "show results only")
    .option("--thoughts", "show what people think", true)
    .option("--no-thoughts", "do not show what people think");
}

/** `run --resume study.yaml` means the study, not a run of that name. */
function studyAmong(file: string | undefined, flags: RunFlags): [string, RunFlags] {
  if (file !== undefined) return [file, flags];
  if (typeof flags.resume === "string" && existsSync(flags.resume)) return [flags.resume, { ...flags, resume: true }];
  throw new TinyTroupeError("OPTION_INVALID", "Which study? Name a file.", {
    data: { option: "study" },
    hint: "As in: tinytroupe run study.yaml. See: tinytroupe run --help",
  });
}

const help = `
The same study with the same seed and model is the same run: started again, it
goes on where it was, and what was answered before is not paid for again.
Ctrl-C stops after the calls in flight; a second one stops at once.
People and status appear on standard error, results on standard output.
A dry run ends with 3 where the budget would not hold.
${exitCodes}`;

interface Opening extends Play {
  readonly view: LiveView | undefined;
  readonly interrupt: Interrupt;
}

async function playFile(session: Session, file: string, flags: RunFlags): Promise<void> {
  const preparation = createPreparation(session.err, () => performance.now());
  const study = await preparation.during(`Reading ${file}`, readStudy(file));
  if (flags.dryRun) return dryRun(session, study, flags);
  await play(session, flags, { study, file, preparation, words: ["run", file] });
}

/** What is to be played. */
export interface Play {
  readonly study: Study;
  /** The file that the study comes from. */
  readonly file: string;
  readonly preparation: Preparation;
  /** The command that plays it, without the flags of a model. */
  readonly words: readonly string[];
  /** What else its run is to keep. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Plays a study, shows it as it happens, and ends with its tables. */
export async function play(session: Session, flags: RunFlags, toPlay: Play): Promise<void> {
  const view = flags.quiet || flags.json ? undefined : viewOn(session, flags, toPlay.study);
  const interrupt = onInterrupt(session, view);
  try {
    const simulation = await openRun(session, flags, { ...toPlay, view, interrupt });
    interrupt.attach(simulation);
    if (!flags.json) announce(session, simulation, flags.quiet === true);
    await perform(session, simulation, { ...toPlay, view, flags });
  } finally {
    interrupt.release();
  }
}

async function openRun(session: Session, flags: RunFlags, opening: Opening): Promise<Simulation> {
  const { study, view, preparation, interrupt, file } = opening;
  const options = await modelOptions(session, flags, { preparation, study });
  const run = await resumedRun(session, study, flags);
  const simulation = openSimulation({
    ...stageOf(study),
    ...options,
    ...approvalOptions(session, flags, view),
    ...(run ? { resume: run.id } : {}),
    details: { ...opening.details, study: await sourceOf(session, file) },
    signal: interrupt.signal,
    stream: view !== undefined && session.err.live,
    ...(view ? { onEvent: view.listener } : {}),
  });
  return preparation.during("Opening the run", simulation);
}

interface Performance extends Play {
  readonly view: LiveView | undefined;
  readonly flags: RunFlags;
}

async function perform(session: Session, simulation: Simulation, performance: Performance): Promise<void> {
  const { study, view, flags, words } = performance;
  const timer = view && setInterval(view.tick, 500);
  try {
    const result = await study.run(simulation);
    clearInterval(timer);
    await finish(session, simulation, { result, view });
  } catch (error) {
    clearInterval(timer);
    const spent = isTinyTroupeError(error, "BUDGET_EXCEEDED");
    // What failed before anybody was asked has left nothing to go on from.
    // What was said wrongly leads to the same failure once more.
    const wrong = isTinyTroupeError(error, "PLACE_UNKNOWN", "TARGET_UNKNOWN");
    const isBegun = !wrong && (spent || isTinyTroupeError(error, "ABORTED") || hasAsked(simulation));
    const command = isBegun && commandOf(session, { words, flags, run: simulation.run, spent });
    await giveUp(session, simulation, { view, ...(command && { command }) });
    throw error;
  }
}

function viewOn(session: Session, flags: RunFlags, { fork }: Study): LiveView {
  return createView({
    screen: session.err,
    style: session.errStyle,
    thoughts: flags.thoughts,
    now: () => performance.now(),
    isFork: fork !== undefined,
  });
}

/** What of a study's own head nobody else can settle. */
function stageOf({ name, folder, startAt, fork }: Study): Parameters<typeof openSimulation>[0] {
  return {
    name,
    ...(folder !== undefined && { folder }),
    ...(startAt !== undefined && { startAt }),
    ...(fork !== undefined && { fork }),
  };
}

function announce({ err, errStyle: style }: Session, simulation: Simulation, quiet: boolean): void {
  err.say(simulation.choice.reason, style.dim);
  if (!quiet)
    err.say(`Run ${simulation.run} · seed ${simulation.seed} · journal ${simulation.storeLocation}`, style.dim);
  const warning = caveat(simulation, "study");
  if (warning) err.say(warning, style.warn);
}

async function finish(
  session: Session,
  simulation: Simulation,
  end: { readonly result: unknown; readonly view: LiveView | undefined },
): Promise<void> {
  const used = end.view?.end();
  const result = plainResult(end.result);
  await simulation.end();
  const { run, seed, choice, heuristic } = simulation;
  const title = `${simulation.name} · ${run} · ${choice.spec} · seed ${seed}`;
  const [folder, provenance] = [simulation.resultsFolder, await simulation.provenance()];
  const files = await saveOutcome({ folder, title, events: simulation.story(), result, provenance });
  await simulation.close();
  if (session.json) {
    const { calls, input, output, usd } = simulation.reused.replayed;
    const reused = calls > 0 && { reused: { calls, input, output, usd } };
    return reply(session, { simulated: true, heuristic, run, seed, model: choice.spec, ...reused, result, files });
  }
  const { out, outStyle: style } = session;
  out.print(...resultLines(result, { width: out.width, style }));
  const saved = reusedText(simulation.reused.replayed);
  const notes = [
    ...(used ? ["", used] : []),
    ...(saved ? [saved] : []),
    "Simulated: a program played these people. Ask real ones before you decide.",
  ];
  for (const note of notes) out.say(note, style.dim);
  const shown = files.filter((file) => !file.endsWith(metadataBeside(".csv")));
  const [transcript = "", ...others] = shown.map(harmless);
  out.print(`Transcript: ${transcript}`, ...others.map((path) => style.dim(`            ${path}`)));
}

async function giveUp(
  session: Session,
  simulation: Simulation,
  end: { readonly view: LiveView | undefined; readonly command?: string },
): Promise<void> {
  const used = end.view?.end();
  const { err, errStyle: style } = session;
  if (used && end.command) err.say(used, style.dim);
  await simulation
    .close(simulation.context.signal.aborted ? "stopped" : "failed")
    .catch((error: unknown) => tellBeside(session, "The run could not be closed well", error));
  if (end.command === undefined) return;
  session.run = simulation.run;
  session.farewell = `What was answered so far is kept in run ${harmless(simulation.run)}. To go on:\n${style.bold(harmless(end.command))}`;
}

/** Anybody was asked in this opening, or answered from the journal. */
const hasAsked = ({ ledger }: Simulation): boolean => ledger.paid.calls + ledger.replayed.calls > 0;

/** The command that goes on with this run: what was given, and which run it is; a spent budget is doubled. */
function commandOf(
  { program }: Session,
  {
    words,
    flags,
    run,
    spent,
  }: { readonly words: readonly string[]; readonly flags: RunFlags; readonly run: string; spent: boolean },
): string {
  const { model, store, concurrency } = flags;
  const budget = spent && flags.budget !== undefined ? doubled(flags.budget) : flags.budget;
  const given = Object.entries({
    resume: words[0] === "run" ? run : undefined,
    model,
    budget,
    store,
    concurrency: concurrency?.toString(),
  });
  const values = given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const switches = [
    flags.json && "--json",
    flags.quiet && "--quiet",
    flags.yes && "--yes",
    !flags.thoughts && "--no-thoughts",
  ].filter((word) => typeof word === "string");
  return [program, ...[...words, ...values, ...switches, ...approvalWords(flags)].map(shellWord)].join(" ");
}

/** A budget of twice the amounts. */
function doubled(budget: string): string {
  const amounts = Object.entries(parseBudget(budget)).map(([unit, amount]) => [unit, amount * 2]);
  return budgetText(Object.fromEntries(amounts));
}
