import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scenario } from "./harness/scenario.ts";
import { installed, median, startNode } from "./support/installed.ts";

const study = `
name: kettles
people: [lisa, oscar]
world: { name: Square }
steps:
  - broadcast: What would you sell here, if it were yours?
  - run: 2
`;

/** Until the first line of a study that was never played, in a folder that holds nothing else. */
async function firstOfRun(bin: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
  try {
    await writeFile(join(folder, "study.yaml"), study);
    return (await startNode([bin, "run", "study.yaml", "--model", "builtin"], folder)).firstMs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const scenario: Scenario = {
  measures: "what it costs to begin: loading the built library, and the first words of the command line (by the clock)",
  seconds: 25,
  run: async ({ row, progress }) => {
    progress("building the package in a folder of its own");
    await using built = await installed();
    const { bin, folder } = built;
    const own = { scenario: "start, the middle of seven times", unit: "ms" } as const;
    progress("starting Node 32 times");
    const ended = (...args: readonly string[]) => median(async () => (await startNode(args, folder)).endMs);
    const empty = await ended("--eval", "");
    row({ ...own, metric: "Node alone", value: empty });
    const library = await ended("--input-type=module", "--eval", 'await import("./dist/index.js")');
    const metric = 'import "tinytroupe", Node itself taken off';
    row({ ...own, metric, value: library - empty, goal: { atMost: 150 } });
    const atMost = { goal: { atMost: 400 } };
    const version = await median(async () => (await startNode([bin, "--version"], folder)).firstMs);
    row({ ...own, metric: "first output of tinytroupe --version", value: version, ...atMost });
    const played = await median(() => firstOfRun(bin));
    row({ ...own, metric: "first line of tinytroupe run <study> --model builtin", value: played, ...atMost });
  },
};
