import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { placed } from "../../insight/export/place.ts";
import { undefinedIfMissing } from "../../kernel/text/files/missing.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { readJson } from "../../kernel/text/written.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { slug } from "../../kernel/values/ids.ts";
import { packageVersion } from "../../population/package-version.ts";
import { tableMetadata } from "../../table/formats/metadata.ts";
import type { RunProvenance } from "../../table/provenance.ts";
import { writeTable } from "../../table/write.ts";
import type { ExperimentDesign } from "../design/design.ts";
import type { ExperimentRun, PlayedCellArm } from "../run.ts";
import { observationTable } from "./observation.ts";

/** In which formats rows are kept. */
export type ObservationFormat = "csv" | "jsonl" | "parquet";

/** What stands in `experiment.json` beside the rows. */
export interface ExperimentRecord {
  readonly simulated: true;
  readonly name: string;
  readonly digest: string;
  /** Each design that was run under this name, by its hash, and when it was first declared: before that start. */
  readonly declared: readonly { readonly digest: string; readonly at: string }[];
  /** By run, whatever it was declared as: since when values of it have been there. */
  readonly answered?: Readonly<Record<string, string>>;
  /** All arms of all cells came to an end. */
  readonly complete: boolean;
  readonly runs: readonly Omit<PlayedCellArm, "observations">[];
  readonly version: string;
  /** What is declared, by which the rows are. */
  readonly design: ExperimentDesign;
}

/** Where rows go. */
export interface SaveExperimentOptions {
  readonly folder: string;
  /** Default: CSV and JSONL. */
  readonly formats?: readonly ObservationFormat[];
  /** False where it was stopped before its end. */
  readonly complete?: boolean;
}

const recordFile = "experiment.json";
/** Half a million runs; in bytes. */
const largestRecord = 256 * 1024 * 1024;

/**
 * Writes down in a folder what is declared, before anything is run; what was declared before stays beside it.
 * Throws FILE_UNWRITABLE, FILE_UNREADABLE, and where the folder holds another experiment.
 */
export async function declareExperiment(folder: string, design: ExperimentDesign): Promise<ExperimentRecord> {
  const before = await readExperimentRecord(folder);
  if (before !== undefined && before.name !== design.name) throw another(folder, before.name);
  const { name, digest } = design;
  const declared = before?.declared ?? [];
  const isKnown = declared.some((one) => one.digest === digest);
  const isSame = before?.digest === digest;
  const record: ExperimentRecord = {
    ...{ simulated: true, name, digest },
    declared: isKnown ? declared : [...declared, { digest, at: new Date().toISOString() }],
    answered: before?.answered ?? {},
    ...{ complete: isSame && before.complete, runs: isSame ? before.runs : [] },
    ...{ version: await packageVersion(), design },
  };
  await write(folder, recordFile, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/**
 * Writes the rows of an experiment, as far as it came, and where they come from. Each file is whole or not there.
 * Returns the paths, rows first. Throws FILE_UNWRITABLE, PACKAGE_MISSING for Parquet.
 */
export async function saveExperiment(
  { design, played }: Pick<ExperimentRun, "design" | "played">,
  { folder, formats = ["csv", "jsonl"], complete = true }: SaveExperimentOptions,
): Promise<readonly string[]> {
  const { declared, answered, version } = await declareExperiment(folder, design);
  const date = declared.find(({ digest }) => digest === design.digest)?.at ?? "";
  const provenance = provenanceOf({ design, played, version, date });
  const table = observationTable(played.flatMap(({ observations }) => observations));
  const files: string[] = [];
  for (const format of formats) {
    const file = `observations.${format}`;
    files.push(await write(folder, file, await writeTable(table, format, { provenance })));
    if (format !== "parquet") await write(folder, `${file}-metadata.json`, tableMetadata(table, { file, provenance }));
  }
  const { name, digest } = design;
  const record: ExperimentRecord = {
    ...{ simulated: true, name, digest, declared, complete },
    answered: { ...answeredNow(played), ...answered },
    ...{ runs: played.map(({ observations: _rows, ...run }) => run), version, design },
  };
  files.push(await write(folder, recordFile, `${JSON.stringify(record, null, 2)}\n`));
  return files;
}

/** The runs of which there are values. */
function answeredNow(played: readonly PlayedCellArm[]): Readonly<Record<string, string>> {
  const at = new Date().toISOString();
  const valued = played.filter(({ observations }) => observations.some(({ value }) => value !== null));
  return Object.fromEntries(valued.flatMap(({ run }) => (run === undefined ? [] : [[run, at]])));
}

/**
 * What a folder says of the experiment in it; undefined where there is none. Throws FILE_UNREADABLE for a record that cannot be
 * read, and for a file of that name that is none: what it says was declared must not be forgotten, nor a stranger's file lost.
 */
export async function readExperimentRecord(folder: string): Promise<ExperimentRecord | undefined> {
  const file = join(folder, recordFile);
  const text = await readTextFile(file, { mostBytes: largestRecord }).catch(undefinedIfMissing);
  if (text === undefined) return undefined;
  const read = readJson(text);
  if ("value" in read && isRecord(read.value)) return read.value;
  throw new TinyTroupeError("FILE_UNREADABLE", `${file} is no record of an experiment that was run here.`, {
    data: { file },
    hint: "Bring it back as it was, or name another folder: it says what was declared, and when.",
    ...("cause" in read && { cause: read.cause }),
  });
}

function isRecord(value: unknown): value is ExperimentRecord {
  const { name, digest, declared, runs } = Object(value) as Partial<Record<keyof ExperimentRecord, unknown>>;
  return typeof name === "string" && typeof digest === "string" && Array.isArray(declared) && Array.isArray(runs);
}

interface From {
  readonly design: ExperimentDesign;
  readonly played: ExperimentRun["played"];
  readonly version: string;
  readonly date: string;
}

function provenanceOf({ design: { name, seeds, digest }, played, version, date }: From): RunProvenance {
  return {
    ...{ simulated: true, run: `${slug(name)}-${digest.slice(0, 6)}` as RunProvenance["run"], name },
    ...{ seed: seeds.join(", "), models: [...new Set(played.map(({ model }) => model))], date },
    ...(played.some(({ heuristic }) => heuristic) && { heuristic: true as const }),
    version,
  };
}

async function write(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await placed(file, Buffer.from(content), true);
    return file;
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNWRITABLE", `The results cannot be written to ${file}.`, {
      data: { file },
      hint: "Name a folder that can be written, and start it again: what was answered is not paid again.",
      cause,
    });
  }
}

function another(folder: string, name: string): TinyTroupeError<"FILE_UNWRITABLE"> {
  return new TinyTroupeError("FILE_UNWRITABLE", `${folder} holds the experiment '${name}'.`, {
    data: { file: folder },
    hint: "Name another folder.",
  });
}
