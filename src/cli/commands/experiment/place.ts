import { existsSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { type Experiment, loadExperiment, TinyTroupeError } from "../../../index.ts";
import type { Session } from "../../session.ts";

/** Reads an experiment; what is no file at all says so. */
export async function readExperiment({ environment }: Session, file: string): Promise<Experiment> {
  const path = resolve(environment.folder, file);
  if (existsSync(path)) return loadExperiment(path);
  throw new TinyTroupeError("FILE_UNREADABLE", `There is no experiment at ${file}.`, {
    data: { file },
    hint: "Check the path, from the folder where you are. `tinytroupe experiment --help` says what one is.",
  });
}

/** Where the rows of an experiment are: beside its file, unless told. */
export function resultsFolder({ environment }: Session, file: string, out: string | undefined): string {
  if (out !== undefined) return resolve(environment.folder, out);
  const path = resolve(environment.folder, file);
  return join(dirname(path), `${basename(path, extname(path))}-results`);
}
