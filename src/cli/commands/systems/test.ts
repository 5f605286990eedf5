import { resolve } from "node:path";
import { Command } from "commander";
import { loadTest } from "../../../index.ts";
import { createPreparation } from "../../live/preparation.ts";
import type { Session } from "../../session.ts";
import { withExamples, withModelFlags } from "../flags.ts";
import { dryRun } from "../money/dry-run.ts";
import { play, type RunFlags, withPlayFlags } from "../run.ts";
import { casesAgain } from "./cases.ts";

interface TestFlags extends RunFlags {
  readonly cases?: string;
}

const help = `
A test is YAML: { name, allow, systems, people, goals }; every key and what it
means: schemas/test.schema.json. Nothing but what allow names is touched.
The same test with the same seed and model is the same run: started again, it
goes on where it was, and what a system answered before is not asked again.
It leaves a report in Markdown and as a page, and the visits that failed as
cases; with --cases their moves are made again, without people or a model.
Ctrl-C stops after the calls in flight; a second one stops at once.
A dry run sends nothing: its price is that of visits to the last step.
Exit codes are those of "run"; 1 when a case that is made again fails.`;

/** `tinytroupe test`: people try a chat, a search, a program or a website. */
export function testCommand(session: Session): Command {
  const command = withPlayFlags(
    withModelFlags(new Command("test"))
      .summary("have people try a system")
      .description("Have people try a chat, a search, a program or a website, for goals that it does not know.")
      .usage("[options] <test>")
      .argument("<test>", "test.yaml"),
  )
    .option("--cases <file>", "make the moves of cases that failed again: failed-cases.jsonl")
    .option("--dry-run", "send nothing and ask no model: say what it would use and cost")
    .action((file: string, flags: TestFlags) => test(session, file, flags));
  return withExamples(
    command,
    ["test bot.yaml --model builtin", "rehearse it: the system is real, the people are rules"],
    ['test bot.yaml --model openai/gpt-5-mini --dry-run --budget "2 usd"'],
    ['test bot.yaml --model openai/gpt-5-mini --budget "2 usd"'],
    ["test bot.yaml --cases failed-cases.jsonl", "are they mended?"],
  ).addHelpText("after", help);
}

async function test(session: Session, file: string, flags: TestFlags): Promise<void> {
  const preparation = createPreparation(session.err, () => performance.now());
  const loaded = await preparation.during(`Reading ${file}`, loadTest(resolve(session.environment.folder, file)));
  if (flags.cases !== undefined) return casesAgain(session, loaded, { ...flags, cases: flags.cases });
  if (flags.dryRun) return dryRun(session, loaded.study, flags);
  await play(session, flags, { study: loaded.study, file, preparation, words: ["test", file] });
}
