import { dirname, resolve } from "node:path";
import { loadClaims } from "../../evaluation/claims/document.ts";
import { loadAnswersDescription } from "../../evaluation/people/description/load.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { readWritten } from "../../kernel/text/written.ts";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import { loadPerson } from "../../person/state/files.ts";
import { loadFragment } from "../../persona/files.ts";
import { isRecord } from "../../persona/plain-data.ts";
import { loadSpecification } from "../../population/specification/files.ts";
import { readConfigFile } from "../../simulation/configuration/files.ts";
import { loadInstrument } from "../../survey/instrument/read/load.ts";
import { loadDataSpecification } from "../../synthetic/specification.ts";
import { type FileKind, type FileReport, type Found, misspeltIn, nothing } from "./found.ts";
import { kindOf, largestFile } from "./kinds.ts";
import { inAdverts, inAnchors } from "./lists.ts";
import { inStudy } from "./study-file.ts";
import { inTest } from "./test-file.ts";

export type { FileReport } from "./found.ts";

/**
 * Looks files over, and the personas and fragments that they name: each once, in the order in which they are met. Known
 * are studies, tests of systems, questionnaires, specifications of populations and of synthetic data, descriptions of
 * answers, anchors and adverts (YAML or JSON), personas, fragments and `tinytroupe.config.json`. Nothing is run and nobody
 * is asked.
 * @throws OPTION_INVALID for a program, which only running can tell, and for any other kind of file
 * @example
 * const [report] = await validateFiles("none.yaml");
 * report?.issues.map(({ message }) => message); // => ["Cannot read none.yaml: there is no such file."]
 */
export async function validateFiles(...files: readonly string[]): Promise<readonly FileReport[]> {
  const reports = new Map<string, FileReport>();
  const look = async (given: FileKind): Promise<void> => {
    const looked = `${given.kind} ${resolve(given.file)}`;
    if (reports.has(looked)) return;
    const { needs, ...found } = await findings(given);
    reports.set(looked, { ...given, ...found });
    for (const needed of needs) await look(needed);
  };
  for (const file of files) await look({ file, kind: await kindOf(file) });
  return [...reports.values()];
}

const readers = {
  study: inStudy,
  test: inTest,
  anchors: inAnchors,
  adverts: inAdverts,
  population: read(loadSpecification),
  "synthetic data": read(loadDataSpecification),
  questionnaire: read(loadInstrument),
  "description of answers": read(loadAnswersDescription),
  claims: read(loadClaims),
  persona: async ({ file }) => {
    const { person, warnings } = await loadPerson(file);
    const found = await inPersona(file, person.persona);
    // Each begins with the file, which stands above them.
    const told = warnings.map((warning) => ({ path: "", message: warning.slice(file.length + 2) }));
    return { ...found, warnings: [...found.warnings, ...told] };
  },
  fragment: async ({ file }) => inPersona(file, (await loadFragment(file)).fragment.persona),
  settings: async ({ file }) => {
    await readTextFile(file, { mostBytes: largestFile });
    await readConfigFile(dirname(resolve(file)), { programs: false });
    return nothing();
  },
} as const satisfies Record<FileReport["kind"], (given: FileKind) => Promise<Found>>;

/** A kind of file whose reading says all that is wrong with it. */
function read(load: (file: string) => Promise<unknown>): (given: FileKind) => Promise<Found> {
  return async ({ file }) => {
    await load(file);
    return nothing();
  };
}

async function findings(given: FileKind): Promise<Found> {
  try {
    return await readers[given.kind](given);
  } catch (error) {
    if (
      isTinyTroupeError(error, "STUDY_INVALID", "PERSONA_INVALID", "CONFIG_INVALID", "SPECIFICATION_INVALID") ||
      isTinyTroupeError(error, "SURVEY_INVALID", "DESCRIPTION_INVALID")
    ) {
      return { ...nothing(), issues: [...error.data.issues] };
    }
    if (isTinyTroupeError(error, "FILE_UNREADABLE"))
      return { ...nothing(), issues: [{ path: "", message: error.message }] };
    throw error;
  }
}

async function inPersona(file: string, persona: object): Promise<Found> {
  // Finding places takes its time in a long life: only where there is something to place.
  if (misspeltIn(persona, "").length === 0) return nothing();
  const { value, placed } = await readWritten(await readTextFile(file, { mostBytes: largestFile }), { aliases: 0 });
  const at = isRecord(value) && isRecord(value["persona"]) ? "persona" : "";
  return { ...nothing(), warnings: misspeltIn(persona, at).map(placed) };
}
