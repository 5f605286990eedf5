import { communitiesOf } from "../../../insight/network/communities.ts";
import { homophily } from "../../../insight/network/homophily.ts";
import { measureNetwork } from "../../../insight/network/measures.ts";
import { spreadOf } from "../../../insight/network/spread.ts";
import type { SocialGraph } from "../../../kernel/contracts/world/network.ts";
import { patternIn } from "../../../kernel/text/written.ts";
import {
  type Communities,
  type Homophily,
  type KeptTables,
  keptTables,
  type Measure,
  type Spread,
} from "../../document/kept.ts";
import { placeIn, type Scene } from "../scene.ts";
import { addedColumns, type Row } from "../tables.ts";
import { comparable, comparedIn } from "./compared.ts";

/** Takes tables that the world keeps home, as they are by now, and measures what is to be measured. */
export async function bringHome(wanted: KeptTables, scene: Scene): Promise<void> {
  const { tables = {}, network } = placeIn(scene);
  const kept = keptTables(wanted);
  const isMeasured = network !== undefined && kept.some(({ of }) => of === "positions" || of === "network");
  const known = { ...tables, ...(isMeasured && networkTables(network)) };
  for (const { of, as, measure } of kept) {
    scene.tables.set(as, measure === undefined ? (known[of] ?? []) : await measuredRows(measure, network, scene));
  }
}

async function measuredRows(measure: Measure, network: SocialGraph | undefined, scene: Scene): Promise<readonly Row[]> {
  if ("spread" in measure) return spreadRows(measure.spread, scene);
  if (network === undefined) return [];
  if ("communities" in measure) return communityRows(measure.communities, network, scene);
  return homophilyRows(measure.homophily, network, scene);
}

function networkTables(graph: SocialGraph): Readonly<Record<string, readonly Row[]>> {
  const { network, people } = measureNetwork(graph);
  return { positions: people.map((row) => ({ ...row })), network: [{ ...network }] };
}

type Related = Pick<Scene, "simulation"> & { readonly network: SocialGraph };

/** Types of relations that there are none of by now: they may come, or be misspelt. */
function tellOfStrangeTypes(measure: string, types: readonly string[] = [], { simulation, network }: Related): void {
  const known = [...new Set([...network.relations()].map(({ type }) => type))];
  for (const type of types.filter((one) => !known.includes(one))) {
    const message = `${measure}: nobody is related as '${type}'. There are: ${known.join(", ") || "no relations"}.`;
    simulation.context.watch({ type: "warning", message });
  }
}

/** Those of the largest community first. */
async function communityRows({ types }: Communities, network: SocialGraph, scene: Scene): Promise<readonly Row[]> {
  tellOfStrangeTypes("communities", types, { ...scene, network });
  const { people, modularity = null } = await communitiesOf(network, types && { types });
  const sizes = Map.groupBy(people, ({ community }) => community);
  return people
    .toSorted((one, other) => one.community - other.community)
    .map(({ name, community }) => {
      return { person: name, community, size: sizes.get(community)?.length ?? 0, modularity };
    });
}

function homophilyRows({ by, types, table }: Homophily, network: SocialGraph, scene: Scene): readonly Row[] {
  tellOfStrangeTypes("homophily", types, { ...scene, network });
  const valueIn = table === undefined ? inPersonas(scene) : inTable(scene.tables.get(table) ?? []);
  return [by].flat().map((attribute) => {
    const compared = (person: SocialGraph["people"][number]) => valueIn(person, attribute);
    const found = homophily(network, compared, { attribute, ...(types && { types }) });
    return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, value ?? null]));
  });
}

/** What is compared of somebody. */
type Values = (person: SocialGraph["people"][number], by: string) => string | number | undefined;

function inPersonas({ people }: Scene): Values {
  const personas = new Map(people.map(({ id, persona }) => [id, persona]));
  return ({ id }, by) => {
    const persona = personas.get(id);
    return persona && comparedIn(persona, by);
  };
}

/** By the first row of each. */
function inTable(rows: readonly Row[]): Values {
  const own = new Map(rows.toReversed().map((row) => [row[addedColumns.person], row]));
  return ({ name }, by) => comparable(own.get(name)?.[by]);
}

async function spreadRows({ statement, broadcasts = true }: Spread, { simulation }: Scene): Promise<readonly Row[]> {
  const story = await Array.fromAsync(simulation.story());
  const rows = spreadOf(story, patternIn(statement) ?? statement, { broadcasts });
  return rows.map(({ name, how, from = null, step = null, time, generation, passedOn, event }) => ({
    ...{ person: name, how, from, step, ...(time !== undefined && { time }) },
    ...{ generation, passedOn, event },
  }));
}
