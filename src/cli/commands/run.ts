import { Command } from "commander";
import { loadStudy, openSimulation, type Simulation, type Study } from "../../index.ts";
import { onInterrupt } from "../interrupt.ts";
import { createView, type LiveView } from "../live/view.ts";
import { printTables, saveOutcome, tablesOf } from "../outcome.ts";
import type { Session } from "../session.ts";
import { type ModelFlags, modelOptions, withModelFlags } from "./flags.ts";

interface RunFlags extends ModelFlags {
  readonly resume?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly thoughts: boolean;
}

/** `tinytroupe run`: plays a study, shows it as it happens, and ends with its tables. */
export function runCommand(session: Session): Command {
  return withModelFlags(new Command("run"))
    .summary("play a study")
    .description("Play a study: a YAML file, or a program (.ts, .js) that exports one with defineStudy.")
    .argument("<study>", "study.yaml, main.ts, …")
    .option("--resume <run>", "go on with this run, with its seed and model (see: tinytroupe runs list)")
    .option("--json", "print one JSON document with the results, for programs")
    .option("-q, --quiet", "show results only")
    .option("--no-thoughts", "do not show what people think")
    .addHelpText(
      "after",
      "\nThe same study with the same seed and model is the same run: started again, it goes on where it was,\nand what was answered before is not paid for again.",
    )
    .action(async (file: string, flags: RunFlags) => play(session, file, flags));
}

async function play(session: Session, file: string, flags: RunFlags): Promise<void> {
  const study = await loadStudy(file);
  const view = flags.quiet || flags.json ? undefined : viewOn(session, flags);
  const simulation = await openSimulation({
    ...settingsOf(study),
    ...modelOptions(session, flags),
    ...(flags.resume === undefined ? {} : { resume: flags.resume }),
    stream: view !== undefined && session.err.live,
    ...(view ? { onEvent: view.listener } : {}),
  });
  if (!flags.json) announce(session, simulation);
  const timer = view && setInterval(view.tick, 500);
  const release = onInterrupt(session, simulation);
  try {
    const result = await study.run(simulation);
    clearInterval(timer);
    await finish(session, simulation, { result, view, json: flags.json === true });
  } catch (error) {
    clearInterval(timer);
    await giveUp(session, simulation, { view, command: commandOf(file, flags) });
    throw error;
  } finally {
    release();
  }
}

function viewOn(session: Session, flags: RunFlags): LiveView {
  return createView({
    screen: session.err,
    style: session.errStyle,
    thoughts: flags.thoughts,
    now: () => performance.now(),
  });
}

/** What of a study's own head goes to the simulation; the command line comes over it. */
function settingsOf(study: Study): Parameters<typeof openSimulation>[0] {
  const { name, seed, model, budget, startAt, folder } = study;
  const settings = { seed, model, budget, startAt, folder };
  return { name, ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) };
}

function announce(session: Session, simulation: Simulation): void {
  const { err, errStyle: style } = session;
  err.print(style.dim(simulation.choice.reason));
  err.print(style.dim(`Run ${simulation.run} · seed ${simulation.seed} · journal ${simulation.storeLocation}`));
  if (simulation.heuristic) {
    err.print(style.warn("builtin is no language model: this rehearses the study, and its answers are no insight."));
  }
}

async function finish(
  session: Session,
  simulation: Simulation,
  end: { result: unknown; view: LiveView | undefined; json: boolean },
): Promise<void> {
  const used = end.view?.end();
  await simulation.end();
  const title = `${simulation.name} · ${simulation.run} · ${simulation.choice.spec} · seed ${simulation.seed}`;
  const { result } = end;
  const paths = await saveOutcome({ folder: simulation.resultsFolder, title, events: simulation.story(), result });
  await simulation.close();
  if (end.json) {
    const { run, seed, choice } = simulation;
    const envelope = {
      ok: true,
      simulated: true,
      heuristic: simulation.heuristic,
      run,
      seed,
      model: choice.spec,
      result,
      files: paths,
    };
    session.raw(`${JSON.stringify(envelope, null, 2)}\n`);
    return;
  }
  printTables(tablesOf(result), session);
  const { out, outStyle: style } = session;
  if (used) out.print("", style.dim(used));
  out.print(style.dim("Simulated: a program played these people. Ask real ones before you decide."));
  out.print(`Transcript: ${paths[0]}`, ...paths.slice(1).map((path) => style.dim(`            ${path}`)));
}

async function giveUp(
  session: Session,
  simulation: Simulation,
  end: { view: LiveView | undefined; command: string },
): Promise<void> {
  const used = end.view?.end();
  const { err, errStyle: style } = session;
  if (used) err.print(style.dim(used));
  await simulation.close(simulation.context.signal.aborted ? "stopped" : "failed");
  err.print(`What was answered so far is kept in run ${simulation.run}. To go on: ${style.bold(end.command)}`);
}

function commandOf(file: string, flags: RunFlags): string {
  const given = Object.entries({ model: flags.model, seed: flags.seed, store: flags.store, resume: flags.resume });
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, quoted(value)]));
  return ["tinytroupe run", quoted(file), ...words].join(" ");
}

const quoted = (word: string): string => (/^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
