import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { undefinedIfMissing } from "../../kernel/text/files/missing.ts";
import { checkKeys } from "../../kernel/text/known-keys.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { loadPersona } from "../../persona/files.ts";
import type { Origin } from "../../persona/origin/origin.ts";
import type { Persona } from "../../persona/schema.ts";
import type { Draw } from "../draw.ts";
import type { Where } from "../specification/schema.ts";
import { type Manifest, manifestFile, readManifest } from "./manifest.ts";
import { meets } from "./meets.ts";

/** Somebody of a population. */
export interface PopulationPerson {
  readonly draw: Draw;
  /** The persona's own name: a file that was edited may have another than the manifest. */
  readonly name: string;
  readonly persona: Persona;
  readonly file: string;
  /** Where the person comes from, where the file says so. */
  readonly origin?: Origin;
  /** The file no longer says what was generated. */
  readonly edited: boolean;
}

/** A folder of people, read whole. */
export interface Population {
  readonly folder: string;
  readonly manifest: Manifest;
  /** In the order of the draws. */
  readonly people: readonly PopulationPerson[];
  /** The files whose persona was changed after it was generated. */
  readonly edited: readonly string[];
  /** Who was drawn and has no file: by id, and why, where that is known. */
  readonly missing: readonly { readonly id: string; readonly why?: string }[];
  /** Files in `people/` that the manifest does not know. */
  readonly strangers: readonly string[];
}

/** Who of a population is read. */
export interface PopulationSubset {
  /** What must hold of their draw, dimension by dimension. */
  readonly where?: Where;
  /** So many at most, the first in the order of the draws. */
  readonly first?: number;
}

/** So many files are open at once. */
const together = 64;

/**
 * Reads a population folder and holds each persona against the hash that was kept when it was generated: what somebody
 * changed by hand is read as it is, and told. Throws FILE_UNREADABLE, POPULATION_INVALID, PERSONA_INVALID, and
 * OPTION_INVALID for a dimension that the population does not have.
 * @example
 * const { people } = await loadPopulation("populations/porto", { where: { age: { from: 65 } }, first: 10 });
 */
export async function loadPopulation(folder: string, subset: PopulationSubset = {}): Promise<Population> {
  checkKeys(subset, { where: true, first: true }, "the subset of a population");
  const manifest = await readManifest(folder);
  const { where = {}, first = Number.POSITIVE_INFINITY } = subset;
  checkDimensions(where, manifest);
  const chosen = manifest.people.filter(({ draw }) => meets(draw, where, manifest.specification));
  const there = chosen.filter(({ hash }) => hash !== undefined).slice(0, first);
  const people: PopulationPerson[] = [];
  for (let begin = 0; begin < there.length; begin += together) {
    people.push(...(await Promise.all(there.slice(begin, begin + together).map((entry) => readOne(folder, entry)))));
  }
  return {
    folder,
    manifest,
    people,
    edited: people.filter(({ edited }) => edited).map(({ file }) => file),
    missing: chosen
      .filter(({ hash }) => hash === undefined)
      .map(({ id, failed }) => ({ id, ...(failed && { why: `${failed.code} ${failed.message}` }) })),
    strangers: await strangersIn(folder, manifest),
  };
}

async function readOne(folder: string, entry: Manifest["people"][number]): Promise<PopulationPerson> {
  const { id, draw: values, weight, household } = entry;
  const file = join(folder, entry.file);
  const { persona, origin } = await loadPersona(file);
  const partner = household?.partner;
  const living = household && { household: { id: household.id, ...(partner !== undefined && { partner }) } };
  return {
    draw: { id, values, weight, ...living },
    ...{ name: persona.name, persona, file, edited: digestJson(persona) !== entry.hash },
    ...(origin && { origin }),
  };
}

async function strangersIn(folder: string, { people }: Manifest): Promise<readonly string[]> {
  const known = new Set(people.map(({ file }) => file));
  const within = join(folder, "people");
  const files = await readdir(within)
    .catch(undefinedIfMissing)
    .catch((cause: unknown) => {
      throw new TinyTroupeError("FILE_UNREADABLE", `Cannot look through ${within}: ${fileReason(cause)}.`, {
        data: { file: within },
        hint: "See who may read the folder.",
        cause,
      });
    });
  return (files ?? [])
    .map((name) => `people/${name}`)
    .filter((file) => file.endsWith(".json") && !known.has(file))
    .sort();
}

function checkDimensions(where: Where, manifest: Manifest): void {
  const known = [...new Set(manifest.people.flatMap(({ draw }) => Object.keys(draw)))];
  for (const dimension of Object.keys(where)) {
    if (known.includes(dimension)) continue;
    throw new TinyTroupeError("OPTION_INVALID", `The population ${manifest.name} has no dimension '${dimension}'.`, {
      data: { option: `where.${dimension}`, value: where[dimension] },
      hint: `It has: ${known.join(", ")}.`,
    });
  }
}

/** Whether a folder is one of a population. */
export function isPopulationFolder(folder: string): Promise<boolean> {
  return stat(manifestFile(folder)).then(
    () => true,
    () => false,
  );
}
