import { writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import {
  type Difference,
  type PairedRow,
  parseBudget,
  rowsToCsv,
  TinyTroupeError,
  type Twins,
  twins,
} from "../../../index.ts";
import { exitCodes } from "../../failure.ts";
import { collected } from "../../live/approval.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { createPreparation } from "../../live/preparation.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, modelOptions, withExamples, withModelFlags } from "../flags.ts";
import { reusedText } from "../money/amounts.ts";
import { planOf } from "./change.ts";
import { studyNamed } from "./source.ts";

interface TwinsFlags extends Omit<ModelFlags, "seed"> {
  readonly at: string;
  readonly arm: readonly string[];
  readonly to?: readonly string[];
  readonly from?: string;
  readonly seeds?: readonly string[];
  readonly csv?: string;
  readonly json?: boolean;
}

const help = `
The first arm, 'control', is the study as it is; each --arm is a fork of it.
Arms share people, dice and schedule: what an arm's words do not touch is the
very same answer, and costs nothing. A row is what one person said and did in
one step of an arm, beside what they did there in 'control'.
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
      .requiredOption("--at <place>", "where the arms part, as in room/3")
      .requiredOption("--arm <name=words>", "an arm, and what everybody hears in it there; repeatable", collected)
      .option("--to <name>", "only this person hears it; repeatable", collected)
      .option("--from <name>", "whom the words come from (default: from outside)")
      .option("--seeds <seeds>", "play each arm with each of these, as in 7,8,9", seedsOf)
      .option("--csv <file>", "write all rows there")
      .option("--json", "print one JSON document with the rows, for programs"),
  ).action((name: string, flags: TwinsFlags) => play(session, name, flags));
  return withExamples(
    command,
    ['twins study.yaml --at room/2 --arm "dearer=It costs 200 euros."'],
    ['twins study.yaml --at room/2 --arm "a=Yes." --arm "b=No."'],
    ['twins study.yaml --at room/2 --arm "a=Yes." --seeds 7,8 --json'],
  ).addHelpText("after", help);
}

function seedsOf(value: string): readonly string[] {
  const seeds = value.split(",").map((seed) => seed.trim());
  if (seeds.every((seed) => seed !== "")) return seeds;
  throw new InvalidArgumentError("Give seeds with commas, as in 7,8,9.");
}

async function play(session: Session, name: string, flags: TwinsFlags): Promise<void> {
  const preparation = createPreparation(session.err, () => performance.now());
  const { study } = await preparation.during(`Reading ${name}`, studyNamed(session, name, flags.store));
  const interrupt = onInterrupt(session);
  try {
    const { store, budget, model } = flags;
    const { signal } = interrupt;
    const options = await modelOptions(session, flags, { preparation, study });
    const given = { ...(store !== undefined && { store }), ...(model !== undefined && { model }) };
    const arms = armsOf(flags);
    let ended = 0;
    const all = Object.keys(arms).length * (flags.seeds?.length ?? 1);
    const playing = twins(study, {
      ...{ ...options, ...given, arms, signal },
      ...(flags.seeds && { seeds: flags.seeds }),
      ...(budget !== undefined && { budget: parseBudget(budget) }),
      onPlayed: ({ arm, seed, run }) => {
        ended += 1;
        session.err.say(`${ended} of ${all}: ${arm}, seed ${seed} · ${run}`, session.errStyle.dim);
      },
    });
    await show(session, await playing, flags);
  } finally {
    interrupt.release();
  }
}

function armsOf({ arm, ...flags }: TwinsFlags): Readonly<Record<string, Difference>> {
  const arms = arm.map((text): readonly [string, Difference] => {
    const [, name = "", words = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name.trim() === "" || words.trim() === "") throw noArm(text);
    const { name: _name, ...difference } = planOf(name.trim(), { ...flags, say: [words.trim()] });
    return [name.trim(), difference];
  });
  return { control: {}, ...Object.fromEntries(arms) };
}

async function show(session: Session, { rows, runs }: Twins<unknown>, flags: TwinsFlags): Promise<void> {
  if (flags.csv !== undefined) await writeRows(flags.csv, rows);
  if (session.json) {
    const played = runs.map(({ seed, arm, run, ledger, reused }) => {
      return { seed, arm, run, calls: ledger.paid.calls, reused: reused.replayed.calls };
    });
    return reply(session, { simulated: true, runs: played, rows });
  }
  const { out, outStyle: style } = session;
  const counts = countsOf(rows);
  out.print(...table(counts, { width: out.width, style }));
  const different = rows.filter((row) => !row.same && (row.said !== "" || row.baseSaid !== ""));
  for (const row of different.slice(0, 6)) {
    out.print("", style.bold(harmless(`${row.person} · ${row.step} · seed ${row.seed}`)));
    const said = [
      { arm: row.base, said: row.baseSaid },
      { arm: row.arm, said: row.said },
    ];
    out.print(...table(said, { width: out.width, style }));
  }
  if (different.length > 6)
    out.say(`… and ${different.length - 6} more that differ: --csv <file> or --json`, style.dim);
  for (const { arm, seed, reused } of runs) {
    const text = reusedText(reused.replayed);
    if (text) out.say(`${arm}, seed ${seed}: ${text}`, style.dim);
  }
  out.say("Simulated: a program played these people. Ask real ones before you decide.", style.dim);
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

function noArm(value: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${value}' is no arm.`, {
    data: { option: "--arm", value },
    hint: 'Give a name and words, as in --arm "dearer=It costs 200 euros."',
  });
}
