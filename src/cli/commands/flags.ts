import { type Command, InvalidArgumentError } from "commander";
import type { Simulation, SimulationOptions } from "../../index.ts";
import { parseBudget } from "../budget.ts";
import type { Preparation } from "../live/preparation.ts";
import type { Session } from "../session.ts";
import { harmless, wrap } from "../terminal/text.ts";

/** The flags of every command that opens a run. */
export interface ModelFlags {
  readonly model?: string;
  readonly seed?: string;
  readonly budget?: string;
  readonly store?: string;
  readonly concurrency?: number;
  readonly yes?: boolean;
}

/** Adds `--model`, `--seed`, `--budget`, `--store`, `--concurrency` and `--yes` to a command. */
export function withModelFlags(command: Command): Command {
  return command
    .option("-m, --model <model>", "provider/model, local/<name or file.gguf>, builtin (default: the best found)")
    .option("-s, --seed <seed>", "where all chance comes from; another seed is another run")
    .option("-b, --budget <amount>", 'a hard wall, as in "200 calls, 1M tokens, $2"')
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--concurrency <n>", "calls in flight at most (default: what suits the model)", wholeNumber)
    .option("-y, --yes", "say yes to fetching the weights of a local model");
}

/** The flags as options of a simulation; what was not given stays out. */
export function modelOptions(
  session: Session,
  flags: ModelFlags,
  preparation: Preparation,
): Partial<SimulationOptions> {
  const { err, errStyle: style } = session;
  return {
    environment: session.environment,
    ...(flags.model === undefined ? {} : { model: flags.model }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.budget === undefined ? {} : { budget: parseBudget(flags.budget) }),
    ...(flags.store === undefined ? {} : { store: flags.store }),
    ...(flags.concurrency === undefined ? {} : { concurrency: flags.concurrency }),
    confirm: flags.yes
      ? async (question) => {
          err.print(...wrap(harmless(`${question} Yes.`), err.width).map(style.dim));
          return true;
        }
      : session.confirm,
    onProgress: preparation.onProgress,
  };
}

/** What a reader must know of a study or a talk whose answers are no insight. */
export function caveat({ heuristic, choice, context }: Simulation, what: string): string | undefined {
  if (heuristic) return `builtin is no language model: this rehearses the ${what}, and its answers are no insight.`;
  if (context.models.actor.limits.following !== "small") return undefined;
  return `${choice.spec} is a tiny model: it shows how a ${what} goes, and its answers are no insight.`;
}

/** Adds examples to a command's help: command lines without the program's name, and under them what they do. */
export function withExamples(
  command: Command,
  ...examples: readonly (readonly [line: string, about?: string])[]
): Command {
  const lines = examples.flatMap(([line, about]) => [`  tinytroupe ${line}`, ...(about ? [`      ${about}`] : [])]);
  return command.addHelpText("after", ["\nExamples:", ...lines].join("\n"));
}

/** The value of a flag that counts; a usage error for anything but a whole number from 1 up. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 1 && value.trim() !== "") return number;
  throw new InvalidArgumentError("Give a whole number from 1 up.");
}
