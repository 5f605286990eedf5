import { access } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileReason } from "../../kernel/text/reasons.ts";
import { type Issue, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { slug } from "../../kernel/values/ids.ts";
import { loadPerson } from "../../person/state/files.ts";
import type { ReadPerson } from "../../person/state/parse.ts";
import { isPackagedName, loadFragment, packagedFragment, packagedPersona } from "../../persona/files.ts";
import { parsePersona } from "../../persona/schema.ts";
import { readRelations } from "../../world/network/read-relations.ts";
import type { PersonSource, StudyDocument } from "../document/document.ts";
import { overwrittenIn } from "../entrances.ts";
import { readStudyDocument } from "../files.ts";
import { checkArms } from "../forks/arm.ts";
import { checkNames } from "../interpret.ts";
import { readersIn } from "../steps/extract.ts";
import { type Called, named as peopleNamed } from "../worlds/names.ts";
import { checkWorld } from "../worlds/place.ts";
import { type FileKind, type FileReport, type Found, misspeltIn, nothing, under } from "./found.ts";

/** What is wrong with a study, and with the files that it names. */
export async function inStudy({ file }: FileKind): Promise<Found> {
  const { document, placed } = await readStudyDocument(file);
  const folder = dirname(file);
  const found = nothing();
  const cast: Cast[] = [];
  for (const [place, source] of document.people.entries()) {
    const person = await personIn(source, { folder, path: `people.${place}`, found, world: document.world?.kind });
    if (person !== undefined) cast.push(person);
  }
  if (cast.length === document.people.length) {
    found.issues.push(...nameIssues(document, cast), ...(await relationIssues(document, folder, cast)));
    const pathOf = (path: string) => resolve(folder, path);
    if (found.issues.length === 0) found.issues.push(...(await overwrittenIn(document.steps, cast, pathOf)));
  }
  found.issues.push(...(await shownIssues(document, folder)));
  found.warnings.push(...readerWarnings(document));
  return { issues: found.issues.map(placed), warnings: found.warnings.map(placed), needs: found.needs };
}

/** Somebody of the study, and the file that they come from. */
type Cast = Called & { readonly file?: string };

interface Place {
  /** Of the study. */
  readonly folder: string;
  readonly path: string;
  readonly found: Found;
  /** The kind of its world. */
  readonly world: string | undefined;
}

/** The person that a study names, where it is known and valid before anything runs. */
async function personIn(source: PersonSource, place: Place): Promise<Cast | undefined> {
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
  return called && source.name !== undefined ? { ...called, name: source.name } : called;
}

async function personaNamed(source: string, place: Place): Promise<Cast | undefined> {
  const called = await named(source, place, {
    ...{
      kind: "persona",
      packaged: packagedPersona,
      load: async (file) => withoutFaculties(await loadPerson(file), place),
    },
  });
  return called && { name: called.name, ...(!isPackagedName(source) && { file: resolve(place.folder, source) }) };
}

/** A study file has no code: who was saved with faculties cannot come in, but for that of the world where it is a place. */
function withoutFaculties({ person: { persona, faculties = [] } }: ReadPerson, { path, found, world }: Place): Called {
  const missing = faculties.filter((name) => name !== world);
  if (missing.length > 0) {
    const message = `${persona.name} needs faculties, which are code (${missing.join(", ")}): play them in a program.`;
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

function nameIssues(
  { steps, interventions = [], arms = {}, world }: StudyDocument,
  cast: readonly Called[],
): readonly Issue[] {
  return [
    ...issuesOf(() => checkWorld(world, cast)),
    ...issuesOf(() => checkArms(arms, cast)),
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
  const { network, follows } = { network: undefined, follows: undefined, ...world };
  const [key, file] = network === undefined ? ["follows", follows?.file] : ["network", network.file];
  if (file === undefined) return [];
  try {
    await readRelations(
      resolve(folder, file),
      cast.map(({ name }) => ({ id: slug(name), name })),
    );
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "NETWORK_INVALID", "FILE_UNREADABLE")) throw error;
    return [{ path: `world.${key}.file`, message: error.message }];
  }
}

/** Readers whom the study does not name itself: its project may, or whoever opens it. */
function readerWarnings({ steps, models = {} }: StudyDocument): readonly Issue[] {
  const known = ["judge", "actor", ...Object.keys(models)];
  return steps.flatMap((step, place) =>
    readersIn(step)
      .filter((reader) => !known.includes(reader))
      .map((reader) => ({
        path: `steps.${place}.extract`,
        message: `The study names no model '${reader}'; there are: ${known.join(", ")}. The project has to name it.`,
      })),
  );
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
