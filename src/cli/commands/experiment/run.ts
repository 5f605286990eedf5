import {
  declarationOf,
  declareExperiment,
  type Experiment,
  type ExperimentDeclaration,
  type ExperimentProgress,
  type ObservationFormat,
  type PlayedCellArm,
  parseBudget,
  readExperimentRecord,
  runExperiment,
  saveExperiment,
  TinyTroupeError,
} from "../../../index.ts";
import { tellBeside } from "../../failure.ts";
import { onInterrupt } from "../../live/interrupt.ts";
import { createPreparation } from "../../live/preparation.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import { type ModelFlags, modelOptions } from "../flags.ts";
import { costOf, grouped } from "../money/amounts.ts";
import { estimateExperimentFile } from "./dry-run.ts";
import { readExperiment, resultsFolder } from "./place.ts";

/** The flags of `experiment run`. */
export interface RunExperimentFlags extends Omit<ModelFlags, "seed" | "embedder"> {
  readonly out?: string;
  readonly format?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const known: readonly ObservationFormat[] = ["csv", "jsonl", "parquet"];

/** `experiment run`: plays all cells, and keeps their rows, as far as it came. */
export async function runExperimentFile(session: Session, file: string, flags: RunExperimentFlags): Promise<void> {
  const preparation = createPreparation(session.err, () => performance.now());
  const formats = formatsOf(flags.format ?? ["csv", "jsonl"]);
  const experiment = await preparation.during(`Reading ${file}`, readExperiment(session, file));
  if (flags.dryRun) return estimateExperimentFile(session, experiment, flags);
  const folder = resultsFolder(session, file, flags.out);
  await declareExperiment(folder, experiment.design);
  const played: PlayedCellArm[] = [];
  const interrupt = onInterrupt(session);
  const tell = teller(session);
  try {
    const { budget, model, store } = flags;
    const { onProgress: _weights, ...options } = await modelOptions(session, flags, { preparation });
    const run = await runExperiment(experiment, {
      ...{ ...options, signal: interrupt.signal, onExperiment: tell.progress },
      ...(model !== undefined && { model }),
      ...(store !== undefined && { store }),
      ...(budget !== undefined && { budget: parseBudget(budget) }),
      onPlayed: (arm) => {
        played.push(arm);
        tell.played(arm);
      },
    });
    session.err.footer([]);
    const files = await saveExperiment(run, { folder, formats });
    const record = await readExperimentRecord(folder);
    const declaration = record && declarationOf(record);
    show(session, {
      analyse: analyseCommand(file, flags),
      experiment,
      declaration,
      played: run.played,
      progress: run.progress,
      files,
    });
  } catch (error) {
    session.err.footer([]);
    if (played.length > 0)
      await saveExperiment({ design: experiment.design, played }, { folder, formats, complete: false }).catch(
        (second: unknown) => tellBeside(session, "Rows of arms that ended are not kept", second),
      );
    session.farewell ||= "What was answered is kept, and rows of arms that ended: the same command goes on from there.";
    throw error;
  } finally {
    session.err.footer([]);
    interrupt.release();
  }
}

/** The command that says what these rows come to. */
const analyseCommand = (file: string, { out }: RunExperimentFlags): string =>
  `tinytroupe experiment analyse ${file}${out === undefined ? "" : ` --results ${out}`}`;

function formatsOf(given: readonly string[]): readonly ObservationFormat[] {
  const wanted = given.flatMap((one) => one.split(",")).map((one) => one.trim());
  const strange = wanted.find((one) => !known.some((format) => format === one));
  if (strange === undefined) return wanted as ObservationFormat[];
  throw new TinyTroupeError("OPTION_INVALID", `'${strange}' is no format of rows.`, {
    data: { option: "--format", value: strange },
    hint: `There are: ${known.join(", ")}.`,
  });
}

/** Says how far it is: at a terminal in the last line, else an arm a line. */
function teller({ err, errStyle: style }: Session) {
  let [last, shown] = ["", Number.NEGATIVE_INFINITY];
  return {
    progress: (progress: ExperimentProgress): void => {
      last = progressText(progress);
      if (!err.live || performance.now() - shown < 100) return;
      shown = performance.now();
      err.footer([last]);
    },
    played: ({ cell, arm, wording, error }: PlayedCellArm): void => {
      const name = wording === undefined ? arm : `${arm} (${wording})`;
      if (error !== undefined) err.say(harmless(`${cell}, ${name}: ${error.code} ${error.message}`), style.warn);
      else if (!err.live) err.say(harmless(`${cell}, ${name} · ${last}`), style.dim);
    },
  };
}

function progressText({ cells, arms, calls, served, usd, unpriced }: ExperimentProgress): string {
  return [
    `${cells.done} of ${cells.of} cells`,
    `${arms.done} of ${arms.of} arms${arms.failed > 0 ? `, ${arms.failed} failed` : ""}`,
    `${grouped(calls)} ${calls === 1 ? "call" : "calls"}${served > 0 ? `, ${grouped(served)} answered before` : ""}`,
    costOf({ usd, unpriced, unknownUsd: 0 }),
  ].join(" · ");
}

interface Shown {
  readonly analyse: string;
  readonly experiment: Experiment;
  readonly declaration: ExperimentDeclaration | undefined;
  readonly played: readonly PlayedCellArm[];
  readonly progress: ExperimentProgress;
  readonly files: readonly string[];
}

function show(session: Session, { analyse, experiment, declaration, played, progress, files }: Shown): void {
  const { design } = experiment;
  if (played.some(({ error }) => error !== undefined)) session.exitCode = 1;
  if (session.json) {
    const observations = played.flatMap((arm) => arm.observations);
    const runs = played.map(({ observations: _rows, ...run }) => run);
    reply(session, {
      ...{ simulated: true, experiment: design.name, digest: design.digest },
      ...(declaration && { declared: declaration }),
      ...{ progress, runs, observations, files },
    });
    return;
  }
  const { out, outStyle: style } = session;
  const rows = [...Map.groupBy(played, ({ arm }) => arm)].map(([arm, own]) => {
    const all = own.flatMap(({ observations }) => observations);
    return {
      ...{ arm, cells: own.length, failed: own.filter(({ error }) => error !== undefined).length },
      ...{ rows: all.length, "without a value": all.filter(({ value }) => value === null).length },
    };
  });
  out.print(...table(rows, { width: out.width, style }), "");
  out.say(progressText(progress), style.dim);
  if (played.some(({ heuristic }) => heuristic))
    out.say("builtin is no language model: this rehearses the experiment, and its rows are no insight.", style.warn);
  out.say("Simulated: a program played these people. Ask real ones before you decide.", style.dim);
  if (declaration?.answeredBefore !== undefined) out.say(declaration.words, style.warn);
  const [first = "", ...others] = files.map(harmless);
  out.print(`Rows: ${first}`, ...others.map((path) => style.dim(`      ${path}`)));
  out.say(`What it comes to, claim by claim: ${harmless(analyse)}`);
}
