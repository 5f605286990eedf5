import { existsSync } from "node:fs";
import { join } from "node:path";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { ExperimentDesign } from "../design/design.ts";
import type { Observation } from "./observation.ts";
import { readObservations } from "./read.ts";
import { type ExperimentRecord, readExperimentRecord } from "./save.ts";
import { unblindObservations } from "./unblind.ts";

/** What a run of an experiment left in its folder. */
export interface ExperimentResults {
  readonly record: ExperimentRecord;
  /** What was declared when these rows were made. */
  readonly design: ExperimentDesign;
  /** The table that the rows were read from. */
  readonly file: string;
  /** With their arms, also of a blinded experiment. */
  readonly observations: readonly Observation[];
}

/** The results of an experiment, from the folder that `experiment run` keeps them in. Throws FILE_UNREADABLE. */
export async function loadExperimentResults(folder: string): Promise<ExperimentResults> {
  const record = await readExperimentRecord(folder);
  const file = ["csv", "jsonl", "parquet"]
    .map((format) => join(folder, `observations.${format}`))
    .find((path) => existsSync(path));
  if (record === undefined || file === undefined) throw noResults(folder);
  const { design } = record;
  return { record, design, file, observations: unblindObservations(await readObservations(file), design) };
}

function noResults(folder: string): TinyTroupeError<"FILE_UNREADABLE"> {
  return new TinyTroupeError("FILE_UNREADABLE", `There are no results of an experiment in ${folder}.`, {
    data: { file: folder },
    hint: "Run it first: tinytroupe experiment run experiment.yaml. Its rows are in observations.csv, beside experiment.json.",
  });
}
