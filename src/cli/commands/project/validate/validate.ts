import { extname } from "node:path";
import { Command } from "commander";
import { type FileReport, type Issue, TinyTroupeError, validateFiles } from "../../../../index.ts";
import { exitCodes } from "../../../failure.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { harmless } from "../../../terminal/text.ts";
import { wholeNumber, withExamples } from "../../flags.ts";
import { type BesideFlags, besidePeople } from "./beside-people.ts";
import { correctCommand } from "./correct.ts";
import { heldOutCommand } from "./held-out.ts";

const help = `
A study is looked over with the personas, fragments and pictures that it names,
each with the line and column of what has to be mended (✗), and what may be a
mistake (!). So are experiments, tests of systems, questionnaires,
specifications of populations and of synthetic data, descriptions of answers,
claims on them and on rows of experiments, anchors and adverts. Programs are
not: 'run --dry-run' plays them without a model.
What could make a persona livelier says 'persona show'.

Two tables (CSV, Excel, SPSS, exports of Qualtrics) are answers: those of
people, then those of simulated people. --describe says which column is what and
on which scale it is answered (schemas/answers.schema.json), or is the
questionnaire itself, of which is compared what both tables have; without it a
description is proposed, shown, and used. --propose writes the proposal, or the
questionnaire as a description, into a file to be mended. Each item is compared
by mean, dispersion, shape and order, and placed between what people are to
themselves (1) and answers that know nobody (0). --claims holds it to what was
claimed before anybody looked (schemas/claims.schema.json): a claim that fails
is exit code 1.
${exitCodes}`;

/** `tinytroupe validate`: what is wrong with files, before anything runs, and how simulated answers compare with people's. */
export function validateCommand(session: Session): Command {
  const command = new Command("validate")
    // What stands behind a command's name is that command's own.
    .enablePositionalOptions()
    .summary("find mistakes in files; hold simulated answers against people's")
    .description("Find mistakes in studies, personas and settings, or hold simulated answers against those of people.")
    .argument("<files...>", "study.yaml, ann.json, tinytroupe.config.json, …; or human.csv simulated.csv")
    .option(
      "--describe <file>",
      "of tables: which column is what, and its scale; or the questionnaire (default: proposed)",
    )
    .option("--propose <file>", "of tables: write the description that is proposed here, and compare nothing yet")
    .option("--claims <file>", "of tables: what was claimed beforehand")
    .option("-o, --out <folder>", "of tables: a new folder for the report, its figures and answers")
    .option("-s, --seed <seed>", "of tables: where the chance of intervals comes from (default: 1)")
    .option("--resamples <n>", "of tables: how often people are drawn again (default: 1000)", wholeNumber)
    .option("--json", "for programs")
    .action((files: readonly string[], flags: BesideFlags) => validate(session, files, flags));
  return withExamples(
    command,
    ["validate study.yaml"],
    ["validate *.yaml tinytroupe.config.json", "all studies here, and the settings"],
    ["validate human.csv simulated.csv", "on a description that is proposed, and shown"],
    ["validate human.csv simulated.csv --propose data.yaml", "write that description, to mend it"],
    ["validate human.csv simulated.csv --claims claims.yaml --out checked"],
    ["validate held-out human.csv twins.csv --item vote", "score what twins foretell of a hidden item"],
    ["validate correct few.csv many.csv --width 0.3", "what few people make of many simulated answers"],
    ["validate study.yaml --json", "for programs: valid, files"],
  )
    .addHelpText("after", help)
    .addCommand(heldOutCommand(session))
    .addCommand(correctCommand(session));
}

const tables: readonly string[] = [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".sav", ".zsav", ".dta"];

async function validate(session: Session, given: readonly string[], flags: BesideFlags): Promise<void> {
  const answers = given.filter((file) => tables.includes(extname(file).toLowerCase()));
  if (answers.length > 0) return besidePeople(session, pairIn(given, answers), flags);
  refuseFlags(flags);
  const files = await validateFiles(...given);
  const valid = files.every(({ issues }) => issues.length === 0);
  session.exitCode = valid ? 0 : 2;
  if (session.json) return reply(session, { valid, files });
  for (const report of files) show(session, report);
}

function pairIn(given: readonly string[], answers: readonly string[]): readonly [human: string, simulated: string] {
  const [human, simulated, ...more] = given;
  if (human !== undefined && simulated !== undefined && more.length === 0 && answers.length === 2)
    return [human, simulated];
  throw new TinyTroupeError(
    "OPTION_INVALID",
    `Two tables are compared, and ${given.length === 1 ? "one was" : `${given.length} files were`} named.`,
    {
      data: { option: "files", value: given },
      hint: "Name the answers of people, then those of simulated people: tinytroupe validate human.csv simulated.csv",
    },
  );
}

function refuseFlags({ describe, propose, claims, out, seed, resamples }: BesideFlags): void {
  const [flag] =
    Object.entries({ describe, propose, claims, out, seed, resamples }).find(([, value]) => value !== undefined) ?? [];
  if (flag === undefined) return;
  throw new TinyTroupeError("OPTION_INVALID", `--${flag} is for tables of answers.`, {
    data: { option: `--${flag}` },
    hint: "Name two tables: tinytroupe validate human.csv simulated.csv",
  });
}

function show({ out, outStyle: style }: Session, { file, kind, issues, warnings }: FileReport): void {
  out.print(`${issues.length === 0 ? style.good("✓") : style.bad("✗")} ${harmless(file)} ${style.dim(kind)}`);
  const lines = (found: readonly Issue[], mark: string): void => {
    for (const issue of found) {
      const [first = "", ...rest] = out.fold(textOf(file, issue), 4);
      out.print(`  ${mark} ${first}`, ...rest.map((line) => `    ${line}`));
    }
  };
  lines(issues, style.bad("✗"));
  lines(warnings, style.warn("!"));
}

/** As in `study.yaml:5:7 steps.0.ask: …`, which terminals and editors open at the place. */
function textOf(file: string, { path, message, line, column }: Issue): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${place}${path === "" ? "" : ` ${path}`}: ${message}`;
}
