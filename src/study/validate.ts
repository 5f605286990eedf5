import { access } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, resolve } from "node:path";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { fileReason } from "../kernel/text/reasons.ts";
import { readWritten } from "../kernel/text/written.ts";
import { type Issue, isTinyTroupeError, TinyTroupeError } from "../kernel/values/errors.ts";
import { slug } from "../kernel/values/ids.ts";
import { loadPerson } from "../person/state/files.ts";
import type { ReadPerson } from "../person/state/parse.ts";
import { isPackagedName, loadFragment, packagedFragment, packagedPersona } from "../persona/files.ts";
import { misspeltKeys } from "../persona/lint.ts";
import { isRecord } from "../persona/plain-data.ts";
import { parsePersona } from "../persona/schema.ts";
import { readConfigFile } from "../simulation/configuration/files.ts";
import { readRelations } from "../world/network/read-relations.ts";
import type { PersonSource, StudyDocument } from "./document/document.ts";
import { readStudyDocument } from "./files.ts";
import { checkNames } from "./interpret.ts";
import { type Called, named as peopleNamed } from "./worlds/names.ts";
import { checkWorld } from "./worlds/place.ts";

/** What was found in a file, without running anything. */
export interface FileReport {
  readonly file: string;
  readonly kind: "study" | "persona" | "fragment" | "settings";
  /** What has to be mended, each with its line and column where they are known. */
  readonly issues: readonly Issue[];
  /** What may be a mistake. */
  readonly warnings: readonly Issue[];
}

type FileKind = Pick<FileReport, "file" | "kind">;

interface Found {
  readonly issues: Issue[];
  readonly warnings: Issue[];
  /** Files that this one needs. */
  readonly needs: FileKind[];
}

/**
 * Looks studies (YAML or JSON), personas, fragments and `tinytroupe.config.json` over, and the files that the studies
 * name: each once, in the order in which they are met. Nothing is run and nobody is asked.
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

/** The largest file of all kinds, in bytes. */
const largestFile = 32 * 1024 * 1024;

async function kindOf(file: string): Promise<FileReport["kind"]> {
  const ending = extname(file).toLowerCase();
  if (ending === ".yaml" || ending === ".yml") return "study";
  if (ending !== ".json") throw unknownKind(file);
  if (basename(file) === "tinytroupe.config.json") return "settings";
  // What cannot be read is told by whoever reads it next.
  const value: unknown = await readTextFile(file, { mostBytes: largestFile })
    .then(JSON.parse)
    .catch(() => undefined);
  if (!isRecord(value)) return "persona";
  if (value["type"] === "Fragment") return "fragment";
  return "steps" in value || "people" in value ? "study" : "persona";
}

function unknownKind(file: string): TinyTroupeError<"OPTION_INVALID"> {
  const isProgram = /\.[cm]?[jt]s$/i.test(file);
  const what = isProgram ? "is a program: only running it can tell" : "is no study, no persona and no settings";
  return new TinyTroupeError("OPTION_INVALID", `'${file}' ${what}.`, {
    data: { option: "file", value: file },
    hint: isProgram
      ? "Play it without any model, free of charge: `tinytroupe run <program> --dry-run`."
      : "Name a study (.yaml, .yml, .json), a persona (.json) or tinytroupe.config.json.",
  });
}

const readers = {
  study: inStudy,
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

const nothing = (): Found => ({ issues: [], warnings: [], needs: [] });

async function findings(given: FileKind): Promise<Found> {
  try {
    return await readers[given.kind](given);
  } catch (error) {
    if (isTinyTroupeError(error, "STUDY_INVALID", "PERSONA_INVALID", "CONFIG_INVALID")) {
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

function misspeltIn(persona: object, at: string): readonly Issue[] {
  return misspeltKeys(persona).map(({ path, message }) => ({ path: under(at, path), message: `This ${message}` }));
}

const under = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(".");

async function inStudy({ file }: FileKind): Promise<Found> {
  const { document, placed } = await readStudyDocument(file);
  const folder = dirname(file);
  const found = nothing();
  const cast: Called[] = [];
  for (const [place, source] of document.people.entries()) {
    const person = await personIn(source, { folder, path: `people.${place}`, found });
    if (person !== undefined) cast.push(person);
  }
  if (cast.length === document.people.length) {
    found.issues.push(...nameIssues(document, cast), ...(await relationIssues(document, folder, cast)));
  }
  found.issues.push(...(await shownIssues(document, folder)));
  return { issues: found.issues.map(placed), warnings: found.warnings.map(placed), needs: found.needs };
}

interface Place {
  /** Of the study. */
  readonly folder: string;
  readonly path: string;
  readonly found: Found;
}

/** The person that a study names, where it is known and valid before anything runs. */
async function personIn(source: PersonSource, place: Place): Promise<Called | undefined> {
  if (typeof source === "string") return personaNamed(source, place);
  const { fragments = [] } = source;
  for (const [number, fragment] of fragments.entries()) {
    await named(
      fragment,
      { ...place, path: `${place.path}.fragments.${number}` },
      {
        ...{ kind: "fragment", packaged: packagedFragment, load: async (path) => (await loadFragment(path)).fragment },
      },
    );
  }
  if ("generate" in source) return undefined;
  const called =
    "file" in source
      ? await personaNamed(source.file, { ...place, path: `${place.path}.file` })
      : personaWritten(source.persona, { ...place, path: `${place.path}.persona` });
  return called && source.name !== undefined ? { name: source.name } : called;
}

const personaNamed = (source: string, place: Place): Promise<Called | undefined> =>
  named(source, place, {
    ...{
      kind: "persona",
      packaged: packagedPersona,
      load: async (file) => withoutFaculties(await loadPerson(file), place),
    },
  });

/** A study file has no code: who was saved with faculties cannot come in. */
function withoutFaculties({ person: { persona, faculties = [] } }: ReadPerson, { path, found }: Place): Called {
  if (faculties.length > 0) {
    const message = `${persona.name} needs faculties, which are code (${faculties.join(", ")}): play them in a program.`;
    found.issues.push({ path, message });
  }
  return persona;
}

interface Reading<T> {
  readonly kind: FileReport["kind"];
  packaged(name: string): Promise<T>;
  load(file: string): Promise<T>;
}

/** What a study names, packaged or in a file; what is wrong inside of a file is that file's own to tell. */
async function named<T>(source: string, { folder, path, found }: Place, reading: Reading<T>): Promise<T | undefined> {
  const packaged = isPackagedName(source);
  const file = isAbsolute(source) ? source : join(folder, source);
  const needed = { file, kind: reading.kind };
  try {
    const value = await (packaged ? reading.packaged(source) : reading.load(file));
    if (!packaged) found.needs.push(needed);
    return value;
  } catch (error) {
    if (!isTinyTroupeError(error)) throw error;
    if (error.code === "PERSONA_INVALID") found.needs.push(needed);
    else found.issues.push({ path, message: packaged ? `${error.message} ${error.hint}` : error.message });
    return undefined;
  }
}

function personaWritten(value: unknown, { path, found }: Place): Called | undefined {
  try {
    const persona = parsePersona(value);
    found.warnings.push(...misspeltIn(persona, path));
    return persona;
  } catch (error) {
    if (!isTinyTroupeError(error, "PERSONA_INVALID")) throw error;
    found.issues.push(...error.data.issues.map((issue) => ({ ...issue, path: under(path, issue.path) })));
    return undefined;
  }
}

function nameIssues({ steps, interventions = [], world }: StudyDocument, cast: readonly Called[]): readonly Issue[] {
  return [
    ...issuesOf(() => checkWorld(world, cast)),
    ...steps.flatMap((step, place) => issuesOf(() => checkNames(step, place, cast))),
    ...interventions.flatMap(({ of }, place) =>
      typeof of === "object" ? issuesOf(() => peopleNamed(of, cast, `interventions.${place}.of`)) : [],
    ),
  ];
}

function issuesOf(check: () => unknown): readonly Issue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "STUDY_INVALID")) throw error;
    return error.data.issues;
  }
}

/** What is wrong with the relations that a study reads from a file. */
async function relationIssues(
  { world }: StudyDocument,
  folder: string,
  cast: readonly Called[],
): Promise<readonly Issue[]> {
  const file = world !== undefined && "network" in world ? world.network?.file : undefined;
  if (file === undefined) return [];
  try {
    await readRelations(
      resolve(folder, file),
      cast.map(({ name }) => ({ id: slug(name), name })),
    );
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "NETWORK_INVALID", "FILE_UNREADABLE")) throw error;
    return [{ path: "world.network.file", message: error.message }];
  }
}

async function shownIssues({ steps }: StudyDocument, folder: string): Promise<readonly Issue[]> {
  const looked = steps.map(async (step, place): Promise<readonly Issue[]> => {
    if (!("show" in step)) return [];
    const { image, document } = step.show;
    const [kind, path, what] =
      document === undefined ? ["image", image, "picture"] : ["document", document, "document"];
    if (path === undefined || (kind === "image" && /^https?:/.test(path))) return [];
    const file = resolve(folder, path);
    return access(file).then(
      () => [],
      (cause: unknown) => [
        { path: `steps.${place}.show.${kind}`, message: `Cannot read the ${what} ${file}: ${fileReason(cause)}.` },
      ],
    );
  });
  return (await Promise.all(looked)).flat();
}
