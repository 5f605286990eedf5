import { Command, Option } from "commander";
import { exitCodes } from "../../failure.ts";
import type { Session } from "../../session.ts";
import { wholeNumber, withExamples, withModelFlags } from "../flags.ts";
import { type ConvertFlags, checkSurvey, convertSurvey, type SurveyFlags, showSurvey } from "./files.ts";
import { type FitFlags, fitSurvey } from "./fit.ts";
import { type GatherFlags, gatherSurvey } from "./gather.ts";
import { type TakeFlags, takeSurvey } from "./run.ts";

const help = `
A survey is a questionnaire in YAML or JSON, or a file of Qualtrics (.qsf), of
which what cannot be taken over is named: items with their options, limits
and labels, and what is asked of whom. examples/17-survey has a whole one.
${exitCodes}`;

const takeHelp = `
Everybody answers on forks that leave them as they were, one item after another.
Ways of asking (--method): direct, two-pass, similarity-rating,
stated-probabilities, option-probabilities (local models), pairwise. What suits
a kind of item is usual: ordered scales are rated by similarity where there is
a provider's embedder (--embedder openai/text-embedding-3-small), options by
stated probabilities from which the seed draws, all else directly.
--reversed and --paraphrased show how far answers hang on the order of options
and on the words: each way is a sitting of its own, and what it moved is told.
--pilot asks the first few and prices the rest by the 75th percentile of tokens;
the same command again goes on where it was.`;

const fitHelp = `
Items of which people answered choices, ratings, numbers or orders are asked of
the simulated people in each of the ways, without conditions, and what they
answer is held against the people's. A way that was chosen by some answers is
to be trusted for others only after it was held against these.`;

const language = ["--language <code>", "one of its languages, where it has several"] as const;

const gatherHelp = `
Each answer is held to its scale; a file that is no reply to this questionnaire
is named and left out. The table is what 'validate' takes beside the answers of
simulated people, read by the questionnaire itself:
  tinytroupe survey run tea.yaml --people people --out found
  tinytroupe validate people.csv found/respondents.csv --describe tea.yaml`;

function takeCommand(session: Session): Command {
  return withModelFlags(new Command("run"))
    .description("put a questionnaire to simulated people")
    .argument("<file>", "a questionnaire: .yaml, .json")
    .requiredOption("-p, --people <sources...>", "a population's folder, persona files, or names of packaged ones")
    .option("--first <n>", "of a population or a folder, the first so many people", wholeNumber)
    .option(...language)
    .option("--method <name>", "the way in which all items are asked that can be")
    .addOption(
      new Option("--memory <which>", "what people remember while they answer (default: none)").choices([
        "none",
        "block",
        "all",
      ]),
    )
    .option("--embedder <name>", "openai/text-embedding-3-small, sentence, lexical: for ratings by similarity")
    .option("--samples <n>", "independent answers of each person", wholeNumber)
    .option("--reversed", "ask everybody with options backwards, too")
    .option("--paraphrased", "ask everybody in the items' paraphrases, too")
    .option("--weigh [dimensions...]", "weigh by the margins of the people's population: all of them, or these")
    .option("--by <dimension>", "tell people apart by what they were drawn with, or age, gender, occupation")
    .option("--pilot <n>", "ask the first so many people, and say what the rest would cost", wholeNumber)
    .option("-o, --out <folder>", "write answers, respondents and the summary as CSV, never over other files")
    .option("--html <file>", "write a page with a picture of each item")
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs: rows and what they come to")
    .action((file: string, flags: TakeFlags) => takeSurvey(session, file, flags));
}

function fitCommand(session: Session): Command {
  const command = withModelFlags(new Command("fit"))
    .description("find the way of asking that comes nearest to what people answered")
    .argument("<file>", "a questionnaire: .yaml, .json")
    .argument("<human>", "what people answered: a table that 'gather' made, or another with its items as columns")
    .requiredOption("-p, --people <sources...>", "a population's folder, persona files, or names of packaged ones")
    .option("--first <n>", "of a population or a folder, the first so many people", wholeNumber)
    .option(...language)
    .option("--methods <names...>", "the ways that are tried", ["direct", "two-pass", "stated-probabilities"])
    .option("--describe <file>", "how the table is read, where its columns are not called as the items are")
    .option("--embedder <name>", "openai/text-embedding-3-small, sentence, lexical: for ratings by similarity")
    .option("-o, --out <file>", "write the questionnaire with the nearest way for each item: a file that is not there")
    .option("--dry-run", "ask no model: say what it would use and cost")
    .option("--json", "for programs")
    .action((survey: string, human: string, flags: FitFlags) => fitSurvey(session, { survey, human }, flags));
  return withExamples(
    command,
    ["survey fit tea.yaml people.csv -p people --first 50"],
    ["survey fit tea.yaml people.csv -p people --out tea-fitted.yaml", "which 'survey run' then takes"],
  ).addHelpText("after", fitHelp);
}

function gatherCommand(session: Session): Command {
  const command = new Command("gather")
    .description("put together what people saved on the page of a questionnaire")
    .argument("<file>", "the questionnaire: .yaml, .json")
    .argument("<replies...>", "the files that people saved, one a person: .csv, .json")
    .option("-o, --out <file>", "a table with a row a person, as CSV: a file that is not there yet")
    .option("--json", "for programs")
    .action((survey: string, replies: string[], flags: GatherFlags) =>
      gatherSurvey(session, { survey, replies }, flags),
    );
  return withExamples(command, ["survey gather tea.yaml replies/*.csv --out people.csv"]).addHelpText(
    "after",
    gatherHelp,
  );
}

function convertCommand(session: Session): Command {
  const command = new Command("convert")
    .description("write a questionnaire in another format; a page of HTML is one that people can take")
    .argument("<file>", "a questionnaire: .yaml, .json, .qsf")
    .requiredOption("-o, --out <file>", "a file that is not there yet: .yaml, .json, .qsf, .html")
    .option(...language)
    .option("--json", "for programs")
    .action((file: string, flags: ConvertFlags) => convertSurvey(session, file, flags));
  return withExamples(command, ["survey convert tea.yaml --out tea.html", "a page that people take offline"]);
}

/** `tinytroupe survey`: questionnaires. */
export function surveyCommand(session: Session): Command {
  const command = new Command("survey").description(
    "look at, check, convert and take questionnaires, and gather what people answered",
  );
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
  const run = takeCommand(session);
  for (const inner of [show, check, convertCommand(session), gatherCommand(session), run, fitCommand(session)])
    command.addCommand(inner);
  withExamples(
    run,
    ["survey run tea.yaml --people people --pilot 20", "what the rest costs"],
    ["survey run tea.yaml -p people --method two-pass --out found"],
    ["survey run tea.yaml -p people --weigh --by sex --html tea.html"],
    ["survey run tea.yaml -p lisa oscar --model builtin", "a rehearsal"],
  ).addHelpText("after", takeHelp);
  withExamples(show, ["survey show tea.yaml --language es"]);
  withExamples(check, ["survey check tea.yaml"]);
  return withExamples(
    command,
    ["survey show tea.yaml"],
    ["survey check tea.yaml"],
    ["survey convert tea.yaml --out tea.html", "a page that people take offline"],
  ).addHelpText("after", help);
}
