import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type Instrument,
  itemsOf,
  loadPopulation,
  type Persona,
  partsOf,
  type Simulation,
  type TinyPerson,
  TinyTroupeError,
  type WideRow,
} from "../../../index.ts";

/** What tells people apart who are asked, by name. */
export type Attributes = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Whether a folder is one of a population. */
export const isPopulation = (folder: string): boolean => existsSync(join(folder, "population.json"));

/** With what people were drawn; of those who were not, their age, gender and occupation. */
export async function attributesOf(
  simulation: Simulation,
  people: readonly TinyPerson[],
  sources: readonly string[],
): Promise<Attributes> {
  const folders = sources.map((one) => simulation.pathOf(one)).filter(isPopulation);
  const populations = await Promise.all(folders.map((folder) => loadPopulation(folder)));
  const drawn = new Map(populations.flatMap((one) => one.people.map(({ name, draw }) => [name, draw.values] as const)));
  return new Map(people.map(({ name, persona }) => [name, drawn.get(name) ?? described(persona)]));
}

function described({ age, gender, occupation }: Persona): Readonly<Record<string, unknown>> {
  const work = typeof occupation === "object" ? occupation.title : occupation;
  return {
    ...(age !== undefined && { age }),
    ...(gender !== undefined && { gender }),
    ...(work !== undefined && { occupation: work }),
  };
}

/** By respondent, what they are told apart by. Throws OPTION_INVALID for what nobody has. */
export function segmentsOf(
  respondents: readonly { readonly respondent: string; readonly name: string }[],
  attributes: Attributes,
  by: string,
): ReadonlyMap<string, string> {
  const known = [...new Set([...attributes.values()].flatMap((own) => Object.keys(own)))];
  if (!known.includes(by)) {
    throw new TinyTroupeError("OPTION_INVALID", `Nobody of these people has '${by}'.`, {
      data: { option: "--by", value: by },
      hint: known.length === 0 ? "Ask the people of a population." : `They have: ${known.join(", ")}.`,
    });
  }
  return new Map(
    respondents.flatMap(({ respondent, name }) => {
      const value = attributes.get(name)?.[by];
      return value === undefined ? [] : [[respondent, String(value)] as const];
    }),
  );
}

/** What of respondents is no answer. */
interface Beside {
  readonly attributes: Attributes;
  /** By respondent, where figures are weighed. */
  readonly weights: ReadonlyMap<string, number> | undefined;
  readonly instrument: Instrument;
}

/**
 * Rows of respondents with what tells them apart, and what they weigh, before what they answered; what is called as an answer
 * is, as `age (person)`.
 */
export function rowsWith(rows: readonly WideRow[], { attributes, weights, instrument }: Beside): readonly object[] {
  const answers = new Set(itemsOf(instrument).flatMap((item) => partsOf(item).map(({ id }) => id)));
  return rows.map(({ respondent, name, variant, sample, end, checks, ...given }) => {
    const base = { respondent, name, variant, sample, end, checks };
    const weight = weights === undefined ? {} : { weight: weights.get(respondent) ?? 0 };
    const own = Object.entries({ ...attributes.get(name), ...weight }).map(([id, value]) => {
      const isTaken = answers.has(id) || Object.hasOwn(base, id);
      return [isTaken ? `${id} (person)` : id, value] as const;
    });
    return { ...base, ...Object.fromEntries(own), ...given };
  });
}
