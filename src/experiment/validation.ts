import { dirname, extname, resolve } from "node:path";
import { isTinyTroupeError } from "../kernel/values/errors.ts";
import type { PersonSource } from "../study/document/document.ts";
import { type FileKind, type FileReport, type Found, nothing } from "../study/validation/found.ts";
import { castIn } from "../study/validation/people.ts";
import { lookedOver } from "../study/validation/validate.ts";
import { lookOverAnalysis } from "./analysis/declared/load.ts";
import { loadExperiment, readExperimentDocument } from "./files.ts";

/**
 * Looks files over, and the personas, fragments and studies that they name: each once, in the order in which they are met.
 * Known are studies, experiments, tests of systems, questionnaires, specifications of populations and of synthetic data,
 * descriptions of answers, claims on them and on rows of experiments, anchors and adverts (YAML or JSON), personas, fragments and `tinytroupe.config.json`.
 * Nothing is run and nobody is asked.
 * @throws OPTION_INVALID for a program, which only running can tell, and for any other kind of file
 * @example
 * const [report] = await validateFiles("none.yaml");
 * report?.issues.map(({ message }) => message); // => ["Cannot read none.yaml: there is no such file."]
 */
export function validateFiles(...files: readonly string[]): Promise<readonly FileReport[]> {
  return lookedOver(files, { experiment: inExperiment, analysis: inAnalysis });
}

/** What is wrong with what is declared of rows. */
async function inAnalysis({ file }: FileKind): Promise<Found> {
  await lookOverAnalysis(file);
  return nothing();
}

/** What is wrong with an experiment and its people; the study that it names is told by itself. */
async function inExperiment({ file }: FileKind): Promise<Found> {
  const { document, placed } = await readExperimentDocument(file);
  const { study, populations = {} } = document;
  const found = nothing();
  const folder = dirname(file);
  const isFile = typeof study === "string" && [".yaml", ".yml", ".json"].includes(extname(study).toLowerCase());
  if (isFile) found.needs.push({ file: resolve(folder, study), kind: "study" });
  try {
    await loadExperiment(file);
  } catch (error) {
    const isOfStudy = isTinyTroupeError(error, "STUDY_INVALID", "FILE_UNREADABLE", "SURVEY_INVALID", "TARGET_UNKNOWN");
    if (!(isFile && isOfStudy)) throw error;
  }
  const casts: (readonly [path: string, people: readonly PersonSource[]])[] = [
    ...(typeof study === "string" ? [] : [["study.people", study.people ?? []] as const]),
    ...Object.entries(populations).map(([name, people]) => [`populations.${name}`, people] as const),
  ];
  for (const [at, people] of casts) {
    const own = nothing();
    await castIn(people, { folder, found: own, world: typeof study === "string" ? undefined : study.world?.kind });
    const above = (issue: Found["issues"][number]) =>
      placed({ ...issue, path: issue.path.replace(/^people/, () => at) });
    found.issues.push(...own.issues.map(above));
    found.warnings.push(...own.warnings.map(above));
    found.needs.push(...own.needs);
  }
  return found;
}
