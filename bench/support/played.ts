import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulation, type Simulation, type SimulationOptions } from "../../src/index.ts";

/** A run against a provider on this machine, in a store of its own that goes with it. */
export async function withRun<T>(
  url: string,
  options: Pick<SimulationOptions, "concurrency" | "stream" | "onEvent">,
  play: (simulation: Simulation) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
  const variables = { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: "bench" };
  const environment = { variables, folder, home: folder, platform: process.platform };
  const store = join(folder, "troupe.db");
  try {
    await using simulation = await openSimulation({
      ...{ name: "bench", seed: 1, model: "openai/gpt-4.1-mini", store, environment },
      ...options,
    });
    return await play(simulation);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
