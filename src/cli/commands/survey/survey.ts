import { Command } from "commander";
import { exitCodes } from "../../failure.ts";
import type { Session } from "../../session.ts";
import { withExamples } from "../flags.ts";
import { type ConvertFlags, checkSurvey, convertSurvey, type SurveyFlags, showSurvey } from "./files.ts";

const help = `
A survey is a questionnaire in YAML or JSON, or a file of Qualtrics (.qsf), of
which what cannot be taken over is named: items with their options, limits
and labels, and what is asked of whom. examples/17-survey has a whole one.
${exitCodes}`;

/** `tinytroupe survey`: questionnaires. */
export function surveyCommand(session: Session): Command {
  const command = new Command("survey").description("look at, check and convert questionnaires");
  const language = ["--language <code>", "one of its languages, where it has several"] as const;
  const show = new Command("show")
    .description("show a questionnaire as those read it who take it")
    .argument("<file>", "a questionnaire: .yaml, .json, .qsf")
    .option(...language)
    .option("--json", "for programs")
    .action((file: string, flags: SurveyFlags) => showSurvey(session, file, flags));
  const check = new Command("check")
    .description("find mistakes in a questionnaire: what contradicts itself, what is not translated")
    .argument("<file>", "a questionnaire: .yaml, .json, .qsf")
    .option("--json", "for programs")
    .action((file: string) => checkSurvey(session, file));
  const convert = new Command("convert")
    .description("write a questionnaire in another format; a page of HTML is one that people can take")
    .argument("<file>", "a questionnaire: .yaml, .json, .qsf")
    .requiredOption("-o, --out <file>", "a file that is not there yet: .yaml, .json, .qsf, .html")
    .option(...language)
    .option("--json", "for programs")
    .action((file: string, flags: ConvertFlags) => convertSurvey(session, file, flags));
  for (const inner of [show, check, convert]) command.addCommand(inner);
  withExamples(show, ["survey show tea.yaml --language es"]);
  withExamples(check, ["survey check tea.yaml"]);
  withExamples(convert, ["survey convert tea.yaml --out tea.html", "a page that people take offline"]);
  return withExamples(
    command,
    ["survey show tea.yaml"],
    ["survey check tea.yaml"],
    ["survey convert tea.yaml --out tea.html", "a page that people take offline"],
  ).addHelpText("after", help);
}
