import { basename, resolve } from "node:path";
import { Command } from "commander";
import {
  type Calibration,
  type CalibrationFigures,
  calibrateJudge,
  defineStudy,
  type JudgeCalibration,
  loadAnchors,
} from "../../../index.ts";
import { refuseTaken, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { type ModelFlags, wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { dryRun } from "../money/dry-run.ts";

interface CalibrateFlags extends ModelFlags {
  readonly samples: number;
  readonly out?: string;
  readonly dryRun?: boolean;
}

const help = `
A file of labelled cases: CSV with the columns claim, label, text (and id),
JSONL, or YAML with a list of them or { claim, anchors }. A label is true,
false or a score from 0 to 9; instead of a text a case may have a transcript,
a list of from and text.
bias is how much too high, mean error how far off; kappa and alpha say how far
the judge agrees with the labels beyond chance. Each has its interval of 95 %.
The same command again goes on where it was.`;

/** `tinytroupe judge calibrate`: how far off a judge is where the answers are known. */
export function calibrateCommand(session: Session): Command {
  const command = withModelFlags(new Command("calibrate"))
    .description("how far off a judge is, on cases of which the answers are known")
    .argument("<anchors>", "labelled cases: CSV, JSONL, YAML or JSON")
    .option("--samples <n>", "ask so often, and take the middle", wholeNumber, 1)
    .option("-o, --out <file>", "keep it there, for 'judge --calibration', never over another file")
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs: the figures, and each case")
    .action((file: string, flags: CalibrateFlags) => calibrate(session, file, { ...flags, reads: [] }));
  return withExamples(
    command,
    ["judge calibrate anchors.csv --out judge.json"],
    ["judge calibrate anchors.yaml --samples 5 --dry-run"],
  ).addHelpText("after", help);
}

async function calibrate(session: Session, file: string, flags: CalibrateFlags): Promise<void> {
  if (flags.out !== undefined) refuseTaken(session, flags.out, "--out");
  const anchors = await loadAnchors(resolve(session.environment.folder, file));
  const { samples } = flags;
  const name = `judge calibration ${basename(file)}`;
  if (flags.dryRun) {
    const study = defineStudy({ name, run: ({ context }) => calibrateJudge(context, anchors, { samples }) });
    return dryRun(session, study, flags);
  }
  let done = 0;
  const status = (): string => `${done} of ${anchors.length} cases`;
  const found = await making(session, { name, flags, what: "calibration", status }, ({ simulation, tick }) =>
    calibrateJudge(simulation.context, anchors, {
      samples,
      onRow: () => {
        done += 1;
        tick();
      },
    }),
  );
  if (flags.out !== undefined) await writeNewFile(session, piece(`${JSON.stringify(found, null, 2)}\n`), flags.out);
  show(session, found);
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}

function show(session: Session, { summary, rows }: Calibration): void {
  if (session.json) {
    reply(session, { simulated: true, ...summary, rows });
    return;
  }
  const { out, outStyle: style } = session;
  const { judge, asked, undecided, failed, heuristic } = summary;
  out.say(`${judge} · ${asked} cases, ${undecided} undecided, ${failed} without a usable answer`, style.dim);
  if (heuristic) out.say("builtin is no language model: these figures are of its rules.", style.warn);
  out.print("", ...table(figureRows(summary), { width: out.width, style }));
}

/** The figures of a calibration as rows of a table. */
export function figureRows({ scores, truths }: JudgeCalibration): readonly Record<string, unknown>[] {
  return [...rowsOf("score", scores), ...rowsOf("true or false", truths)];
}

function rowsOf(of: string, found: CalibrationFigures | undefined): readonly Record<string, unknown>[] {
  return Object.entries(found?.figures ?? {}).map(([name, figure]) => ({
    ...{ of, cases: found?.n, figure: name === "meanError" ? "mean error" : name },
    value: "value" in figure ? rounded(figure.value) : "",
    "95 %":
      "value" in figure
        ? figure.low === undefined || figure.high === undefined
          ? ""
          : `${rounded(figure.low)} to ${rounded(figure.high)}`
        : figure.reason,
  }));
}

const rounded = (value: number): string => value.toFixed(2);
