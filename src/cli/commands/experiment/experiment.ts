import { Command } from "commander";
import { exitCodes } from "../../failure.ts";
import type { Session } from "../../session.ts";
import { withExamples, withSharedFlags } from "../flags.ts";
import { analyseCommand } from "./analyse-command.ts";
import { type RunExperimentFlags, runExperimentFile } from "./run.ts";
import { showExperiment } from "./show.ts";

const help = `
An experiment is a YAML file (schemas/experiment.schema.json) or a program that
exports one with defineExperiment: a study, what is different in each arm, who
takes part, seeds and replicates, what is measured, and what is claimed.
'init' writes a small one to begin with.
${exitCodes}`;

const runHelp = `
A cell is one population, seed, replicate and model. Its arms are forks of one
run: people, dice and schedule are the same, and what a difference does not
touch is the very same answer, paid once. Cells are played in an order by the
seed. An arm that fails is a row with its error; the others go on.
Ctrl-C stops after the calls in flight. The same command goes on where it was,
and what was answered is not paid again; one --budget is a wall for all of it.
What is declared is written down before the first run, with its hash.
${exitCodes}`;

function runCommand(session: Session): Command {
  const command = withSharedFlags(
    new Command("run")
      .description("run an experiment, and keep its rows beside it")
      .argument("<file>", "experiment.yaml, experiment.ts, …")
      .option("-m, --model <model>", "plays all, in place of the models that are declared"),
  )
    .option("-o, --out <folder>", "where rows go (default: beside the file, <its name>-results)")
    .option("--format <formats...>", "csv, jsonl, parquet (default: csv jsonl)")
    .option("--dry-run", "ask no model: play it by rules, and say what all of it would use and cost")
    .option("--json", "print one JSON document with the rows, for programs")
    .action((file: string, flags: RunExperimentFlags) => runExperimentFile(session, file, flags));
  return withExamples(
    command,
    ["experiment run experiment.yaml --model builtin", "rehearse it, free of charge"],
    ['experiment run experiment.yaml --dry-run --budget "5 usd"', "what it would cost, and whether $5 is enough"],
    ['experiment run experiment.yaml --budget "5 usd"'],
    ["experiment run experiment.yaml --format csv parquet --out found"],
  ).addHelpText("after", runHelp);
}

/** `tinytroupe experiment`: arms held against each other. */
export function experimentCommand(session: Session): Command {
  const command = new Command("experiment").description("hold arms of a study against each other");
  const show = new Command("show")
    .description("show what an experiment declares, its hash, and how far it is")
    .argument("<file>", "experiment.yaml, experiment.ts, …")
    .option("-o, --out <folder>", "where its rows are (default: beside the file)")
    .option("--json", "for programs")
    .action((file: string, flags: { readonly out?: string }) => showExperiment(session, file, flags));
  for (const inner of [
    runCommand(session),
    withExamples(show, ["experiment show experiment.yaml"]),
    analyseCommand(session),
  ])
    command.addCommand(inner);
  return withExamples(
    command,
    ["experiment show experiment.yaml"],
    ["experiment run experiment.yaml --dry-run"],
    ["experiment run experiment.yaml"],
    ["experiment analyse experiment.yaml"],
  ).addHelpText("after", help);
}
