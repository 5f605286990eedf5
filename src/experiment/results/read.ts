import { extname } from "node:path";
import { unguarded } from "../../kernel/text/files/csv-cell.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import type { Issue } from "../../kernel/values/errors.ts";
import { readMicrodata } from "../../population/microdata/read.ts";
import { unreadable } from "../../table/reading/sheet.ts";
import { levelPrefix, type Observation } from "./observation.ts";

type Row = Readonly<Record<string, unknown>>;

/** A million rows of a hundred and fifty bytes. In bytes. */
const largestFile = 256 * 1024 * 1024;

/**
 * Observations from a file as experiments leave it: CSV, JSONL, Parquet or Excel; columns that are not theirs are ignored.
 * @throws FILE_UNREADABLE with the place of what is wrong, PACKAGE_MISSING, and OPTION_INVALID for other kinds of files
 */
export async function readObservations(file: string): Promise<readonly Observation[]> {
  const isLines = extname(file).toLowerCase() === ".jsonl";
  const rows = await (isLines ? readLines(file) : readMicrodata(file));
  const issues: Issue[] = [];
  const found = rows.map((row, place) => {
    const read = observationOf(row);
    if ("fault" in read) issues.push({ path: "", message: read.fault, line: isLines ? place + 1 : place + 2 });
    return read;
  });
  if (issues.length > 0) throw unreadable(file, issues);
  return found as readonly Observation[];
}

async function readLines(file: string): Promise<readonly Row[]> {
  const text = await readTextFile(file, { mostBytes: largestFile });
  return text.split("\n").flatMap((line, place): readonly Row[] => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as Row];
    } catch (cause) {
      throw unreadable(file, [{ path: "", message: "This line is no JSON.", line: place + 1 }], { cause });
    }
  });
}

/** A row of a table as an observation, or why it is none. */
function observationOf(row: Row): Observation | { readonly fault: string } {
  const missing = needed.find((name) => textOf(row[name]) === undefined);
  if (missing !== undefined) return { fault: `There is no '${missing}'.` };
  const replicate = Number(textOf(row["replicate"]));
  if (!Number.isSafeInteger(replicate) || replicate < 1) return { fault: "`replicate` is no whole number from 1 up." };
  const period = textOf(row["period"]);
  if (period !== undefined && !(Number.isSafeInteger(Number(period)) && Number(period) >= 1))
    return { fault: "`period` is no whole number from 1 up." };
  const value = measuredIn(row);
  if (Number.isNaN(value)) return { fault: "`value` is no number: options and texts stand in `text`." };
  const why = textOf(row["missing"]);
  if (value === null && why === undefined) return { fault: "There is no value, and `missing` does not say why." };
  const levels = Object.entries(row).flatMap(([name, cell]) => {
    const level = name.startsWith(levelPrefix) ? textOf(cell) : undefined;
    return level === undefined ? [] : [[name.slice(levelPrefix.length), level] as const];
  });
  const some = Object.fromEntries(
    optional.flatMap((name) => (textOf(row[name]) === undefined ? [] : [[name, textOf(row[name])]])),
  );
  const all = Object.fromEntries(needed.map((name) => [name, textOf(row[name])]));
  const person = textOf(row["person"]) ?? "";
  const head = { ...all, ...some, ...(period !== undefined && { period: Number(period) }) };
  return { ...head, levels: Object.fromEntries(levels), replicate, person, value } as Observation;
}

const needed = ["cell", "arm", "population", "seed", "replicate", "model", "metric", "run"] as const;
const optional = ["wording", "order", "session", "missing"] as const;

function measuredIn(row: Row): number | string | null {
  const text = textOf(row["text"]);
  if (text !== undefined) return text;
  const number = textOf(row["value"]);
  if (number === undefined) return null;
  return Number.isFinite(Number(number)) ? Number(number) : Number.NaN;
}

/** The text of a cell, as it was before it was written; undefined where it is empty. */
function textOf(cell: unknown): string | undefined {
  if (cell === null || cell === undefined || cell === "") return undefined;
  return typeof cell === "string" ? unguarded(cell) : String(cell);
}
