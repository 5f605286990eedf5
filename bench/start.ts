import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Scenario } from "./harness/scenario.ts";

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

export const scenario: Scenario = {
  measures: "what it costs to begin: loading the built library, and the first words of the command line",
  seconds: 20,
  run: async ({ row, progress }) => {
    progress("building dist/");
    execFileSync(process.execPath, ["scripts/build.ts"], { cwd: root, stdio: "ignore" });
    progress("starting Node 21 times");
    const empty = median(["--eval", ""]);
    row({ scenario: "start", metric: "Node alone", value: empty, unit: "ms" });
    const library = median(["--input-type=module", "--eval", 'await import("./dist/index.js")']);
    const own = { scenario: "start", unit: "ms" } as const;
    row({
      ...own,
      metric: 'import "tinytroupe", Node itself taken off',
      value: library - empty,
      goal: { atMost: 150 },
    });
    const version = median(["bin/tinytroupe.cjs", "--version"]);
    row({ ...own, metric: "first output of the command line", value: version, goal: { atMost: 400 } });
  },
};
