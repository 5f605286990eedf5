import { homophily } from "../../../insight/network/homophily.ts";
import { measureNetwork } from "../../../insight/network/measures.ts";
import { spreadOf } from "../../../insight/network/spread.ts";
import type { SocialGraph } from "../../../kernel/contracts/world/network.ts";
import { patternIn } from "../../../kernel/text/written.ts";
import { type Homophily, type KeptTables, keptTables, type Spread } from "../../document/kept.ts";
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
    if (measure === undefined) scene.tables.set(as, known[of] ?? []);
    else if ("spread" in measure) scene.tables.set(as, await spreadRows(measure.spread, scene));
    else if (network !== undefined) {
      tellOfStrangeTypes(measure.homophily, network, scene);
      scene.tables.set(as, homophilyRows(measure.homophily, network, scene));
    }
  }
}

function networkTables(graph: SocialGraph): Readonly<Record<string, readonly Row[]>> {
  const { network, people } = measureNetwork(graph);
  return { positions: people.map((row) => ({ ...row })), network: [{ ...network }] };
}

/** Types of relations that there are none of by now: they may come, or be misspelt. */
function tellOfStrangeTypes({ types = [] }: Homophily, network: SocialGraph, { simulation }: Scene): void {
  const known = [...new Set([...network.relations()].map(({ type }) => type))];
  for (const type of types.filter((one) => !known.includes(one))) {
    const message = `homophily: nobody is related as '${type}'. There are: ${known.join(", ") || "no relations"}.`;
    simulation.context.watch({ type: "warning", message });
  }
}

function homophilyRows({ by, types, table }: Homophily, network: SocialGraph, scene: Scene): readonly Row[] {
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

async function spreadRows({ statement }: Spread, { simulation }: Scene): Promise<readonly Row[]> {
  const rows = spreadOf(await Array.fromAsync(simulation.story()), patternIn(statement) ?? statement);
  return rows.map(({ name, how, from = null, step = null, time, generation, passedOn, event }) => ({
    ...{ person: name, how, from, step, ...(time !== undefined && { time }) },
    ...{ generation, passedOn, event },
  }));
}
