import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { effectiveSize } from "../../statistics/moments.ts";
import { degrees, facets, placesOf } from "./facets.ts";
import { type CorrelationRow, correlations } from "./measures/correlations.ts";
import { type Crosstab, crosstab } from "./measures/crosstab.ts";
import { type Distribution, distributionOf } from "./measures/distribution.ts";
import { degreeOf, type Orders } from "./measures/ordinal.ts";
import { type Member, membersOf } from "./people/people.ts";
import { valuesAt } from "./people/values.ts";

/** What to look at, and how. */
export interface ProfileOptions {
  /** Dotted places, as `occupation.title`. Default: what was drawn, and the sections of personas that somebody has. */
  readonly by?: readonly string[];
  /** Pairs of places against each other. */
  readonly cross?: readonly (readonly [down: string, across: string])[];
  /** Values of a list or category that have a row of their own. Default 15. */
  readonly top?: number;
  /** The values of ordinal places, from the lowest to the highest. */
  readonly orders?: Orders;
  /** Analyses of one's own: rows, by name. */
  readonly analyses?: Readonly<Record<string, (people: readonly Member[]) => readonly object[]>>;
  /** The parts of the specification whose figures nobody has checked, to be said in every report. */
  readonly unverified?: readonly string[];
}

/** A population in figures. */
export interface PopulationProfile {
  readonly simulated: true;
  readonly n: number;
  /** As many people of equal weight would tell as much (Kish). */
  readonly effectiveSize: number;
  /** Whether people count differently. */
  readonly weighted: boolean;
  readonly distributions: readonly Distribution[];
  readonly crosstabs: readonly Crosstab[];
  readonly correlations: readonly CorrelationRow[];
  readonly analyses: Readonly<Record<string, readonly object[]>>;
  readonly unverified: readonly string[];
  /** Who could not be read. */
  readonly remarks: readonly string[];
}

/**
 * A population in figures, without a model: distributions of dotted places, diversity, crosstabs, correlations with
 * p values corrected by Holm's method, and analyses of one's own. Personas may be of any shape (`membersOf`); weights
 * count. Throws OPTION_INVALID for a place in which nobody says anything.
 * @example
 * const { distributions } = await profilePopulation([{ name: "Ann", age: 41 }, { name: "Bo", age: 38 }], { by: ["age"] });
 * distributions[0]?.rows.map(({ value, people }) => `${value}: ${people}`); // => ["38: 1", "41: 1"]
 */
export async function profilePopulation(
  given: readonly unknown[],
  options: ProfileOptions = {},
): Promise<PopulationProfile> {
  const { by, cross = [], top, orders = {}, analyses = {}, unverified = [] } = options;
  const { people, remarks } = membersOf(given);
  for (const path of [...(by ?? []), ...cross.flat()]) checkPlace(people, path);
  const places = by ?? placesOf(people, facets);
  const scales = placesOf(people, [...degrees, ...Object.keys(orders)]).filter((path) =>
    people.some((person) => degreeOf(person, path, orders) !== undefined),
  );
  const tables: Crosstab[] = [];
  for (const [down, across] of cross) tables.push(await crosstab(people, down, across));
  const weights = people.map(({ weight }) => weight);
  return {
    simulated: true,
    n: people.length,
    effectiveSize: effectiveSize(weights),
    weighted: weights.some((weight) => weight !== weights[0]),
    distributions: places.map((path) => distributionOf(people, path, top === undefined ? {} : { top })),
    crosstabs: tables,
    correlations: await correlations(people, scales, orders),
    analyses: Object.fromEntries(Object.entries(analyses).map(([name, analyse]) => [name, analyse(people)])),
    unverified,
    remarks,
  };
}

function checkPlace(people: readonly Member[], path: string): void {
  if (people.some((person) => valuesAt(person, path).length > 0)) return;
  const known = placesOf(people, facets);
  throw new TinyTroupeError("OPTION_INVALID", `Nobody says anything in the place '${path}'.`, {
    data: { option: "by", value: path },
    hint: known.length === 0 ? "Give people who say something." : `There are: ${known.join(", ")}.`,
  });
}
