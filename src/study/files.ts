import { access } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { readWritten, type Written } from "../kernel/text/written.ts";
import { isTinyTroupeError, TinyTroupeError } from "../kernel/values/errors.ts";
import { defineStudy, isStudy, type Study } from "./define.ts";
import type { StudyDocument } from "./document/document.ts";
import { invalidStudy, parseStudyDocument } from "./document/parse.ts";
import { studyOf } from "./interpret.ts";

/** A study of ten thousand steps has half a megabyte. In bytes. */
const largestStudy = 4 * 1024 * 1024;

/** Reads a study from a YAML or JSON file, or from a program (.ts, .js, .mjs) whose default export is a study. */
export async function loadStudy(file: string): Promise<Study> {
  const path = resolve(file);
  switch (extname(path).toLowerCase()) {
    case ".yaml":
    case ".yml":
    case ".json":
      return ofFile(file, path);
    case ".ts":
    case ".mts":
    case ".js":
    case ".mjs":
      return loadProgram(path, file);
    default:
      throw new TinyTroupeError(
        "STUDY_INVALID",
        `'${file}' is no study: its name ends in none of .yaml, .yml, .json, .ts, .js, .mjs.`,
        {
          data: { file, issues: [] },
          hint: "A study is a YAML file, or a program that exports one; `tinytroupe init example` makes one that runs.",
        },
      );
  }
}

/** What turns out to be wrong with it only among its people is told with its place in the file, too. */
async function ofFile(file: string, path: string): Promise<Study> {
  const { document, placed } = await readStudyDocument(file);
  const study = studyOf(document, dirname(path));
  const run: Study["run"] = (simulation) =>
    study.run(simulation).catch((error: unknown) => {
      throw isTinyTroupeError(error, "STUDY_INVALID") ? invalidStudy(error.data.issues.map(placed), file) : error;
    });
  return defineStudy({ ...study, run });
}

/** A study as its file writes it, and where in the file each part stands. */
export async function readStudyDocument(
  file: string,
): Promise<{ readonly document: StudyDocument } & Pick<Written, "placed">> {
  const text = await readTextFile(file, { mostBytes: largestStudy });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidStudy(faults, file);
  return { document: parseStudyDocument(value, { file, placed }), placed };
}

async function loadProgram(path: string, file: string): Promise<Study> {
  await access(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const program: Record<string, unknown> = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw unloadable(path, cause);
  });
  const study = program["default"];
  if (isStudy(study)) return study.folder === undefined ? { ...study, folder: dirname(path) } : study;
  throw new TinyTroupeError("STUDY_INVALID", `The program ${file} exports no study.`, {
    data: { file, issues: [{ path: "default", message: "is no study" }] },
    hint: 'End it with: export default defineStudy({ name: "…", run: async (simulation) => { … } });',
  });
}

function unreadable(path: string, cause: unknown): TinyTroupeError<"FILE_UNREADABLE"> {
  return new TinyTroupeError("FILE_UNREADABLE", `The study ${path} cannot be read.`, {
    data: { file: path },
    hint: "Check the path and that you may read the file.",
    cause,
  });
}

/** A fault of the program itself, unless it says what it is. */
function unloadable(path: string, cause: unknown): TinyTroupeError {
  if (cause instanceof TinyTroupeError) return cause;
  const { code, message = String(cause) } = cause as NodeJS.ErrnoException;
  return new TinyTroupeError("STUDY_INVALID", `The program ${path} cannot be loaded: ${message}`, {
    data: { file: path, issues: [{ path: "", message }] },
    hint: code === "ERR_MODULE_NOT_FOUND" ? "Install what it imports, beside the program." : "Mend the program there.",
    cause,
  });
}
