/**
 * The measured promises, one file a scenario: npm run bench, or npm run bench -- --json, or -- <scenario> ….
 * Machines are noisy: compare figures of one run only.
 */
import { prompt } from "./prompt.ts";
import { ring } from "./ring.ts";
import { met, type Row, type Scenario } from "./row.ts";
import { start } from "./start.ts";

const scenarios: Readonly<Record<string, Scenario>> = { start, ring, prompt };
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const json = process.argv.includes("--json");
const rows: Row[] = [];
for (const [name, scenario] of Object.entries(scenarios)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const found = await scenario();
  rows.push(...found);
  if (!json) for (const row of found) console.log(line(row));
}
if (json) {
  const plain = rows.map((row) => ({ ...row, goal: goalText(row) ?? null, met: met(row) ?? null }));
  console.log(JSON.stringify({ rows: plain }, null, 2));
}

function line(row: Row): string {
  const mark = met(row) === undefined ? " " : met(row) ? "✓" : "✗";
  const goal = goalText(row);
  return `${mark} ${row.scenario.padEnd(24)}${row.metric.padEnd(46)}${row.value.toPrecision(3).padStart(9)} ${row.unit}${goal ? `  (${goal})` : ""}`;
}

function goalText({ goal }: Row): string | undefined {
  if (goal === undefined) return undefined;
  return "atMost" in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
}
