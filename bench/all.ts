/**
 * The measured promises, one file a scenario: npm run bench, or npm run bench -- repeat start, or -- --json, or -- --help.
 * Machines are noisy: compare figures of one run only.
 */
import { bench } from "./harness/bench.ts";

const names = [
  "start",
  "life",
  "ring",
  "broadcast",
  "factory",
  "population",
  "extract",
  "survey",
  "memory",
  "recall",
  "quality",
  "rest",
  "feed",
  "sleepers",
  "statistics",
  "validation",
  "experiment",
  "repeat",
  "runs",
  "prompt",
  "local",
  "soak",
];
process.exitCode = await bench(process.argv.slice(2), { folder: import.meta.dirname, names });
