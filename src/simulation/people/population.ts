import { slug } from "../../kernel/values/ids.ts";
import type { Draw } from "../../population/draw.ts";
import type { Manifest, PopulationCost } from "../../population/folder/manifest.ts";
import { openWorkshop, type Plan, type Workshop } from "../../population/folder/workshop.ts";
import { generatePeople, namesFor } from "../../population/generation/generate.ts";
import type { GeneratePeopleOptions } from "../../population/generation/people.ts";
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
 * nor is anybody paid for whose answer the run has; who failed is tried once more. Where effects are simulated, as in dry runs, nothing is written. Throws as `generatePeople`, with
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
  const place = simulation.context.fork(placeOfPopulation(plan.name));
  const folder = simulation.pathOf(options.folder);
  const workshop = await openWorkshop(folder, plan, {
    namesFor: () => namesFor(place, draws, options),
    isRehearsal: simulation.context.simulating === true,
  });
  let manifest: Manifest | undefined;
  try {
    const missing = new Map(workshop.missing.map((entry) => [entry.id, entry]));
    const names = new Map(workshop.entries.map(({ id, name }) => [id, name]));
    const left = draws.filter(({ id }) => missing.has(id));
    await generatePeople(place, left, {
      ...options,
      names: left.map(({ id }) => names.get(id) as string),
      nameOf: (id) => names.get(id),
      // Asked in the same place, an answer that was no use would only be read again.
      placeOf: (id) => [id, ...(missing.get(id)?.failed ? [missing.get(id)?.failed?.times] : [])].join(":"),
      onPerson: async (result) => {
        await workshop.keep(result);
        await options.onPerson?.(result);
      },
    });
  } finally {
    manifest = await closed(workshop, simulation, place.scope);
  }
  return manifest;
}

/** The place of a population in a run: the same whenever it is opened again. */
const placeOfPopulation = (name: string): string => `population:${slug(name, 60)}`;

async function planOf(
  { seed, choice, context }: Simulation,
  draws: readonly Draw[],
  options: GeneratePopulationOptions,
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

/** A stopped run may not tell any more what it paid: the people are kept all the same. */
async function closed(workshop: Workshop, simulation: Simulation, scope: string): Promise<Manifest> {
  const spent = await simulation.spent().catch(() => undefined);
  return workshop.close(simulation.run, spent && costIn(spent.by("scope"), scope));
}

type Rows = ReturnType<Awaited<ReturnType<Simulation["spent"]>>["by"]>;

function costIn(rows: Rows, scope: string): PopulationCost {
  const own = rows.filter((row) => row.scope?.startsWith(`${scope}/`));
  const sum = (field: "calls" | "input" | "output" | "usd" | "unpriced"): number =>
    own.reduce((total, row) => total + row[field], 0);
  return {
    ...{ calls: sum("calls"), input: sum("input"), output: sum("output") },
    usd: sum("unpriced") > 0 ? null : Number(sum("usd").toPrecision(9)),
  };
}
