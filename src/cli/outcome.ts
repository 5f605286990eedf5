import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  isTinyTroupeError,
  type JournalEvent,
  type Report,
  type RunProvenance,
  renderTranscript,
  reportHtml,
  reportMarkdown,
  slug,
  TinyTroupeError,
  tableMetadata,
  tableOf,
  transcriptOf,
  writeTable,
} from "../index.ts";
import { reportsOf, tablesOf } from "./results.ts";
import { harmless, harmlessJson } from "./terminal/text.ts";

/** In place of a transcript, where all that happened happened on forks of people. */
const asideOnly = "(Nothing was said in the run itself: what people did aside stands in its tables and reports.)";

/** Writes transcript, tables and results of a run beside its journal, and returns the paths, transcript first. */
export async function saveOutcome(run: {
  readonly folder: string;
  readonly title: string;
  readonly events: AsyncIterable<JournalEvent>;
  /** Plain data, as `plainResult` gives it. */
  readonly result: unknown;
  /** Where it comes from: stands in the results and beside each table. */
  readonly provenance?: RunProvenance;
}): Promise<readonly string[]> {
  const notice = "Simulated: what people say here was produced by a program, not by people.";
  const entries = transcriptOf(await Array.fromAsync(run.events));
  const { provenance } = run;
  const results = { simulated: true, title: run.title, ...(provenance && { provenance }), result: run.result ?? null };
  const files = new Map<string, string | Uint8Array>([
    ["transcript.txt", `${harmless(run.title)}\n${notice}\n\n${renderTranscript(entries) || asideOnly}\n`],
    ["results.json", harmlessJson(`${JSON.stringify(results, null, 2)}\n`)],
  ]);
  for (const [name, rows] of Object.entries(tablesOf(run.result))) {
    const [file, table] = [freeName(name, files), tableOf(rows)];
    files.set(file, await writeTable(table, "csv"));
    if (provenance) files.set(metadataBeside(file), tableMetadata(table, { file, provenance }));
  }
  for (const [name, report] of Object.entries(reportsOf(run.result))) {
    const file = freeName(name, files, ".md");
    files.set(file, harmless(reportMarkdown(report, provenance)));
    files.set(pageBeside(file), await pageOf(report, provenance));
  }
  try {
    await replaceFiles(run.folder, files);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TinyTroupeError("FILE_UNWRITABLE", `The results cannot be written to ${run.folder}: ${reason}`, {
      data: { file: run.folder },
      hint: "Make room or give the folder free, and start the same study again: it costs nothing.",
      cause,
    });
  }
  return [...files.keys()].map((name) => join(run.folder, name));
}

/** Writes all files beside those that are there, and only then puts them in their place: no file is ever half of one. */
async function replaceFiles(folder: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  const pathOf = (name: string): string => join(folder, name);
  const draftOf = (name: string): string => pathOf(`.${name}.${process.pid}.draft`);
  const names = [...files.keys()];
  await mkdir(folder, { recursive: true });
  const former = await formerFiles(pathOf("results.json"));
  try {
    await Promise.all([...files].map(([name, text]) => writeFile(draftOf(name), text)));
    for (const name of names) await rename(draftOf(name), pathOf(name));
    for (const name of former) if (!files.has(name)) await rm(pathOf(name), { force: true });
  } catch (error) {
    await Promise.all(names.map((name) => rm(draftOf(name), { force: true })));
    throw error;
  }
}

/** The tables and reports that the results before these had: a study that was changed leaves none that it no longer has. */
async function formerFiles(file: string): Promise<readonly string[]> {
  try {
    const { result } = JSON.parse(await readFile(file, "utf8")) as { readonly result: unknown };
    const names = new Map<string, string>();
    for (const table of Object.keys(tablesOf(result))) names.set(freeName(table, names), "");
    const tables = [...names.keys()].flatMap((name) => [name, metadataBeside(name)]);
    const texts = new Map<string, string>();
    for (const report of Object.keys(reportsOf(result))) texts.set(freeName(report, texts, ".md"), "");
    return [...tables, ...[...texts.keys()].flatMap((name) => [name, pageBeside(name)])];
  } catch {
    // No results yet, or some that are not ours: nothing of theirs is taken away.
    return [];
  }
}

/** Where the W3C's vocabulary for tables has what a CSV file has no room for. */
export const metadataBeside = (file: string): string => `${file}-metadata.json`;

const pageBeside = (file: string): string => file.replace(/\.md$/, ".html");

/** With its pictures, or where nothing is installed that draws them, in words alone: the money for the run was spent. */
async function pageOf(report: Report, provenance: RunProvenance | undefined): Promise<string> {
  const { charts = [] } = report;
  try {
    return await reportHtml({ ...report, charts }, provenance);
  } catch (error) {
    if (!isTinyTroupeError(error, "PACKAGE_MISSING")) throw error;
    return reportHtml({ ...report, charts: [] }, provenance);
  }
}

/** Two results whose names make the same file name get a file each. */
function freeName(result: string, files: ReadonlyMap<string, unknown>, ending = ".csv"): string {
  const base = slug(result, 100);
  for (let number = 1; ; number++) {
    const name = `${base}${number === 1 ? "" : `-${number}`}${ending}`;
    if (!files.has(name)) return name;
  }
}
