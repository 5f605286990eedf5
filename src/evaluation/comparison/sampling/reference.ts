import type { Unmeasured } from "../../../statistics/measured.ts";
import { quantile } from "../../../statistics/moments.ts";
import type { Measure, Profile, Space } from "../spaces/space.ts";
import { demographicOf } from "./demographic.ts";
import { profileOf, sizeOf, type Unit } from "./units.ts";

/** Between which distances that of the simulated people is placed. */
export interface Reference {
  /** How far apart two samples of the people themselves would be, as large as the two that are compared. */
  readonly ceiling: number;
  /** How far the nearest baseline is from the people. */
  readonly floor: number;
  readonly floorBy: string;
  /** Baselines that are as near to the people as these are to themselves. */
  readonly within?: readonly string[];
}

/** The two sides of an item, or of a group of people. */
export interface Sides {
  readonly space: Space;
  readonly human: readonly Unit[];
  readonly simulated: readonly Unit[];
}

/** Which baseline can be the floor. */
export const floors = ["nearest", "uniform", "majority", "middle", "demographic"] as const;
/** One of these. */
export type Floor = (typeof floors)[number];

/** What samples of the people are to each other. */
export interface Own {
  readonly ceiling: number;
  /** Nineteen of twenty samples are no further apart. */
  readonly reach: number;
}

/**
 * How far halves of the people are apart on the mean, foretold for samples of the sizes that are compared: distances shrink
 * with √(1/n + 1/m), and what correlates grows as C. Spearman and W. Brown have it (1910).
 */
export function ceilingOf(
  measure: Measure,
  { space, human, simulated }: Sides,
  halves: readonly (readonly [Uint8Array, Uint8Array])[],
): Own | Unmeasured {
  const { apart, between, correlates } = measure;
  if (apart === undefined) return { reason: "it has no distance" };
  const found = halves.flatMap(([one, other]) => {
    const [first, second] = [profileOf(human, space.cells, one), profileOf(human, space.cells, other)];
    if (first.people === 0 || second.people === 0) return [];
    const value = between(first, second);
    return typeof value === "number" ? [correlates ? value : apart(value)] : [];
  });
  if (found.length < halves.length / 2 || found.length === 0)
    return { reason: "halves of the people cannot be compared" };
  const [people, others] = [sizeOf(human), sizeOf(simulated)];
  const longer = 4 / people / (1 / people + 1 / others);
  const foretold = (value: number): number => {
    if (!correlates) return value / Math.sqrt(longer);
    return apart(value <= 0 ? value : (longer * value) / (1 + (longer - 1) * value));
  };
  const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
  return { ceiling: foretold(mean), reach: foretold(quantile(found, correlates ? 0.05 : 0.95) as number) };
}

/** Some of the people in a space: all of them, or those of a draw. */
interface Seen {
  readonly space: Space;
  readonly human: readonly Unit[];
  readonly people: Profile;
  readonly times?: Uint8Array;
}

/** How far each baseline is from the people, the nearest first. */
function baselinesOf(
  { apart, between }: Measure,
  { space, human, people, times }: Seen,
): readonly Pick<Reference, "floor" | "floorBy">[] {
  if (apart === undefined) return [];
  const demographic = demographicOf(human, space, times);
  const all = [...space.baselines(people), ...(demographic === undefined ? [] : [demographic])];
  const found = all.flatMap(({ name, profile }) => {
    const value = between(people, profile);
    return typeof value === "number" ? [{ floor: apart(value), floorBy: name }] : [];
  });
  return found.toSorted((one, other) => one.floor - other.floor);
}

/** How far one of the baselines is from some people; NaN where it has no distance. */
export function floorIn(measure: Measure, { by, ...seen }: Seen & { readonly by: string }): number {
  const own = by === "demographic" ? seen.human : [];
  return baselinesOf(measure, { ...seen, human: own }).find(({ floorBy }) => floorBy === by)?.floor ?? Number.NaN;
}

/** Where a distance lies: 1 as near as people are to themselves, 0 as far as the floor, below 0 beyond it. */
export const placeOf = (distance: number, { ceiling, floor }: Reference): number =>
  floor - ceiling > least ? (floor - distance) / (floor - ceiling) : Number.NaN;

/** Less than this is what arithmetic leaves over. */
const least = 1e-9;

/**
 * Ceiling and floor of a measure, or why there is one of them not. The floor is the nearest baseline that is farther from the
 * people than their own samples reach: against any that is nearer nobody can show that they know the people.
 */
export function referenceOf(
  measure: Measure,
  sides: Sides,
  { own, floor }: { readonly own: Own | Unmeasured; readonly floor: Floor },
): Reference | Unmeasured {
  if ("reason" in own) return own;
  const { ceiling, reach } = own;
  const { space, human } = sides;
  const all = baselinesOf(measure, { space, human, people: profileOf(human, space.cells) });
  const usable = all.filter(({ floorBy }) => floor === "nearest" || floorBy === floor);
  if (usable.length === 0)
    return { reason: floor === "nearest" ? "no baseline has it" : `there is no ${floor} baseline for it` };
  const exact = all.find((one) => one.floor <= least && one.floorBy !== "uniform");
  if (exact !== undefined)
    return { reason: `all people answer as the ${exact.floorBy} does: whoever says so is right` };
  const found = usable.find((one) => one.floor > reach + least);
  const near = usable.map(({ floorBy }) => floorBy).join(" and ");
  if (found === undefined)
    return { reason: `answers that know nobody (${near}) are as near to the people as samples of the people are` };
  const within = all.filter((one) => one.floor <= reach + least).map(({ floorBy }) => floorBy);
  return { ceiling, ...found, ...(within.length > 0 && { within }) };
}
