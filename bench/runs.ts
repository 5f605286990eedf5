import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../src/stores.ts";
import type { Scenario } from "./harness/scenario.ts";
import { installed, median, startNode } from "./support/installed.ts";

const count = 10_000;
const id = (index: number): string => `study-${String(index).padStart(5, "0")}`;
const statuses = ["finished", "stopped", "failed", "running"] as const;

/** Runs a day apart, of ten names and two models; every fourth was cut off. */
async function fill(path: string): Promise<void> {
  const store = await openSqliteStore(path);
  const put = (index: number) =>
    store.putRun({
      ...{ id: id(index), name: `study ${index % 10}`, seed: "1", model: index % 2 ? "openai/gpt-5-mini" : "builtin" },
      ...{ status: statuses[index % 4] ?? "failed", takes: 1, createdAt: new Date(0).toISOString() },
      updatedAt: new Date(index * 864e5).toISOString(),
    });
  await Promise.all(Array.from({ length: count }, (_, index) => put(index)));
  await store.close();
}

const commands = {
  "runs list, the first page": ["list"],
  "runs list, the last page": ["list", "--skip", String(count - 30)],
  "runs list, by name, model and status": ["list", "--name", "study 7", "--model", "openai/", "--status", "failed"],
  "runs list, those cut off": ["list", "--status", "cut-off"],
  "runs show": ["show", id(4_203)],
};

export const scenario: Scenario = {
  measures: "reading a journal of 10,000 runs from the command line: from its start to its end, by the clock",
  seconds: 30,
  run: async ({ row, progress }) => {
    const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
    try {
      progress("building the package in a folder of its own");
      await using built = await installed();
      progress(`writing ${count.toLocaleString("en")} runs`);
      const store = join(folder, "troupe.db");
      await fill(store);
      for (const [metric, command] of Object.entries(commands)) {
        progress(`${metric}, eight times`);
        const value = await median(
          async () => (await startNode([built.bin, "runs", ...command, "--store", store], folder)).endMs,
        );
        row({ scenario: `${count.toLocaleString("en")} runs`, metric, value, unit: "ms", goal: { atMost: 500 } });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
