import { Command, CommanderError } from "commander";
import { chatCommand } from "./commands/chat.ts";
import { modelsCommand } from "./commands/models.ts";
import { personaCommand } from "./commands/persona.ts";
import { runCommand } from "./commands/run.ts";
import { runsCommand } from "./commands/runs.ts";
import { exitCodes, reportError } from "./failure.ts";
import { openSession } from "./session.ts";
import { harmless } from "./terminal/text.ts";

/** Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong use, 3 budget reached, 130 stopped. */
export async function main(argv: readonly string[]): Promise<number> {
  const session = openSession();
  const program = new Command("tinytroupe")
    .description("Simulate people with language models: personas who listen, think, talk and act in small worlds.")
    .version(await session.version(), "-v, --version")
    .addHelpText("after", examples);
  for (const command of [runCommand, chatCommand, runsCommand, personaCommand, modelsCommand]) {
    program.addCommand(command(session));
  }
  settle(program);
  try {
    await program.parseAsync(argv, { from: "user" });
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportError(error, session);
  }
}

/** Every command, however deep, throws instead of ending the process, and shows no terminal code of its arguments. */
function settle(command: Command): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(`See: ${pathOf(command)} --help`)
    .configureOutput({ outputError: (text, write) => write(`${harmless(text).trimEnd()}\n`) });
  for (const inner of command.commands) settle(inner);
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

const examples = `
Examples:
  tinytroupe run study.yaml                     play a study on the best model found, and show its tables
  tinytroupe run study.yaml --model builtin     rehearse it: no model, no cost, no insight
  tinytroupe run study.yaml --model openai/gpt-5-mini --budget "200 calls, $2"
  tinytroupe chat minji --thoughts              talk with one person
  tinytroupe persona new "a retired tram driver in Porto who distrusts banks" --out rui.json
  tinytroupe runs list                          what was played; 'runs transcript <run>' shows it again
  tinytroupe models list                        local models and where they are

${exitCodes}
What people say here is simulated. It is no substitute for asking real ones.`;
