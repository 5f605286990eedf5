import { isAbsolute, join, resolve } from "node:path";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import { loadPerson } from "../../person/state/files.ts";
import type { ReadPerson } from "../../person/state/parse.ts";
import { isPackagedName, loadFragment, packagedFragment, packagedPersona } from "../../persona/files.ts";
import { type Persona, parsePersona } from "../../persona/schema.ts";
import type { PersonSource } from "../document/document.ts";
import type { Called } from "../worlds/names.ts";
import { type FileReport, type Found, misspeltIn, under } from "./found.ts";

/** Somebody of the study, the file that they come from, and who they are, where no fragment says more of that. */
export type Cast = Called & { readonly file?: string; readonly persona?: Persona };

interface Stage {
  /** Of the study. */
  readonly folder: string;
  readonly found: Found;
  /** The kind of its world. */
  readonly world: string | undefined;
}

type Place = Stage & { readonly path: string };

/** The people whom a file names, those who are known and valid before anything runs; what is wrong with the others. */
export async function castIn(people: readonly PersonSource[], stage: Stage): Promise<readonly Cast[]> {
  const cast: Cast[] = [];
  for (const [place, source] of people.entries()) {
    const person = await personIn(source, { ...stage, path: `people.${place}` });
    if (person !== undefined) cast.push(person);
  }
  return cast;
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
  if ("generate" in source || "population" in source) return undefined;
  const called =
    "file" in source
      ? await personaNamed(source.file, { ...place, path: `${place.path}.file` })
      : personaWritten(source.persona, { ...place, path: `${place.path}.persona` });
  if (called === undefined) return undefined;
  const { persona, ...known } = called;
  const person = { ...known, ...(source.name !== undefined && { name: source.name }) };
  return fragments.length > 0 || persona === undefined ? person : { ...person, persona };
}

async function personaNamed(source: string, place: Place): Promise<Cast | undefined> {
  const called = await named(source, place, {
    ...{
      kind: "persona",
      packaged: packagedPersona,
      load: async (file) => withoutFaculties(await loadPerson(file), place),
    },
  });
  const file = !isPackagedName(source) && { file: resolve(place.folder, source) };
  return called && { name: called.name, ...file, persona: called };
}

/** A study file has no code: who was saved with faculties cannot come in, but for that of the world where it is a place. */
function withoutFaculties({ person: { persona, faculties = [] } }: ReadPerson, { path, found, world }: Place): Persona {
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

function personaWritten(value: unknown, { path, found }: Place): Cast | undefined {
  try {
    const persona = parsePersona(value);
    found.warnings.push(...misspeltIn(persona, path));
    return { name: persona.name, persona };
  } catch (error) {
    if (!isTinyTroupeError(error, "PERSONA_INVALID")) throw error;
    found.issues.push(...error.data.issues.map((issue) => ({ ...issue, path: under(path, issue.path) })));
    return undefined;
  }
}
