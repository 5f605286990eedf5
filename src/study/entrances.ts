import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Faculty } from "../kernel/contracts/faculty.ts";
import type { Issue } from "../kernel/values/errors.ts";
import { slug } from "../kernel/values/ids.ts";
import type { TinyPerson } from "../person/tiny-person.ts";
import { isPackagedName } from "../persona/files.ts";
import { type CastOptions, fragmentsOf, peopleOf, personOf } from "../simulation/people/sources.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { PersonSource, Step, StudyDocument } from "./document/document.ts";
import { type Called, named } from "./worlds/names.ts";

/** Somebody of a study who is about to enter. */
export interface Entrance {
  /** Unknown for somebody who is still to be made. */
  readonly name?: string;
  /** The file that they come from. */
  readonly file?: string;
  enter(faculties: readonly Faculty[]): Promise<TinyPerson>;
}

/** How each one enters. All that they come from is read before the first does: a misspelt name leaves the run untouched. */
export async function entrancesOf(
  { people, quality, stances }: Pick<StudyDocument, "people" | "quality" | "stances">,
  simulation: Simulation,
): Promise<readonly Entrance[]> {
  const all: CastOptions = { ...(quality !== undefined && { quality }), ...(stances !== undefined && { stances }) };
  const sources = { pathOf: (path: string) => simulation.pathOf(path), watch: simulation.context.watch };
  const entrancesOfSource = async (source: PersonSource): Promise<readonly Entrance[]> => {
    const given: Exclude<PersonSource, string> = typeof source === "string" ? { file: source } : source;
    const fragments = await fragmentsOf(given.fragments, sources);
    if ("generate" in given) {
      const { generate, particularities } = given;
      const enter: Entrance["enter"] = (faculties) =>
        simulation.generatePerson(generate, particularities, { ...all, fragments, faculties });
      return [{ enter }];
    }
    if ("population" in given) {
      const people = await peopleOf(
        [given.population],
        given.first === undefined ? {} : { first: given.first },
        sources,
      );
      return people.map((person) => ({
        name: person.persona.name,
        enter: (faculties) => simulation.person(person, { ...all, fragments, faculties }),
      }));
    }
    const person = await personOf("file" in given ? given.file : given.persona, sources);
    const { name, memories } = given;
    const wanted = { ...(name !== undefined && { name }), ...(memories !== undefined && { memories }) };
    const entrance: Entrance = {
      name: name ?? person.persona.name,
      ...("file" in given && !isPackagedName(given.file) && { file: simulation.pathOf(given.file) }),
      enter: (faculties) => simulation.person(person, { ...all, ...wanted, fragments, faculties }),
    };
    return [entrance];
  };
  const entrances: Entrance[] = [];
  for (const source of people) entrances.push(...(await entrancesOfSource(source)));
  return entrances;
}

/** The file in which somebody is kept whole. */
export const keptIn = (folder: string, name: string): string => join(folder, `${slug(name)}.person.json`);

/** Steps that keep somebody in a file that the study reads: it would be another study at each start. */
export async function overwrittenIn(
  steps: readonly Step[],
  cast: readonly (Called & { readonly file?: string })[],
  pathOf: (path: string) => string,
): Promise<readonly Issue[]> {
  const read = new Set(await Promise.all(cast.flatMap(({ file }) => (file === undefined ? [] : [real(file)]))));
  const issues = steps.map(async (step, place): Promise<readonly Issue[]> => {
    if (!("save" in step)) return [];
    const { who, folder } = step.save;
    const written = named(who, cast, `steps.${place}.save.who`).map(async ({ name }) => {
      const file = keptIn(pathOf(folder), name);
      return read.has(await real(file)) ? [{ path: `steps.${place}.save.folder`, message: itself(name, file) }] : [];
    });
    return (await Promise.all(written)).flat();
  });
  return (await Promise.all(issues)).flat();
}

/** The path without links, as far as it is there. */
const real = async (file: string): Promise<string> =>
  realpath(file).catch(() =>
    realpath(dirname(file)).then(
      (folder) => join(folder, basename(file)),
      () => file,
    ),
  );

const itself = (name: string, file: string): string =>
  `${name} would be kept in ${file}, which this study reads: at the next start it would be another study. Name another folder, as in: save: { folder: after }.`;
