import { dirname, resolve } from "node:path";
import { loadClaims } from "../../evaluation/claims/document.ts";
import { loadAnswersDescription } from "../../evaluation/people/description/load.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { readWritten } from "../../kernel/text/written.ts";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import { loadPerson } from "../../person/state/files.ts";
import { loadFragment } from "../../persona/files.ts";
import { isRecord } from "../../persona/plain-data.ts";
import { readConfigFile } from "../../simulation/configuration/files.ts";
import { loadInstrument } from "../../survey/instrument/read/load.ts";
import { loadDataSpecification } from "../../synthetic/specification.ts";
import { type FileKind, type FileReport, type Found, misspeltIn, nothing } from "./found.ts";
import { kindOf, largestFile } from "./kinds.ts";
import { inAdverts, inAnchors } from "./lists.ts";
import { inPopulation } from "./population-file.ts";
import { inStudy } from "./study-file.ts";
import { inTest } from "./test-file.ts";

/** How experiments are looked over, and what is declared of their rows, which stand above studies. */
type Above = Readonly<Record<"experiment" | "analysis", (given: FileKind) => Promise<Found>>>;

/** Looks files over, and those that they name: each once, in the order in which they are met. */
export async function lookedOver(files: readonly string[], above: Above): Promise<readonly FileReport[]> {
  const reports = new Map<string, FileReport>();
  const look = async (given: FileKind): Promise<void> => {
    const looked = `${given.kind} ${resolve(given.file)}`;
    if (reports.has(looked)) return;
    const { needs, ...found } = await findings(given, { ...readers, ...above });
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
  population: inPopulation,
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
} as const satisfies Record<Exclude<FileReport["kind"], keyof Above>, (given: FileKind) => Promise<Found>>;

/** A kind of file whose reading says all that is wrong with it. */
function read(load: (file: string) => Promise<unknown>): (given: FileKind) => Promise<Found> {
  return async ({ file }) => {
    await load(file);
    return nothing();
  };
}

type Readers = Readonly<Record<FileReport["kind"], (given: FileKind) => Promise<Found>>>;

async function findings(given: FileKind, from: Readers): Promise<Found> {
  try {
    return await from[given.kind](given);
  } catch (error) {
    if (
      isTinyTroupeError(error, "STUDY_INVALID", "PERSONA_INVALID", "CONFIG_INVALID", "SPECIFICATION_INVALID") ||
      isTinyTroupeError(error, "SURVEY_INVALID", "DESCRIPTION_INVALID", "EXPERIMENT_INVALID")
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
