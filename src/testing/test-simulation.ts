import type { Simulation, SimulationOptions } from "../index.ts";
import type { Model } from "../models.ts";
import { type Script, type ScriptedModel, scriptedModel } from "./scripted-model.ts";

/** A run for a test: nothing of it is left when it is closed. */
export interface TestSimulation<M extends Model = ScriptedModel> extends AsyncDisposable {
  readonly simulation: Simulation;
  /** The model that plays, with every request that reached it where it is a scripted one. */
  readonly model: M;
}

/** How the run is opened; nothing is taken from the machine but its working folder. */
export type TestSimulationOptions = Omit<Partial<SimulationOptions>, "model" | "environment" | "configuration">;

/**
 * Opens a run in memory, for tests of faculties, persons, studies and models: no key, no network, no file, the same dice
 * every time. The model answers from a script, or is one of your own.
 * @param source answers in order (see `says`), a function that answers, or a model
 * @param options as for `openSimulation`; the seed is 1 unless told
 * @throws OPTION_INVALID
 * @example
 * await using run = await testSimulation([says("Hello to you."), says("Goodbye.")]);
 * const lisa = await run.simulation.person("lisa");
 * (await lisa.listenAndAct("Hello.")).actions[0]?.content; // => "Hello to you."
 */
export async function testSimulation(source: Script, options?: TestSimulationOptions): Promise<TestSimulation>;
/** The same on a model of one's own, to see what persons and studies make of it. */
export async function testSimulation<M extends Model>(
  source: M,
  options?: TestSimulationOptions,
): Promise<TestSimulation<M>>;
export async function testSimulation(
  source: Script | Model,
  options: TestSimulationOptions = {},
): Promise<TestSimulation<Model>> {
  const [{ noConfiguration, openSimulation, readEnvironment }, { createMemoryStore }] = await Promise.all([
    import("../index.ts"),
    import("../stores.ts"),
  ]);
  const model = typeof source === "object" && "generate" in source ? source : scriptedModel(source);
  const simulation = await openSimulation({
    name: "test",
    store: createMemoryStore(),
    ...options,
    model,
    environment: { ...readEnvironment(), variables: {} },
    configuration: noConfiguration,
  });
  return { simulation, model, [Symbol.asyncDispose]: () => simulation.close() };
}

/**
 * A turn in which the person says one thing and is done, as a model answers it: for the script of a scripted model.
 * Any other turn is written out, each action with its own fields beside `type`:
 * `{ actions: [{ type: "THINK", content: "Hm." }, { type: "LOOK_UP", word: "tram" }] }`.
 * @param target whom it is said to, by name; everybody when absent
 * @example
 * says("Hello.", "Oscar"); // => { actions: [{ type: "TALK", content: "Hello.", target: "Oscar" }, { type: "DONE" }] }
 */
export function says(content: string, target?: string): { readonly actions: readonly object[] } {
  return { actions: [{ type: "TALK", content, ...(target !== undefined && { target }) }, { type: "DONE" }] };
}
