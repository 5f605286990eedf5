import { stat } from "node:fs/promises";
import { join } from "node:path";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { slug } from "../../kernel/values/ids.ts";
import { loadPersona, savePersona } from "../../persona/files.ts";
import type { Draw } from "../draw.ts";
import type { GeneratedPerson, PersonResult } from "../generation/people.ts";
import { lockFolder } from "./lock.ts";
import {
  type Manifest,
  type ManifestEntry,
  manifestFile,
  type PopulationCost,
  readManifest,
  writeManifest,
} from "./manifest.ts";

/** What a folder is to hold; that of an earlier start has to be the same. */
export type Plan = Omit<
  Manifest,
  "format" | "simulated" | "specificationHash" | "size" | "cost" | "runs" | "people" | "deleted"
> & {
  readonly draws: readonly Draw[];
  /** People are added to those who are in the folder: they come one by one, as interviews do. */
  readonly grows?: boolean;
};

/** A folder while people are made in it: nobody else writes there. */
export interface Workshop {
  /** Everybody's name, in the order of the draws. */
  readonly entries: readonly ManifestEntry[];
  /** Those who are still to be made. */
  readonly missing: readonly ManifestEntry[];
  /** Keeps what came of somebody: a file, or why there is none. Throws FILE_UNWRITABLE. */
  keep(result: PersonResult): Promise<void>;
  /** Tells what the folder holds by now and what a run paid for it, and lets go of it. */
  close(run: string, paid: PopulationCost | undefined): Promise<Manifest>;
}

/** How a folder is opened. */
export interface WorkshopOptions {
  /** Gives names to those who have none yet; those of the folder hold, and are taken. */
  readonly namesFor: (draws: readonly Draw[], taken: readonly string[]) => Promise<readonly string[]>;
  /** Nothing is written, and nobody is kept out: a rehearsal of what would be made. */
  readonly isRehearsal: boolean;
}

/**
 * Opens a folder for a plan, or goes on with it where it was: whoever is there already, whole, is not made again.
 * Throws STORE_LOCKED, POPULATION_INVALID, and FILE_UNWRITABLE where the folder holds another population.
 */
export async function openWorkshop(
  folder: string,
  plan: Plan,
  { namesFor, isRehearsal }: WorkshopOptions,
): Promise<Workshop> {
  const lock = isRehearsal ? undefined : await lockFolder(folder);
  try {
    const isBegun = await isThere(manifestFile(folder));
    const before = isBegun ? await goingOn(folder, plan) : begun(plan);
    const manifest = await withNewcomers(before, plan, namesFor);
    if (lock === undefined) return workshop(manifest, async () => undefined, { write: async () => undefined });
    await writeManifest(folder, manifest);
    const save: Save = ({ file }, { persona, origin }) => savePersona(join(folder, file), persona, origin);
    return workshop(manifest, save, { write: (whole) => writeManifest(folder, whole), release: lock.release });
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

type Save = (entry: ManifestEntry, person: GeneratedPerson) => Promise<void>;

interface Ending {
  readonly write: (manifest: Manifest) => Promise<void>;
  readonly release?: () => Promise<void>;
}

function workshop(manifest: Manifest, save: Save, { write, release }: Ending): Workshop {
  const entries = new Map(manifest.people.map((entry) => [entry.id, entry]));
  return {
    entries: manifest.people,
    missing: manifest.people.filter(({ hash }) => hash === undefined),
    keep: async (result) => {
      const entry = entries.get(result.draw.id);
      if (entry === undefined) return;
      const { failed, ...rest } = entry;
      if ("error" in result) {
        const { code, message } = result.error;
        entries.set(entry.id, { ...rest, failed: { code, message, times: (failed?.times ?? 0) + 1 } });
      } else {
        await save(entry, result);
        entries.set(entry.id, { ...rest, name: result.persona.name, hash: digestJson(result.persona) });
      }
    },
    close: async (run, paid) => {
      try {
        const runs = paid === undefined ? manifest.runs : { ...manifest.runs, [run]: paid };
        const whole = { ...manifest, cost: sumOf(Object.values(runs)), runs, people: [...entries.values()] };
        await write(whole);
        return whole;
      } finally {
        await release?.();
      }
    },
  };
}

function begun({ draws: _later, grows: _how, ...plan }: Plan): Manifest {
  return {
    ...{ format: 1, simulated: true, name: plan.name },
    ...(plan.specification && { specification: plan.specification, specificationHash: digestJson(plan.specification) }),
    ...plan,
    ...{ size: 0, cost: sumOf([]), runs: {}, people: [] },
  };
}

/** With those who are not in the folder yet, each with a name and a file. */
async function withNewcomers(
  manifest: Manifest,
  { draws }: Plan,
  namesFor: WorkshopOptions["namesFor"],
): Promise<Manifest> {
  const known = new Set([...manifest.people, ...(manifest.deleted ?? [])].map(({ id }) => id));
  const coming = draws.filter(({ id }) => !known.has(id));
  if (coming.length === 0) return manifest;
  const taken = manifest.people.map(({ name }) => name);
  const names = await namesFor(coming, taken);
  const people = [...manifest.people, ...coming.map((draw, index) => entryOf(draw, names[index] as string))];
  return { ...manifest, size: people.length + (manifest.deleted?.length ?? 0), people };
}

function entryOf({ id, values, weight, household }: Draw, name: string): ManifestEntry {
  const file = `people/${[slug(id, 40), ...(name === id ? [] : [slug(name, 100)])].join("-")}.json`;
  return { id, name, file, weight, ...(household && { household }), draw: { ...values } };
}

/** An earlier start of the same: what was written whole before it was killed counts, though nothing says so yet. */
async function goingOn(folder: string, plan: Plan): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const other = differenceOf(manifest, plan);
  if (other !== undefined) throw taken(folder, other);
  const people = await Promise.all(
    manifest.people.map(async (entry) => (entry.hash === undefined ? found(folder, entry) : entry)),
  );
  return { ...manifest, people };
}

async function found(folder: string, entry: ManifestEntry): Promise<ManifestEntry> {
  const file = join(folder, entry.file);
  if (!(await isThere(file))) return entry;
  const { persona } = await loadPersona(file);
  const { failed: _before, ...rest } = entry;
  return { ...rest, name: persona.name, hash: digestJson(persona) };
}

function differenceOf(manifest: Manifest, { draws, grows, ...plan }: Plan): string | undefined {
  if (digestJson(manifest.specification ?? null) !== digestJson(plan.specification ?? null)) return "specification";
  const drawn = new Map(manifest.people.map(({ id, draw }) => [id, draw]));
  const deleted = new Set(manifest.deleted?.map(({ id }) => id));
  const wanted = draws.filter(({ id }) => !deleted.has(id));
  if (grows) {
    const changed = wanted.find(({ id, values }) => drawn.has(id) && digestJson(drawn.get(id)) !== digestJson(values));
    if (changed !== undefined) return `source of ${changed.id}`;
    if (manifest.method !== plan.method) return "kind of source";
  } else if (digestJson([...drawn]) !== digestJson(wanted.map(({ id, values }) => [id, values]))) return "sample";
  return (["model", "depth", "about"] as const).find((field) => manifest[field] !== plan[field]);
}

function taken(folder: string, other: string): TinyTroupeError<"FILE_UNWRITABLE"> {
  const file = manifestFile(folder);
  return new TinyTroupeError("FILE_UNWRITABLE", `${folder} holds another population: its ${other} is another.`, {
    data: { file },
    hint: "Name another folder, or give what the population there was begun with; population.json says it.",
  });
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

function sumOf(costs: readonly PopulationCost[]): PopulationCost {
  const sum = (field: "calls" | "input" | "output"): number => costs.reduce((total, cost) => total + cost[field], 0);
  const usd = costs.reduce<number | null>(
    (total, cost) => (total === null || cost.usd === null ? null : total + cost.usd),
    0,
  );
  return { calls: sum("calls"), input: sum("input"), output: sum("output"), usd };
}
