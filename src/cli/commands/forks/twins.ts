import { writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import {
  type Difference,
  type PairedRow,
  parseBudget,
  rowsToCsv,
  type Study,
  TinyTroupeError,
  type TwinRun,
  type Twins,
  twins,
} from "../../../index.ts";
import { exitCodes, tellBeside } from "../../failure.ts";
import { collected } from "../../live/approval.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { createPreparation } from "../../live/preparation.ts";
import { refuseWithoutFolder } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import { plainResult } from "../../results.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, modelOptions, withExamples, withModelFlags } from "../flags.ts";
import { type ChangeFlags, keptChange } from "./change.ts";
import { type Files, leftLines, saveArms } from "./left.ts";
import { forkDifference, sourceOf, studyNamed } from "./source.ts";
import { refuseUnknown } from "./unknown.ts";
import { tellMissed, watched } from "./watched.ts";

interface TwinsFlags extends ModelFlags {
  readonly at?: string;
  readonly arm?: readonly string[];
  readonly persona?: readonly string[];
  readonly reword?: readonly string[];
  readonly said?: readonly string[];
  readonly prompt?: readonly string[];
  readonly without?: readonly string[];
  readonly replace?: boolean;
  readonly to?: readonly string[];
  readonly from?: string;
  readonly seeds?: readonly string[];
  readonly csv?: string;
  readonly json?: boolean;
}

const help = `
The first arm, 'control', is the study as it is; each other arm is a fork of it:
its words at --at, and edits of people, of what they are told and what they
said, of rules and of interventions, which begin with the arm's name and are
written as those of 'tinytroupe fork'.
Arms share people, dice and schedule: what an arm's words do not touch is the
very same answer, and costs nothing. A row is what one person said and did in
one step of an arm, beside what they did there in 'control'.
Without any, the arms are those that the study's file has; one with a model of
its own is played by it, whatever --model says of the others.
What each arm came to is left as 'tinytroupe run' leaves it: its tables, reports
and transcript lie in a folder of its run.
One --budget is a wall for all runs together. Started again, it goes on.
${exitCodes}`;

/** `tinytroupe twins`: a study in arms that differ in one thing, paired by person and step. */
export function twinsCommand(session: Session): Command {
  const command = withModelFlags(
    new Command("twins")
      .summary("play a study in arms that differ in one thing")
      .description("Play a study as it is and, from one place on, with other words; pair what came of it.")
      .usage("[options] <study>")
      .argument("<study>", "study.yaml, main.ts, or the beginning of a run's name")
      .option("--at <place>", "where arms with words part, as in room/3")
      .option("--arm <name=words>", "an arm, and what everybody hears in it there; repeatable", collected)
      .option("--to <name>", "only this person hears it; repeatable", collected)
      .option("--from <name>", "whom the words come from (default: from outside)")
      .option("--persona <edit>", "somebody is otherwise in an arm: 'older: Whole Name: age=70'; repeatable", collected)
      .option(
        "--reword <edit>",
        "in what people are told in an arm: 'dearer: 40 euros=200 euros'; repeatable",
        collected,
      )
      .option("--said <edit>", "somebody says something else: 'no: Whole Name@room/2=words'; repeatable", collected)
      .option("--prompt <edit>", "in everybody's rules: 'terse: old=new'; repeatable", collected)
      .option("--without <edit>", "an intervention that is not made: 'calm: its name'; repeatable", collected)
      .option("--replace", "take the place of other arms of these names")
      .option("--seeds <seeds>", "play each arm with each of these, as in 7,8,9", seedsOf)
      .option("--csv <file>", "write all rows there")
      .option("--json", "print one JSON document with the rows, for programs"),
  ).action((name: string, { seed, ...flags }: TwinsFlags) =>
    play(session, name, seed === undefined ? flags : { seeds: [seed], ...flags }),
  );
  return withExamples(
    command,
    ['twins study.yaml --at room/2 --arm "dearer=It costs 200 euros."'],
    ['twins study.yaml --at room/2 --arm "a=Yes." --arm "b=No."'],
    ['twins study.yaml --at room/2 --arm "a=Yes." --seeds 7,8 --json'],
    ['twins study.yaml --persona "older: Oscar Ramsaran: age=80"', "an arm that differs from the beginning on"],
    ['twins study.yaml --reword "dearer: 40 euros=200 euros"'],
  ).addHelpText("after", help);
}

/** As for a fork, where the study was played with these seeds before. */
async function refuseAllUnknown(
  session: Session,
  { flags, ...source }: { readonly study: Study; readonly file: string; readonly flags: TwinsFlags },
  arms: readonly Difference[],
): Promise<void> {
  for (const seed of flags.seeds ?? [undefined]) {
    const seeded = seed === undefined ? flags : { ...flags, seed };
    for (const difference of arms) await refuseUnknown(session, { ...source, difference, flags: seeded });
  }
}

function seedsOf(value: string): readonly string[] {
  const seeds = value.split(",").map((seed) => seed.trim());
  if (seeds.every((seed) => seed !== "")) return seeds;
  throw new InvalidArgumentError("Give seeds with commas, as in 7,8,9.");
}

async function play(session: Session, name: string, flags: TwinsFlags): Promise<void> {
  if (flags.csv !== undefined) refuseWithoutFolder(session, flags.csv);
  const preparation = createPreparation(session.err, () => performance.now());
  const { study, file } = await preparation.during(`Reading ${name}`, studyNamed(session, name, flags.store));
  const interrupt = onInterrupt(session);
  try {
    const { store, budget, model } = flags;
    const { signal } = interrupt;
    const options = await modelOptions(session, flags, { preparation, study });
    const given = { ...(store !== undefined && { store }), ...(model !== undefined && { model }) };
    const watching = Object.entries(await armsOf(flags, study)).map(([arm, one]) => [arm, watched(one)] as const);
    const arms = Object.fromEntries(watching.map(([arm, { difference }]) => [arm, difference]));
    await refuseAllUnknown(session, { study, file, flags }, Object.values(arms));
    const details = { study: await sourceOf(session, file) };
    const ended: TwinRun<unknown>[] = [];
    const all = Object.keys(arms).length * (flags.seeds?.length ?? 1);
    const playing = twins(study, {
      ...{ ...options, ...given, arms, details, signal, replace: flags.replace === true },
      ...(flags.seeds && { seeds: flags.seeds }),
      ...(budget !== undefined && { budget: parseBudget(budget) }),
      onPlayed: (played) => {
        const { arm, seed, run } = played;
        ended.push(played);
        session.err.say(`${ended.length} of ${all}: ${arm}, seed ${seed} · ${run}`, session.errStyle.dim);
      },
    });
    const [played] = await Promise.allSettled([playing]);
    // What came to its end leaves its results, whether or not all did.
    const saving = saveArms(session, ended, store);
    if (played.status === "rejected") {
      await saving.catch((second: unknown) => tellBeside(session, "What arms came to is not written", second));
      throw played.reason;
    }
    const files = await saving;
    for (const [arm, one] of watching) tellMissed(session, one, arm);
    await show(session, { ...played.value, files }, flags);
  } finally {
    interrupt.release();
  }
}

/** The arms that flags describe; without any, those of the study. */
async function armsOf(flags: TwinsFlags, study: Study): Promise<Readonly<Record<string, Difference>>> {
  const { at, to, from } = flags;
  const changes = new Map<string, ChangeFlags>();
  const change = (name: string, more: (before: ChangeFlags) => ChangeFlags): void =>
    void changes.set(name, more(changes.get(name) ?? {}));
  for (const text of flags.arm ?? []) {
    const [name, words] = parted(text, "=", "--arm");
    const said = { ...(at !== undefined && { at }), ...(to && { to }), ...(from !== undefined && { from }) };
    change(name, (before) => ({ ...before, ...said, say: [...(before.say ?? []), words] }));
  }
  for (const flag of ["persona", "reword", "said", "prompt", "without"] as const) {
    for (const text of flags[flag] ?? []) {
      const [name, edit] = parted(text, ":", `--${flag}`);
      change(name, (before) => ({ ...before, [flag]: [...(before[flag] ?? []), edit] }));
    }
  }
  if (changes.size === 0) for (const name of Object.keys(study.arms ?? {})) changes.set(name, {});
  if (changes.size === 0) throw noArm("");
  // Kept as 'tinytroupe fork' keeps them: the same arm is the same fork by either command.
  const arms = [...changes].map(async ([as, made]) => {
    return [as, forkDifference(study, { as, ...(await keptChange(made)) })] as const;
  });
  return { control: {}, ...Object.fromEntries(await Promise.all(arms)) };
}

/** The name of an arm, and what stands behind it. */
function parted(text: string, mark: string, flag: string): readonly [name: string, rest: string] {
  const at = text.indexOf(mark);
  const [name, rest] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()];
  if (name === "" || rest === "") throw noArm(text, flag);
  return [name, rest];
}

interface Shown extends Twins<unknown> {
  readonly files: Files;
}

async function show(session: Session, { rows, runs, files }: Shown, flags: TwinsFlags): Promise<void> {
  if (flags.csv !== undefined) await writeRows(flags.csv, rows);
  if (session.json) {
    const played = runs.map(({ seed, arm, run, result, ledger, reused }) => {
      const calls = { calls: ledger.paid.calls, reused: reused.replayed.calls };
      return { seed, arm, run, ...calls, result: plainResult(result), files: files.get(run) ?? [] };
    });
    return reply(session, { simulated: true, runs: played, rows });
  }
  const { out, outStyle: style } = session;
  const counts = countsOf(rows);
  out.print(...table(counts, { width: out.width, style }));
  const different = rows.filter((row) => row.said !== row.baseSaid);
  const examples = examplesOf(different);
  for (const row of examples) {
    out.print("", style.bold(harmless(`${row.person} · ${row.step} · seed ${row.seed}`)));
    const said = [
      { arm: row.base, said: row.baseSaid || silence },
      { arm: row.arm, said: row.said || silence },
    ];
    out.print(...table(said, { width: out.width, style }));
  }
  if (different.length > examples.length)
    out.say(`… and ${different.length - examples.length} more that differ: --csv <file> or --json`, style.dim);
  out.say("Simulated: a program played these people. Ask real ones before you decide.", style.dim);
  out.print("Results:", ...runs.flatMap((run) => leftLines(run, { files, style })));
}

/** What stands where somebody said nothing. */
const silence = "(nothing)";

/** The first six, of each arm as many. */
function examplesOf(rows: readonly PairedRow[]): readonly PairedRow[] {
  const arms = [...Map.groupBy(rows, (row) => row.arm).values()];
  return arms.flatMap((own) => own.slice(0, Math.ceil(6 / arms.length)));
}

/** How many turns of each arm are what they were in the first. */
function countsOf(rows: readonly PairedRow[]) {
  return [...Map.groupBy(rows, (row) => row.arm)].map(([arm, own]) => ({
    arm,
    turns: own.length,
    same: own.filter((row) => row.same).length,
    different: own.filter((row) => !row.same).length,
    reused: own.filter((row) => row.reused).length,
  }));
}

async function writeRows(file: string, rows: readonly PairedRow[]): Promise<void> {
  await writeFile(file, rowsToCsv(rows)).catch((cause: unknown) => {
    throw new TinyTroupeError("FILE_UNWRITABLE", `The rows cannot be written to ${file}.`, {
      data: { file },
      hint: "Name a file that can be written, and start it again: it costs nothing.",
      cause,
    });
  });
}

function noArm(value: string, option = "--arm"): TinyTroupeError<"OPTION_INVALID"> {
  const message = value === "" ? "There is nothing to compare: no arm is given." : `'${value}' is no arm.`;
  return new TinyTroupeError("OPTION_INVALID", message, { data: { option, value }, hint: armHints.get(option) ?? "" });
}

const armHints: ReadonlyMap<string, string> = new Map([
  ["--arm", 'Give a name and words, as in --at room/2 --arm "dearer=It costs 200 euros."'],
  ["--persona", 'Give an arm and an edit, as in --persona "older: Oscar Ramsaran: age=80".'],
  ["--reword", 'Give an arm and words for others, as in --reword "dearer: 40 euros=200 euros".'],
  ["--said", 'Give an arm and an edit, as in --said "no: Lisa Brannigan@room/2=I would not."'],
  ["--prompt", 'Give an arm and words for others, as in --prompt "terse: up to four=at most one".'],
  ["--without", 'Give an arm and the name of an intervention, as in --without "calm: price rise".'],
]);
