import { Command } from "commander";
import {
  answersCsv,
  type CorrectedAnswers,
  correctAnswers,
  correctionReport,
  correctionReportHtml,
  isMeasured,
  rowsToCsv,
} from "../../../../index.ts";
import { exitCodes } from "../../../failure.ts";
import { createPreparation } from "../../../live/preparation.ts";
import { refuseTaken } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { harmless } from "../../../terminal/text.ts";
import { positiveNumber, withExamples } from "../../flags.ts";
import { tablesOf, writeInto } from "./sides.ts";

interface CorrectFlags {
  readonly describe?: string;
  readonly width?: number;
  readonly out?: string;
  readonly seed?: string;
}

const help = `
From the answers of a few people it is learned, family by family of items
(family in the description), how simulated answers on a scale are to be moved:
by a shift, a dispersion or a temperature, whichever misses those people least
whose answers it was not learned from; or not at all. What was learned is
applied to all items of the family, those too that nobody was asked.

Means and shares of all people are estimated from both (prediction-powered
inference): the few are linked by id to what was simulated of them, and the
others are simulated people who are nobody's twin. --width says how many more
people to ask for an interval so wide, from end to end.
${exitCodes}`;

/** `tinytroupe validate correct`: what few people's answers make of many simulated ones. */
export function correctCommand(session: Session): Command {
  const command = new Command("correct")
    .summary("correct many simulated answers by those of a few people")
    .description("Correct many simulated answers by those of a few people, and say how many more to ask.")
    .argument("<few>", "what a few people answered")
    .argument("<many>", "what simulated people answered: twins of the few by id, and others")
    .option("--describe <file>", "which column is what, and its scale (default: proposed)")
    .option("-w, --width <number>", "how wide an interval may be: how many more people to ask for it", positiveNumber)
    .option("-o, --out <folder>", "a new folder for the report and its rows")
    .option("-s, --seed <seed>", "in which parts people are left out while it is learned (default: 1)")
    .option("--json", "for programs")
    .action((few: string, many: string, flags: CorrectFlags) => correct(session, [few, many], flags));
  return withExamples(
    command,
    ["validate correct few.csv many.csv"],
    ["validate correct few.csv many.csv --width 0.3 --out corrected"],
  ).addHelpText("after", help);
}

async function correct(session: Session, files: readonly [string, string], flags: CorrectFlags): Promise<void> {
  if (flags.out !== undefined) refuseTaken(session, flags.out, "--out");
  const { human, simulated } = await tablesOf(session, files, flags.describe);
  const { width, seed } = flags;
  const correcting = correctAnswers(human, simulated, {
    ...(width !== undefined && { width }),
    ...(seed !== undefined && { seed }),
  });
  const corrected = await createPreparation(session.err, () => performance.now()).during("Learning", correcting);
  if (!session.json) show(session, corrected);
  if (flags.out !== undefined)
    await writeInto(session, flags.out, [
      ["report.md", correctionReport(corrected)],
      ["report.html", await correctionReportHtml(corrected)],
      ["corrected.csv", rowsToCsv(corrected.steps)],
      ["estimates.csv", rowsToCsv(corrected.estimates.map(estimateRow))],
      ["answers.csv", answersCsv(human, simulated)],
      ["corrected.json", `${JSON.stringify(corrected, null, 2)}\n`],
    ]);
  if (session.json) reply(session, { ...corrected });
}

function show({ out, outStyle: style }: Session, { learned, estimates }: CorrectedAnswers): void {
  const look = { width: out.width, style };
  const ways = learned.map((one) =>
    "kind" in one
      ? {
          family: one.family,
          people: one.n,
          way: one.kind,
          by: inWords(one.correction),
          "misses less by": gain(one.misses, one.kind),
        }
      : { family: one.family, people: "", way: "none", by: one.reason, "misses less by": "" },
  );
  out.print("", style.bold("Learned"), ...table(ways, look));
  out.print("", style.bold("Estimated by both"), ...table(estimates.map(line), look));
  out.say("In brackets 95 % intervals. Corrections move shares, not people.", style.dim);
}

function estimateRow({ found, needed, ...head }: CorrectedAnswers["estimates"][number]): object {
  const more =
    needed === undefined
      ? {}
      : isMeasured(needed)
        ? { more: needed.more, onlyPeople: needed.alone }
        : { more: needed.reason };
  if (!isMeasured(found)) return { ...head, reason: found.reason, ...more };
  const { estimate, interval, power, alone, worth } = found;
  return {
    ...{ ...head, estimate, low: interval.low, high: interval.high, power, worth },
    ...{ alone: alone.estimate, aloneLow: alone.interval.low, aloneHigh: alone.interval.high, ...more },
  };
}

const inWords = (correction: object): string =>
  harmless(
    Object.entries(correction)
      .map(([name, value]) => `${name} ${rounded(value as number)}`)
      .join(", "),
  );

const gain = (misses: Readonly<Record<string, number>>, kind: string): string =>
  rounded((misses["none"] ?? 0) - (misses[kind] ?? 0));

function line({ item, of, asked, others, found, needed }: CorrectedAnswers["estimates"][number]) {
  const more = needed === undefined ? {} : { "more to ask": isMeasured(needed) ? String(needed.more) : needed.reason };
  const head = { of: `${item} ${of}`, n: `${asked}+${others}` };
  if (!isMeasured(found)) return { ...head, estimate: found.reason, "people alone": "", ...more };
  return { ...head, estimate: ranged(found), "people alone": ranged(found.alone), ...more };
}

function ranged({ estimate, interval }: { estimate: number; interval: { low: number; high: number } }): string {
  return `${rounded(estimate)} (${rounded(interval.low)} to ${rounded(interval.high)})`;
}

const rounded = (value: number): string => value.toFixed(2);
