import { createRandom, type Random } from "../../kernel/values/random.ts";
import type { Draw, SamplingMethod } from "../draw.ts";
import { boosted, type Joint, jointOf } from "../joint/joint.ts";
import { classesIn, homeOf, type Table } from "../joint/tree/tables.ts";
import { reportOn, type SamplingReport } from "../report/report.ts";
import type { Level, Specification } from "../specification/schema.ts";
import { columnsOf } from "./columns.ts";
import { type Matched, matchHouseholds } from "./households/households.ts";
import { coverWith } from "./points/cover.ts";
import { latinHypercube, scrambledHalton } from "./points/points.ts";
import { checkQuotas } from "./quota/boosted.ts";
import { drawByQuota } from "./quota/quota.ts";
import { drawAtRandom } from "./random.ts";
import { checkedSize } from "./size.ts";
import { drawByStrata } from "./strata.ts";
import { valuesOf } from "./values.ts";

/** How many people are drawn, and how. */
export interface SampleOptions {
  /** Default: what the specification says. */
  readonly size?: number;
  /** Where all chance comes from; the same seed draws the same people. */
  readonly seed: number | string;
  /**
   * `quota`: every figure within rounding. `stratified`: each stratum of the specification has its share, and who is
   * drawn of it is chance. `random`: everybody is drawn independently. `latin hypercube` and `halton`: people who
   * cover the range of every dimension evenly. Default: `quota`.
   */
  readonly method?: SamplingMethod;
  /**
   * By how much figures that do not quite fit together may give way to each other, as a share of all people. Default:
   * 0.005, as shares in whole percents are rounded.
   */
  readonly tolerance?: number;
}

/** People who were drawn, and how they compare with what was asked. */
export interface Sample {
  readonly people: readonly Draw[];
  readonly report: SamplingReport;
}

/**
 * Draws people from a specification, without a model. Dimensions that nothing ties together are independent; the
 * others have the distribution with the most entropy of all that meet the figures (Jaynes 1957), and combinations that
 * are ruled out never come up. Throws OPTION_INVALID where no size is known, and SPECIFICATION_CONFLICT where the
 * figures cannot be met together, with the parts that contradict each other.
 * @example
 * const shares = { tea: 0.6, coffee: 0.4 };
 * const drinkers = { specification: 1, name: "Drinkers", dimensions: { drink: { kind: "categorical", shares } } };
 * const { people } = await samplePopulation(drinkers, { size: 10, seed: 7 });
 * people.filter(({ values }) => values.drink === "tea").length; // => 6
 */
export async function samplePopulation(specification: Specification, options: SampleOptions): Promise<Sample> {
  const size = checkedSize(specification, options.size);
  const { seed, method = "quota", tolerance } = options;
  const random = createRandom(seed).fork("population");
  const strata = method === "stratified" ? (specification.strata ?? []) : [];
  const joint = await jointOf(specification, { size, together: strata, ...(tolerance !== undefined && { tolerance }) });
  const tables = boosted(joint);
  if (joint.boosts.length > 0) checkQuotas(joint, tables, size);
  const { cellOf, within } = await drawn(joint, tables, { method, size, random: random.fork(method), strata });
  const columns = columnsOf(tables, cellOf, joint.levels.length);
  const weights = weightsOf(joint, cellOf, size);
  const values = joint.levels.map((levels, place) =>
    valuesOf(levels, columns[place] as Uint16Array, {
      random: random.fork(`values/${levels.id}`),
      within: within?.get(place),
    }),
  );
  const home =
    specification.households &&
    matchHouseholds(specification.households, {
      levels: joint.levels,
      columns,
      values,
      size,
      random: random.fork("households"),
    });
  const people = peopleOf({ ids: joint.levels.map(({ id }) => id), values, weights, home });
  const drawing = { specification, joint, tables, cellOf, weights, size, seed, method };
  const report = await reportOn({ ...drawing, ...(home && { households: home.report }) });
  return { people, report };
}

interface Values {
  readonly ids: readonly string[];
  readonly values: readonly (readonly Level[])[];
  readonly weights: Float64Array;
  readonly home: Matched | undefined;
}

function peopleOf({ ids, values, weights, home }: Values): readonly Draw[] {
  const digits = Math.max(4, String(weights.length).length);
  const idOf = (place: number): string => String(place + 1).padStart(digits, "0");
  return Array.from(weights, (weight, person) => {
    const partner = home?.partnerOf[person] ?? -1;
    const household = home && {
      id: `h${idOf(home.householdOf[person] as number)}`,
      ...(partner >= 0 && { partner: idOf(partner) }),
    };
    return {
      id: idOf(person),
      values: Object.fromEntries(ids.map((id, place) => [id, values[place]?.[person] ?? ""])),
      weight,
      ...(household && { household }),
    };
  });
}

interface Drawing {
  readonly method: SamplingMethod;
  readonly size: number;
  readonly random: Random;
  readonly strata: readonly string[];
}

interface Drawn {
  readonly cellOf: readonly Int32Array[];
  readonly within?: ReadonlyMap<number, Float64Array>;
}

async function drawn(
  joint: Joint,
  tables: readonly Table[],
  { method, size, random, strata }: Drawing,
): Promise<Drawn> {
  switch (method) {
    case "quota":
      return { cellOf: await drawByQuota(joint, tables, { size, random }) };
    case "random":
      return { cellOf: drawAtRandom(tables, { size, random }) };
    case "stratified": {
      const first = drawByStrata(joint, tables[0] as Table, { strata, size, random: random.fork("strata") });
      return { cellOf: drawAtRandom(tables, { size, random }, first) };
    }
    case "latin hypercube":
      return coverWith(tables, size, latinHypercube(size, random));
    case "halton":
      return coverWith(tables, size, scrambledHalton(size, random));
  }
}

/** What undoes the boosts: one over how many times their share people of a group were drawn, on average one. */
function weightsOf({ tables, boosts }: Joint, cellOf: readonly Int32Array[], size: number): Float64Array {
  const weights = new Float64Array(size).fill(1);
  for (const { scope, mask, times } of boosts) {
    const home = homeOf(tables, scope);
    const classes = classesIn(tables[home] as Table, { scope, classOf: Int32Array.from(mask) });
    const cells = cellOf[home] as Int32Array;
    for (let person = 0; person < size; person++)
      if (classes[cells[person] as number] === 1) weights[person] = (weights[person] as number) / times;
  }
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / size;
  return weights.map((weight) => weight / mean);
}
