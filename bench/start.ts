// What it costs to begin: loading the library, and the command line's first words.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Scenario } from "./row.ts";

const root = join(import.meta.dirname, "..");

/** The median of several runs of a program, in milliseconds. */
function median(args: readonly string[], runs = 7): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    execFileSync(process.execPath, args, { cwd: root, stdio: "ignore" });
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] as number;
}

export const start: Scenario = async () => {
  const empty = median(["--eval", ""]);
  const library = median(["--input-type=module", "--eval", 'await import("./dist/index.js")']);
  const version = median(["bin/tinytroupe.cjs", "--version"]);
  return [
    { scenario: "start", metric: "node alone", value: empty, unit: "ms" },
    {
      scenario: "start",
      metric: 'import "tinytroupe", node itself taken off',
      value: library - empty,
      unit: "ms",
      goal: { atMost: 150 },
    },
    {
      scenario: "start",
      metric: "first output of the command line",
      value: version,
      unit: "ms",
      goal: { atMost: 400 },
    },
  ];
};
