import { Command } from "commander";
import { exitCodes } from "../../failure.ts";
import type { Session } from "../../session.ts";
import { withExamples } from "../flags.ts";
import { type AnalyseFlags, analyse } from "./analyse.ts";

const help = `
Of an experiment it takes the rows that 'experiment run' left, and what was
declared before they were made: claims that were changed since do not count.

Each person is held against themselves: the same person, population, seed,
replicate, model and wording in both arms. What belongs together counts as one:
a person who comes again, a session in which people met. An effect is stable
where it repeats with other models, populations, seeds and wordings, fragile
where it does not, and with one of them it was not tried.

Findings are claims that were declared beforehand and passed, after correction
for being several; a claim that does not pass is exit code 1. All else is
exploratory.

Rows from elsewhere have the columns cell, arm, population, seed, replicate,
model, person, metric, value (numbers) or text (options), missing (why there is
none) and run; session where people met, wording, level.<factor>, period where
somebody meets arms one after the other. What is declared of them (--declared):
schemas/analysis.schema.json, as in

  analysis: 1
  name: prices
  arms: [control, dearer]
  metrics:
    intent: { scale: { kind: number, low: 1, high: 5 } }
  claims:
    dearer puts off: # by a fifth of a point at least
      metric: intent
      contrast: [dearer, control]
      direction: less
      least: 0.2

Directions are greater, less, different and equivalent (with a margin).
${exitCodes}`;

/** `tinytroupe experiment analyse`. */
export function analyseCommand(session: Session): Command {
  const command = new Command("analyse")
    .description("say what an experiment came to: effects, claims, what repeats, what values differ by")
    .argument(
      "<what>",
      "experiment.yaml, the folder of its results, or a table of rows (.csv, .jsonl, .parquet, .xlsx)",
    )
    .option("--results <folder>", "where the rows of the experiment are (default: beside the file)")
    .option("--declared <file>", "of a table: what was declared (default: nothing, so that all is exploratory)")
    .option("-o, --out <folder>", "a new folder for the report, its figures, and the pairs and rows they rest on")
    .option("--json", "for programs")
    .action((what: string, flags: AnalyseFlags) => analyse(session, what, flags));
  return withExamples(
    command,
    ["experiment analyse experiment.yaml --out report"],
    ["experiment analyse rows.csv", "from elsewhere: all arms against the first, exploratory"],
    ["experiment analyse rows.csv --declared prices.yaml"],
    ["experiment analyse experiment.yaml --json", "for programs: claims, effects, arms, variance"],
  ).addHelpText("after", help);
}
