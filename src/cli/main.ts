import { Command, CommanderError } from "commander";
import { TinyTroupeError } from "../index.ts";
import { adCommand } from "./commands/ad/ad.ts";
import { chatCommand } from "./commands/chat.ts";
import { completeCommand, completionsCommand } from "./commands/completions/completions.ts";
import { experimentCommand } from "./commands/experiment/experiment.ts";
import { forkCommand } from "./commands/forks/fork.ts";
import { stepCommand } from "./commands/forks/step/step.ts";
import { twinsCommand } from "./commands/forks/twins.ts";
import { judgeCommand } from "./commands/judge/judge.ts";
import { modelsCommand } from "./commands/models.ts";
import { personaCommand } from "./commands/persona.ts";
import { populationCommand } from "./commands/population/population.ts";
import { configCommand } from "./commands/project/config.ts";
import { doctorCommand } from "./commands/project/doctor.ts";
import { initCommand } from "./commands/project/init.ts";
import { validateCommand } from "./commands/project/validate/validate.ts";
import { replayCommand } from "./commands/replay/replay.ts";
import { dataCommand } from "./commands/research/data.ts";
import { evaluateCommand } from "./commands/research/evaluate.ts";
import { reportCommand } from "./commands/research/report.ts";
import { themesCommand } from "./commands/research/themes.ts";
import { runCommand } from "./commands/run.ts";
import { runsCommand } from "./commands/runs/runs.ts";
import { surveyCommand } from "./commands/survey/survey.ts";
import { testCommand } from "./commands/systems/test.ts";
import { exitCodes, reportError } from "./failure.ts";
import { replyFailure } from "./reply.ts";
import { openSession, type Session, shellWord } from "./session.ts";
import { harmless } from "./terminal/text.ts";

/** Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong use, 3 budget reached, 130 stopped. */
export async function main(argv: readonly string[], session = openSession()): Promise<number> {
  const program = createProgram(session, await session.version());
  try {
    await program.parseAsync(argv, { from: "user" });
    return session.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, session);
    if (error.exitCode === 0) return 0;
    if (error.code === "commander.unknownCommand") suggestRun(session, argv[0]);
    if (wantsJson(argv)) {
      const at = atCommand(session, program, argv);
      replyFailure(at, wrongUse(error, at.command));
    }
    return 2;
  }
}

/** The tree of all commands. */
export function createProgram(session: Session, version: string): Command {
  const program = new Command("tinytroupe")
    .description("Simulate people with language models: personas who listen, think, talk and act in small worlds.")
    .version(version, "-v, --version")
    // A flag belongs to the command before it: `judge calibrate` has flags of its own, called as those of `judge`.
    .enablePositionalOptions()
    .addHelpText("after", examples)
    .hook("preAction", (_program, command) => {
      session.command = pathOf(command);
      session.json = command.opts()["json"] === true;
    });
  for (const command of commands) program.addCommand(command(session));
  program.addCommand(completeCommand(session), { hidden: true });
  settle(program, session);
  return program;
}

const commands = [
  initCommand,
  validateCommand,
  runCommand,
  testCommand,
  forkCommand,
  twinsCommand,
  experimentCommand,
  stepCommand,
  replayCommand,
  chatCommand,
  runsCommand,
  judgeCommand,
  surveyCommand,
  adCommand,
  dataCommand,
  personaCommand,
  populationCommand,
  themesCommand,
  reportCommand,
  evaluateCommand,
  modelsCommand,
  configCommand,
  doctorCommand,
  completionsCommand,
];

/** Every command, however deep, throws instead of ending the process, and shows no terminal code of its arguments. */
function settle(command: Command, session: Session): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(`See: ${["tinytroupe", pathOf(command)].join(" ").trim()} --help`)
    .configureOutput({
      writeOut: (text) => session.out.print(text.replace(/\n$/, "")),
      writeErr: (text) => session.err.print(text.replace(/\n$/, "")),
      outputError: (text, write) => write(harmless(text).trimEnd()),
    });
  for (const inner of command.commands) settle(inner, session);
}

/** A study where a command is expected is meant to be played. */
function suggestRun({ err, program }: Session, word: string | undefined): void {
  if (word === undefined || !/\.(ya?ml|json|[cm]?[jt]s)$/i.test(word)) return;
  err.say(`To play a study: ${program} run ${shellWord(harmless(word))}`);
}

/** A command as it is called, without the program's own name. */
function pathOf(command: Command): string {
  return command.parent === null ? "" : `${pathOf(command.parent)} ${command.name()}`.trim();
}

const wantsJson = (argv: readonly string[]): boolean =>
  argv.slice(0, argv.includes("--") ? argv.indexOf("--") : argv.length).includes("--json");

/** The session, with the command that the words lead to, however far they do. */
function atCommand(session: Session, program: Command, argv: readonly string[]): Session {
  let found = program;
  for (const word of argv) {
    const next = found.commands.find((command) => command.name() === word);
    if (next === undefined) break;
    found = next;
  }
  session.command = pathOf(found);
  return session;
}

function wrongUse({ message }: CommanderError, command: string): TinyTroupeError<"OPTION_INVALID"> {
  const [first = ""] = harmless(message).split("\n");
  return new TinyTroupeError("OPTION_INVALID", first.replace(/^error: /, ""), {
    data: { option: namedIn(first) ?? command },
    hint: "See the same command with --help.",
  });
}

/** The flag, argument or command that a usage error is about, as in `--seed` of `option '-s, --seed <seed>'`. */
function namedIn(message: string): string | undefined {
  const found = /\b(?:option|for argument|missing required argument|unknown command) '([^']*)'/.exec(message)?.[1];
  return found === undefined ? undefined : (/--[^\s=,]+/.exec(found)?.[0] ?? found);
}

const examples = `
Examples:
  tinytroupe run study.yaml
      play a study on the best model found, and show its tables
  tinytroupe run study.yaml --model builtin
      rehearse it: no model, no cost, no insight
  tinytroupe run study.yaml --model openai/gpt-5-mini --budget "2 usd"
  tinytroupe validate study.yaml
      find what is wrong with it and its people, without running anything
  tinytroupe chat minji --thoughts
      talk with one person
  tinytroupe persona new "a retired tram driver in Porto" --out rui.json
  tinytroupe runs list
      what was played; 'runs transcript <run>' shows it again
  tinytroupe config
      what is settled for a run, and where

With --json a command prints one document: "ok", the "version" of the format,
the "command", and beside them what it found; or an "error" with "code",
"message", "hint" and "data".
${exitCodes}
What people say here is simulated. It is no substitute for asking real ones.`;
