import type { RunId } from "../kernel/values/ids.ts";
import type { Ledger } from "../model/flow/money/ledger.ts";
import { readConfiguration } from "../simulation/configuration/configuration.ts";
import { type Configuration, layered } from "../simulation/configuration/settings.ts";
import { type Environment, readEnvironment } from "../simulation/environment.ts";
import { openSimulation } from "../simulation/open.ts";
import type { SimulationOptions } from "../simulation/options.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { Study } from "./define.ts";

/** How a study is played: as a run is opened, but for what the study says itself. */
export type PlayOptions = Partial<Omit<SimulationOptions, "name" | "fork">>;

/** What became of a study. */
export interface Played<R> {
  readonly run: RunId;
  readonly result: R;
  /** What was used and paid in this opening. */
  readonly ledger: Ledger;
  /** What the run that it is a fork of had answered, and what that once cost: `replayed`. */
  readonly reused: Ledger;
}

/** What the project settles, and over it what the study's own head says. */
export async function headedBy(study: Study, environment: Environment): Promise<Configuration> {
  const { model, judge, models, seed, budget, safety } = study;
  return layered(
    await readConfiguration(environment),
    { model, judge, models, seed, budget, safety },
    () => "the study",
  );
}

/** Opens the run of a study; what is said here comes over the study's own head. Throws as `openSimulation`. */
export async function openStudy(study: Study, given: PlayOptions = {}): Promise<Simulation> {
  const environment = given.environment ?? readEnvironment();
  const configuration = given.configuration ?? (await headedBy(study, environment));
  const { name, folder, startAt, fork } = study;
  const head = { ...(folder !== undefined && { folder }), ...(startAt !== undefined && { startAt }) };
  return openSimulation({ ...head, environment, ...given, configuration, name, ...(fork !== undefined && { fork }) });
}

/**
 * Plays a study to its end, as `tinytroupe run` does, and closes its run.
 * @throws as `openSimulation`, and what the study throws
 * @example
 * const study = defineStudy({ name: "hello", model: "builtin", run: async (simulation) => simulation.name });
 * (await playStudy(study)).result; // => "hello"
 */
export async function playStudy<R>(study: Study<R>, options: PlayOptions = {}): Promise<Played<R>> {
  const simulation = await openStudy(study, options);
  let result: R;
  try {
    result = await study.run(simulation);
    await simulation.end();
  } catch (error) {
    const status = simulation.context.signal.aborted ? "stopped" : "failed";
    await simulation.close(status).catch(() => undefined); // what went wrong first is what is told
    throw error;
  }
  await simulation.close();
  return { run: simulation.run, result, ledger: simulation.ledger, reused: simulation.reused };
}
