import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulation, type Simulation, type SimulationOptions } from "../../src/index.ts";

/** A run played by `builtin`, in a store of its own that goes with it. */
export async function withRehearsal<T>(
  options: Pick<SimulationOptions, "concurrency" | "onEvent" | "startAt" | "peopleMegabytes">,
  play: (simulation: Simulation) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
  const environment = { variables: {}, folder, home: folder, platform: process.platform };
  const store = join(folder, "troupe.db");
  try {
    await using simulation = await openSimulation({
      ...{ name: "bench", seed: 1, model: "builtin", store, environment },
      ...options,
    });
    return await play(simulation);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes that are in use once what nobody needs is gone; needs `--expose-gc`. */
export async function memoryUsed(): Promise<number> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
