import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type JournalEvent, renderTranscript, rowsToCsv, slug, transcriptOf } from "../index.ts";
import type { Session } from "./session.ts";
import { type Row, table } from "./terminal/table.ts";

export type Tables = Readonly<Record<string, readonly Row[]>>;

/** The tables in what a study returned: lists of objects, by name; a bare list is called `results`. */
export function tablesOf(result: unknown): Tables {
  if (isRows(result)) return { results: result };
  if (typeof result !== "object" || result === null) return {};
  return Object.fromEntries(Object.entries(result).filter((entry): entry is [string, Row[]] => isRows(entry[1])));
}

/** Prints each table under its name, in the width of the terminal. */
export function printTables(tables: Tables, { out, outStyle: style }: Session): void {
  for (const [name, rows] of Object.entries(tables)) {
    out.print("", style.bold(`${name} (${rows.length})`), ...table(rows, { width: out.width, style }));
  }
}

/** Writes transcript, tables and results of a run beside its journal, and returns the paths, transcript first. */
export async function saveOutcome(run: {
  readonly folder: string;
  readonly title: string;
  readonly events: AsyncIterable<JournalEvent>;
  readonly result: unknown;
}): Promise<readonly string[]> {
  await mkdir(run.folder, { recursive: true });
  const notice = "Simulated: what people say here was produced by a program, not by people.";
  const entries = transcriptOf(await Array.fromAsync(run.events));
  const files: [string, string][] = [
    ["transcript.txt", `${run.title}\n${notice}\n\n${renderTranscript(entries)}\n`],
    ["results.json", `${JSON.stringify({ simulated: true, title: run.title, result: run.result ?? null }, null, 2)}\n`],
    ...Object.entries(tablesOf(run.result)).map(([name, rows]): [string, string] => [
      `${slug(name)}.csv`,
      rowsToCsv(rows),
    ]),
  ];
  const paths = files.map(([name]) => join(run.folder, name));
  await Promise.all(files.map(([, text], index) => writeFile(paths[index] as string, text)));
  return paths;
}

function isRows(value: unknown): value is readonly Row[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => typeof row === "object" && row !== null && !Array.isArray(row))
  );
}
