import { setTimeout } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { type RunRecord, readStory, type Store } from "../../../stores.ts";
import { createView, type LiveView } from "../../live/view.ts";
import type { Session } from "../../session.ts";
import { Prompt } from "../../terminal/prompt.ts";
import { fit, harmless } from "../../terminal/text.ts";
import { withExamples } from "../flags.ts";
import { findRun, reading, type StoreFlags } from "../study.ts";
import { playBack } from "./play-back.ts";

interface ReplayFlags extends StoreFlags {
  readonly speed: number;
  readonly step?: boolean;
  readonly thoughts: boolean;
}

const help = `
Nobody is asked, and nothing is written: it is read from the journal, forks too.
Speed 1 is as people speak; in a file or a pipe all comes at once.`;

/** `tinytroupe replay`: a run as if it happened now. */
export function replayCommand(session: Session): Command {
  const command = new Command("replay")
    .summary("watch a run again, without a model")
    .description("Watch a run again as if it happened, without a model and without cost.")
    .usage("[options] [run]")
    .argument("[run]", "the beginning of its name (default: the last played)")
    .option("--speed <times>", "how many times as fast as people speak, or max: all at once", speedOf, 2)
    .option("--step", "wait for a return before each step")
    .option("--no-thoughts", "leave out what people thought")
    .option("--store <file>", "the journal (default: .tinytroupe/troupe.db)")
    .addHelpText("after", help)
    .action((id: string | undefined, flags: ReplayFlags) =>
      reading(session, flags, async (store) => replay(session, store, { run: await findRun(store, id), flags })),
    );
  return withExamples(
    command,
    ["replay", "the last played"],
    ["replay brainstorming --speed 4"],
    ["replay brainstorming --step --no-thoughts"],
  );
}

function speedOf(value: string): number {
  if (value === "max") return Number.POSITIVE_INFINITY;
  const speed = /^\d+(\.\d+)?$/.test(value) ? Number(value) : 0;
  if (speed >= 0.1 && speed <= 1000) return speed;
  throw new InvalidArgumentError("Give a number from 0.1 to 1000, or max.");
}

async function replay(
  session: Session,
  store: Store,
  { run, flags }: { readonly run: RunRecord; readonly flags: ReplayFlags },
): Promise<void> {
  const { out, outStyle: style } = session;
  const story = await Array.fromAsync(readStory(store, run.id));
  const speed = out.live ? flags.speed : Number.POSITIVE_INFINITY;
  out.say(harmless(`${run.name} · ${run.id} · ${run.model} · seed ${run.seed} · simulated`), style.dim);
  const title = `a replay of ${harmless(run.id)}${speed === Number.POSITIVE_INFINITY ? "" : ` · ${speed} × speech`}`;
  const view = createView({
    ...{ screen: out, style, thoughts: flags.thoughts, now: () => performance.now() },
    status: (width) => fit(title, width),
  });
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const steps = flags.step && session.interactive && out.live ? createSteps(view, stop) : undefined;
  try {
    await playBack(story, {
      ...{ listener: view.listener, speed, thoughts: flags.thoughts },
      wait: async (milliseconds) => void (await setTimeout(milliseconds, undefined, { signal: stop.signal })),
      ...(steps && { before: steps.before }),
    });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    session.exitCode = 130;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    steps?.close();
    view.end();
  }
}

/** Waits at each place until somebody goes on; the end of what they type, or Ctrl-C, ends it. */
function createSteps(view: LiveView, stop: AbortController) {
  const prompt = new Prompt({
    ...{ input: process.stdin, output: process.stderr, interactive: true },
    onInterrupt: () => {
      stop.abort();
      prompt.close();
    },
  });
  return {
    before: async (place: string): Promise<void> => {
      view.rest();
      const line = await prompt.next(harmless(`Return goes on to ${place} › `));
      if (line === undefined) stop.abort();
      stop.signal.throwIfAborted();
    },
    close: () => prompt.close(),
  };
}
