import { isAbsolute, relative } from "node:path";
import type { Context } from "../../kernel/contracts/context.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { Draw } from "../../population/draw.ts";
import type { Manifest, PopulationCost } from "../../population/folder/manifest.ts";
import { openWorkshop, type Plan } from "../../population/folder/workshop.ts";
import { generatePeople, namesFor } from "../../population/generation/generate.ts";
import type { GeneratePeopleOptions, PersonResult } from "../../population/generation/people.ts";
import { packageVersion } from "../../population/package-version.ts";
import type { Simulation } from "../simulation.ts";

/** How a folder of people is made. */
export interface GeneratePopulationOptions extends Omit<GeneratePeopleOptions, "taken"> {
  /** Where it is, from the folder of the study. */
  readonly folder: string;
  /** What it is called: the specification's name, unless told. */
  readonly name?: string;
  /** How the people were drawn, and by which seed: that of the run, unless told. */
  readonly method?: string;
  readonly seed?: number | string;
}

/**
 * Makes people of draws, and a folder of them: a persona a file, and `population.json` with what they were made from and
 * by. A folder that was begun with the same draws, model and depth is gone on with: whoever is there is not made again,
 * nor is anybody paid for whose answer the run has; who failed is tried once more. Where effects are
 * simulated, as in dry runs, nothing is written outside of the run's results. Throws as `generatePeople`, with
 * whoever was made in the folder; STORE_LOCKED while another program makes people there, and FILE_UNWRITABLE where the
 * folder holds another population.
 * @example
 * const draws = [{ id: "0001", values: { age: 44, sex: "female" }, weight: 1 }];
 * const { people } = await generatePopulation(simulation, draws, { folder: "porto", about: "Adults in Porto" });
 */
export async function generatePopulation(
  simulation: Simulation,
  draws: readonly Draw[],
  options: GeneratePopulationOptions,
): Promise<Manifest> {
  const plan = await planOf(simulation, draws, options);
  return inFolder(simulation, { ...options, plan }, async ({ place, left, names, placeOf, keep }) => {
    await generatePeople(place, left, {
      ...options,
      names: left.map(({ id }) => names.get(id) as string),
      nameOf: (id) => names.get(id),
      placeOf,
      onPerson: keep,
    });
  });
}

/** A folder in which people are made of what is planned. */
interface Folder extends Pick<GeneratePeopleOptions, "names" | "specification" | "about" | "onPerson"> {
  readonly folder: string;
  readonly plan: Plan;
  /** Names by id that are known beforehand. */
  readonly given?: ReadonlyMap<string, string>;
}

/** What is left to be made in a folder. */
interface Work {
  /** The place of the population in the run: the same whenever it is opened again. */
  readonly place: Context;
  readonly left: readonly Draw[];
  readonly names: ReadonlyMap<string, string>;
  /** The name of somebody's place: asked in the same place, an answer that was no use would only be read again. */
  readonly placeOf: (id: string) => string;
  readonly keep: (result: PersonResult) => Promise<void>;
}

/** Opens a folder, has made who is missing there, and tells in its manifest what came of it and what it cost. */
export async function inFolder(
  simulation: Simulation,
  { folder, plan, given = new Map(), onPerson, ...naming }: Folder,
  make: (work: Work) => Promise<void>,
): Promise<Manifest> {
  const place = simulation.context.fork(`population:${slug(plan.name, 60)}`);
  const workshop = await openWorkshop(simulation.pathOf(folder), plan, {
    namesFor: async (draws, taken) => {
      const nameless = draws.filter(({ id }) => !given.has(id));
      const known = [...taken, ...given.values()];
      const names = nameless.length === 0 ? [] : await namesFor(place, nameless, { ...naming, taken: known });
      const found = new Map([...given, ...nameless.map(({ id }, index) => [id, names[index] as string] as const)]);
      return draws.map(({ id }) => found.get(id) as string);
    },
    isRehearsal: simulation.context.simulating === true && !isAmongResults(simulation, folder),
  });
  const missing = new Map(workshop.missing.map((entry) => [entry.id, entry]));
  const failures: unknown[] = [];
  const failed = (error: unknown): undefined => void failures.push(error);
  await make({
    place,
    left: plan.draws.filter(({ id }) => missing.has(id)),
    names: new Map(workshop.entries.map(({ id, name }) => [id, name])),
    placeOf: (id) => [id, ...(missing.get(id)?.failed ? [missing.get(id)?.failed?.times] : [])].join(":"),
    keep: async (result) => {
      await workshop.keep(result);
      await onPerson?.(result);
    },
  }).catch(failed);
  const paid = await paidIn(simulation, place.scope).catch(failed);
  const manifest = await workshop.close(simulation.run, paid).catch(failed);
  // Whoever was made is in the folder by now; what went wrong first is what is told.
  if (failures.length > 0) throw failures[0];
  return manifest as Manifest;
}

/** What a folder of these people says of itself. */
export async function planOf(
  { seed, choice, context }: Simulation,
  draws: readonly Draw[],
  options: Omit<GeneratePopulationOptions, "folder">,
): Promise<Plan> {
  const { specification, method, about, depth = "standard" } = options;
  return {
    name: options.name ?? specification?.name ?? "people",
    ...(specification !== undefined && { specification }),
    ...{ seed: String(options.seed ?? seed), ...(method !== undefined && { method }), draws },
    model: choice.spec,
    depth: context.models.actor.limits.following === "small" ? "sketch" : depth,
    ...(about !== undefined && { about }),
    tinytroupe: await packageVersion(),
  };
}

/** What a run paid in a scope, over all its openings. */
async function paidIn(simulation: Simulation, scope: string): Promise<PopulationCost> {
  const spent = await simulation.spent();
  const own = spent.by("scope").filter((row) => row.scope?.startsWith(`${scope}/`));
  const sum = (field: "calls" | "input" | "output" | "usd" | "unpriced"): number =>
    own.reduce((total, row) => total + row[field], 0);
  return {
    ...{ calls: sum("calls"), input: sum("input"), output: sum("output") },
    usd: sum("unpriced") > 0 ? null : Number(sum("usd").toPrecision(9)),
  };
}

/** The results of a dry run end with it, so that what is made there can be read again meanwhile. */
function isAmongResults(simulation: Simulation, folder: string): boolean {
  const path = relative(simulation.resultsFolder, simulation.pathOf(folder));
  return path !== "" && !path.startsWith("..") && !isAbsolute(path);
}
