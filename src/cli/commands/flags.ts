import { type Command, Option } from "commander";
import type { Progress, SimulationOptions } from "../../index.ts";
import { parseBudget } from "../budget.ts";
import type { Session } from "../session.ts";

/** The flags of every command that opens a run. */
export interface ModelFlags {
  readonly model?: string;
  readonly seed?: string;
  readonly budget?: string;
  readonly store?: string;
  readonly concurrency?: string;
  readonly yes?: boolean;
}

/** Adds `--model`, `--seed`, `--budget`, `--store`, `--concurrency` and `--yes` to a command. */
export function withModelFlags(command: Command): Command {
  return command
    .option("-m, --model <model>", "provider/model, local/<name or file.gguf>, builtin (default: the best found)")
    .option("-s, --seed <seed>", "where all chance comes from; another seed is another run")
    .option("-b, --budget <amount>", 'a hard wall, as in "200 calls, 1M tokens, $2"')
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .addOption(new Option("--concurrency <n>", "calls in flight at most"))
    .option("-y, --yes", "say yes to fetching the weights of a local model");
}

/** The flags as options of a simulation; what was not given stays out. */
export function modelOptions(session: Session, flags: ModelFlags): Partial<SimulationOptions> {
  const { err, errStyle: style } = session;
  return {
    environment: session.environment,
    ...(flags.model === undefined ? {} : { model: flags.model }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.budget === undefined ? {} : { budget: parseBudget(flags.budget) }),
    ...(flags.store === undefined ? {} : { store: flags.store }),
    ...(flags.concurrency === undefined ? {} : { concurrency: Number(flags.concurrency) }),
    confirm: flags.yes
      ? async (question) => {
          err.print(style.dim(`${question} yes`));
          return true;
        }
      : session.confirm,
    onProgress: (progress) =>
      err.footer(progress.total === progress.done ? [] : [progressLine(progress.what, progress)]),
  };
}

/** A bar with percent, and megabytes where bytes are counted. */
export function progressLine(
  what: string,
  {
    unit,
    done,
    total,
  }: { readonly unit: Progress["unit"]; readonly done: number; readonly total?: number | undefined },
): string {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  if (!total) return `${what}  ${unit === "bytes" ? megabytes(done) : "…"}`;
  const share = Math.min(1, done / total);
  const bar = "█".repeat(Math.round(share * 24)).padEnd(24, "░");
  const amount = unit === "bytes" ? `  ${megabytes(done)} of ${megabytes(total)}` : "";
  return `${what}  ${bar} ${String(Math.round(share * 100)).padStart(3)} %${amount}`;
}
