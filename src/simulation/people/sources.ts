import { stat } from "node:fs/promises";
import type { Listener } from "../../kernel/contracts/events.ts";
import { languageNamed } from "../../kernel/language/tongues.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { PersonOptions, Safety } from "../../person/options.ts";
import type { SavedPerson } from "../../person/state/document.ts";
import { loadPeopleIn, loadPerson } from "../../person/state/files.ts";
import { parsePerson } from "../../person/state/parse.ts";
import { renamed } from "../../person/state/rename.ts";
import { TinyPerson } from "../../person/tiny-person.ts";
import { isPackagedName, loadFragment, packagedFragment, packagedPersona } from "../../persona/files.ts";
import { type Fragment, layFragment } from "../../persona/fragment.ts";
import { misspeltKeys } from "../../persona/lint.ts";
import { languagesOf } from "../../persona/prose.ts";
import type { Persona } from "../../persona/schema.ts";
import { isPopulationFolder, loadPopulation, type PopulationSubset } from "../../population/folder/load.ts";

/** How somebody enters a run. */
export interface CastOptions extends PersonOptions {
  /** Laid over the persona in this order: fragments, their files, or names of packaged ones. */
  readonly fragments?: readonly (string | Fragment)[];
  /** Another name than the source has; in what it says and remembers, the new one takes the place of the old. */
  readonly name?: string;
  /** `false` brings who the person is and how they were set up, without what they lived through. */
  readonly memories?: boolean;
}

/** How several people enter a run; of a population, who of it. */
export interface LoadPeopleOptions extends Omit<CastOptions, "name">, PopulationSubset {}

/** Where a run's people and fragments are read from, and who is told what is odd about them. */
export interface Sources {
  pathOf(path: string): string;
  readonly watch: Listener;
}

/** Somebody from data, a file, the name of a packaged persona, or another person. */
export async function personOf(source: string | object, sources: Sources): Promise<SavedPerson> {
  if (source instanceof TinyPerson) return source.snapshot();
  if (typeof source !== "string") return told(parsePerson(source), sources).person;
  if (isPackagedName(source)) return parsePerson(await packagedPersona(source)).person;
  return told(await loadPerson(sources.pathOf(source)), sources).person;
}

/** Everybody whom these sources name, in their order; a folder is everybody in it, a population the subset of it. */
export async function peopleOf(
  given: readonly string[],
  subset: PopulationSubset,
  sources: Sources,
): Promise<readonly SavedPerson[]> {
  const unnamed = given.find((source: unknown) => typeof source !== "string");
  if (unnamed !== undefined) throw noSource(unnamed);
  const read = given.map(async (source): Promise<readonly SavedPerson[]> => {
    const path = sources.pathOf(source);
    if (await isPopulationFolder(path)) return ofPopulation(path, subset, sources);
    if (subset.where !== undefined) throw noPopulation(source, "where");
    if (!isPackagedName(source) && (await isFolder(path))) {
      return told(await loadPeopleIn(path), sources).people.slice(0, subset.first);
    }
    if (subset.first !== undefined) throw noPopulation(source, "first");
    return [await personOf(source, sources)];
  });
  return (await Promise.all(read)).flat();
}

/** Those of a population, and what of its folder should be known. */
async function ofPopulation(folder: string, subset: PopulationSubset, { watch }: Sources) {
  const { people, edited, missing } = await loadPopulation(folder, subset);
  const warnings = [
    ...(edited.length > 0 ? [`${folder}: changed by hand since it was generated: ${edited.join(", ")}.`] : []),
    ...(missing.length > 0 ? [`${folder}: ${missing.length} of those who were drawn have no persona.`] : []),
    ...(people.length === 0 ? [`${folder}: nobody there is as wanted.`] : []),
  ];
  for (const message of warnings) watch({ type: "warning", message });
  return people.map(({ persona, origin }) => ({ ...parsePerson(persona).person, ...(origin && { origin }) }));
}

function noSource(given: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError(
    "OPTION_INVALID",
    "People are loaded from files, folders or packaged names, all of them texts.",
    {
      data: { option: "sources", value: given },
      hint: 'Options go behind a list: loadPeople(["lisa"], { faculties: [] }). Somebody from data enters by `person`.',
    },
  );
}

function noPopulation(source: string, option: keyof PopulationSubset): TinyTroupeError<"OPTION_INVALID"> {
  const among = option === "first" ? "the people of a folder" : "a population";
  return new TinyTroupeError("OPTION_INVALID", `'${option}' chooses among ${among}, and ${source} is none.`, {
    data: { option },
    hint: "Name a folder with a population.json, as `generatePopulation` makes it.",
  });
}

async function isFolder(path: string): Promise<boolean> {
  // What cannot be looked at is told by whoever reads it next.
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Fragments from data, files, or names of packaged ones. */
export function fragmentsOf(
  given: readonly (string | Fragment)[] = [],
  sources: Sources,
): Promise<readonly Fragment[]> {
  return Promise.all(
    given.map(async (source) => {
      if (typeof source !== "string") return source;
      if (isPackagedName(source)) return packagedFragment(source);
      return told(await loadFragment(sources.pathOf(source)), sources).fragment;
    }),
  );
}

/** The person as the run wants them: under which name, with or without what they lived through, with what laid over. */
export async function asCast(saved: SavedPerson, options: CastOptions, sources: Sources): Promise<SavedPerson> {
  const { life: _lived, ...bare } = saved;
  const wanted = options.memories === false ? bare : saved;
  const { person } = options.name === undefined ? { person: wanted } : told(renamed(wanted, options.name), sources);
  const fragments = await fragmentsOf(options.fragments, sources);
  return { ...person, persona: fragments.reduce((under, fragment) => layFragment(under, fragment), person.persona) };
}

/** Rules of safety, from those that count least: how the person was saved, what the run settles, what is said of them. */
export function safetyOf(...layers: readonly PersonOptions["safety"][]): Partial<Safety> {
  const set = layers.flatMap((layer = {}) => Object.entries(layer).filter(([, rule]) => rule !== undefined));
  return Object.fromEntries(set);
}

/** What those who play with a saved person should know of them. */
export function cautions({ persona, life, options }: SavedPerson, safety: Partial<Safety>): readonly string[] {
  const rules = Object.entries(options?.safety ?? {}).filter(
    ([rule, on]) => !on && safety[rule as keyof Safety] === false,
  );
  const rehearsed = life?.episodes.some((episode) => episode.kind === "turn" && episode.heuristic) ?? false;
  return [
    ...misspeltKeys(persona).map(({ path, message }) => `${persona.name}: '${path}' ${message}`),
    ...rules.map(([rule]) => `${persona.name}: the safety rule ${rule} is off, since the file says so.`),
    ...(rehearsed ? [`${persona.name} remembers what a program played by rules: it is no insight.`] : []),
  ];
}

/** What is odd about whom the rehearsal plays: it has no language that they speak. */
export function languageCaution(persona: Persona): string | undefined {
  const languages = languagesOf(persona) ?? [];
  if (languages.length === 0 || languages.some((language) => languageNamed(language) !== undefined)) return undefined;
  return `The rehearsal does not speak ${languages.join(" or ")}: ${persona.name} answers in English.`;
}

function told<Found extends { readonly warnings: readonly string[] }>(found: Found, { watch }: Sources): Found {
  for (const message of found.warnings) watch({ type: "warning", message });
  return found;
}
