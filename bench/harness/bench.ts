import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { benchOptions } from "./options.ts";
import { createProgress } from "./progress.ts";
import { met, plainRow, type Row } from "./row.ts";
import { runScenario } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { busyLine, machineLine, tableLine, wrapped } from "./table.ts";

/** Where the scenarios are, and which. */
export interface Shelf {
  readonly folder: string;
  /** A scenario is the file of its name, in this order. */
  readonly names: readonly string[];
}

/**
 * Runs scenarios one after another and prints what they find: a table as they go, or JSON at the end. Resolves to the
 * exit code: 1 when a scenario failed, or with `--strict` when a goal was missed, 2 when the command line is wrong.
 */
export async function bench(args: readonly string[], shelf: Shelf): Promise<number> {
  let options: ReturnType<typeof benchOptions>;
  try {
    options = benchOptions(args, shelf.names);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nSee: npm run bench -- --help\n`);
    return 2;
  }
  const { wanted, json, strict } = options;
  if (options.help) return help(shelf);
  const say = (line: string): void => void (json || process.stdout.write(`${line}\n`));
  say([machineLine(), busyLine()].filter(Boolean).join("\n"));
  const rows: Row[] = [];
  const failed: string[] = [];
  for (const name of wanted) {
    const { measures } = await scenarioOf(shelf, name);
    say(`\n${wrapped(`${name}: ${measures}`, "  ")}`);
    const problem = await play(shelf, name, (row) => {
      if (rows.at(-1)?.scenario !== row.scenario) say(`  ${row.scenario}`);
      rows.push(row);
      say(tableLine(row));
    });
    if (problem === undefined) continue;
    failed.push(name);
    process.stderr.write(`${name} failed:\n${problem}\n`);
  }
  const missed = rows.filter((row) => met(row) === false).length;
  say(`\n${summary(rows, failed)}`);
  if (json) process.stdout.write(`${JSON.stringify({ rows: rows.map(plainRow) }, null, 2)}\n`);
  return failed.length > 0 || (strict && missed > 0) ? 1 : 0;
}

async function scenarioOf({ folder }: Shelf, name: string): Promise<Scenario> {
  const { scenario } = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  return scenario as Scenario;
}

async function play({ folder }: Shelf, name: string, take: (row: Row) => void): Promise<string | undefined> {
  const progress = createProgress(process.stderr, name);
  const row = (found: Row): void => {
    progress.clear();
    take(found);
  };
  try {
    return await runScenario(join(folder, `${name}.ts`), { row, progress: progress.tell });
  } finally {
    progress.clear();
  }
}

function summary(rows: readonly Row[], failed: readonly string[]): string {
  const held = rows.filter((row) => row.goal !== undefined).length;
  const reached = rows.filter((row) => met(row) === true).length;
  const lacking = rows.filter((row) => row.value === null).length;
  const unmeasured = lacking === 0 ? "" : `, ${lacking} not measured`;
  const troubles = failed.length === 0 ? "" : ` Failed: ${failed.join(", ")}.`;
  return `${rows.length} figures, ${reached} of ${held} goals met${unmeasured}.${troubles}`;
}

async function help(shelf: Shelf): Promise<number> {
  const lines = ["Usage: npm run bench -- [scenario …] [--json] [--strict]", ""];
  for (const name of shelf.names) {
    const { measures, seconds } = await scenarioOf(shelf, name);
    lines.push(`  ${wrapped(`${name}, about ${seconds} s: ${measures}`, "      ")}`);
  }
  lines.push(
    "",
    "  --json     prints one object, { rows: [{ scenario, metric, value, unit, goal, met }] }, and no more",
    "             (npm run --silent bench -- --json keeps npm quiet too); what this machine cannot measure",
    "             has value and met null, and lacks says why",
    "  --strict   a missed goal is a failure: exit code 1, as when a scenario fails",
  );
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}
