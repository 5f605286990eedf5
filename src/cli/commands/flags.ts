import { type Command, InvalidArgumentError } from "commander";
import {
  type Configuration,
  layered,
  parseBudget,
  readConfiguration,
  type Simulation,
  type SimulationOptions,
  type Study,
} from "../../index.ts";
import type { Preparation } from "../live/preparation.ts";
import type { Session } from "../session.ts";

/** The flags of every command that opens a run. */
export interface ModelFlags {
  readonly model?: string;
  readonly seed?: string;
  readonly budget?: string;
  readonly store?: string;
  readonly concurrency?: number;
  readonly yes?: boolean;
  /** Of the commands that compare texts. */
  readonly embedder?: string;
  /**
   * Of the commands that read what others said: by which models, where these are to be judged by another. `--model` is
   * who reads, then, and leaves it to no other.
   */
  readonly reads?: readonly string[];
}

/** Adds `--model`, `--seed`, `--budget`, `--store`, `--concurrency` and `--yes` to a command. */
export function withModelFlags(command: Command): Command {
  return withSharedFlags(
    command
      .option("-m, --model <model>", "provider/model, local/<name or file.gguf>, builtin (default: the best found)")
      .option("-s, --seed <seed>", "where all chance comes from; another seed is another run"),
  );
}

/** Adds those that hold for several runs, too: `--budget`, `--store`, `--concurrency` and `--yes`. */
export function withSharedFlags(command: Command): Command {
  return command
    .option("-b, --budget <amount>", 'a hard wall, as in "200 calls, 1M tokens, 2 usd"')
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .option("--concurrency <n>", "calls in flight at most (default: what suits the model)", wholeNumber)
    .option("-y, --yes", "say yes to fetching the weights of a local model");
}

/**
 * What is settled for a run: by the project, over that by the study's own head, and over all by the flags. What a study
 * says is a part of it and holds on every machine; what is said on the command line is meant for this once.
 */
export async function configurationOf(session: Session, flags: ModelFlags, study?: Study): Promise<Configuration> {
  const { model, seed, budget, store, concurrency, embedder, reads } = flags;
  const project = await readConfiguration(session.environment);
  const head = study && {
    model: study.model,
    judge: study.judge,
    models: study.models,
    seed: study.seed,
    budget: study.budget,
    safety: study.safety,
  };
  const given = {
    model,
    judge: reads && model,
    seed,
    store,
    concurrency,
    embedder,
    budget: budget === undefined ? undefined : parseBudget(budget),
  };
  const headed = layered(project, head ?? {}, () => "the study");
  return layered(headed, given, (name) => `--${name}`);
}

/** The flags as options of a simulation, with what is settled for it. */
export async function modelOptions(
  session: Session,
  flags: ModelFlags,
  opening: { readonly preparation: Preparation; readonly study?: Study },
): Promise<Partial<SimulationOptions>> {
  const { err, errStyle: style } = session;
  const configuration = await configurationOf(session, flags, opening.study);
  for (const warning of configuration.warnings) err.say(warning, style.warn);
  return {
    environment: session.environment,
    configuration,
    ...(flags.reads && { actors: flags.reads }),
    confirm: flags.yes
      ? async (question) => {
          err.say(`${question} Yes.`, style.dim);
          return true;
        }
      : session.confirm,
    onProgress: opening.preparation.onProgress,
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

/** The value of a flag that measures; a usage error for anything but a number above zero. */
export function positiveNumber(value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0 && value.trim() !== "") return number;
  throw new InvalidArgumentError("Give a number above zero.");
}
