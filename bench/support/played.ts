import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulation, type Simulation, type SimulationOptions } from "../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../src/models.ts";

interface RunOptions extends Pick<SimulationOptions, "concurrency" | "stream" | "onEvent"> {
  /** Sees every request on its way to the provider's adapter. */
  readonly onRequest?: (request: ModelRequest<unknown>) => void;
}

/** A run against a provider on this machine, in a store of its own that goes with it. */
export async function withRun<T>(
  url: string,
  { onRequest, ...options }: RunOptions,
  play: (simulation: Simulation) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
  const variables = { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: "bench" };
  const environment = { variables, folder, home: folder, platform: process.platform };
  const store = join(folder, "troupe.db");
  const model = await openModel("openai/gpt-4.1-mini", { environment: variables });
  try {
    await using simulation = await openSimulation({
      ...{ name: "bench", seed: 1, model: onRequest ? watched(model, onRequest) : model, store, environment },
      embedder: "lexical", // the processor time of the encoder's thread is its own
      ...options,
    });
    return await play(simulation);
  } finally {
    await model.close?.();
    await rm(folder, { recursive: true, force: true });
  }
}

function watched(model: Model, onRequest: (request: ModelRequest<unknown>) => void): Model {
  const { id, limits } = model;
  return {
    id,
    limits,
    generate: (request) => {
      onRequest(request);
      return model.generate(request);
    },
  };
}
