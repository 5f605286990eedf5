import { type AnswerSet, isCount, type RespondentAnswers } from "../../people/answers.ts";
import type { ComparableScale } from "../../people/description/document.ts";
import type { Sides } from "../sampling/reference.ts";
import { middle } from "../spaces/single.ts";
import { greatest, type Space } from "../spaces/space.ts";

/** Somebody and their simulated twin, by what both add to the cells of a space. */
export interface Twins {
  /** The person's place among all people. */
  readonly place: number;
  readonly weight: number;
  readonly human: Float64Array;
  readonly simulated: Float64Array;
  readonly attributes: RespondentAnswers["attributes"];
}

/**
 * Whether people and simulated people are linked by their ids: as it was declared, as ids tell more than a number of the row,
 * not as they only count rows, or not as there are none, or it was declared that they are not.
 */
export type Linkage = "declared" | "ids" | "counts" | "none";

/** By what simulated people are linked to the people whose twins they are. */
export function linkageOf(human: AnswerSet, simulated: AnswerSet): Linkage {
  if (!(human.identified && simulated.identified)) return "none";
  const declared = human.twins ?? simulated.twins;
  if (declared !== undefined) return declared ? "declared" : "none";
  return isCount([...human.people, ...simulated.people].map(({ id }) => id)) ? "counts" : "ids";
}

/** Those who answered an item and whose twins did. @param twins the place of each simulated person's twin */
export function twinsIn(
  { space, human, simulated }: Sides,
  people: readonly RespondentAnswers[],
  twins: readonly (number | undefined)[],
): readonly Twins[] {
  const own = new Map(human.map((unit) => [unit.place, unit]));
  return simulated.flatMap((unit) => {
    const place = twins[unit.place];
    const person = place === undefined ? undefined : own.get(place);
    if (place === undefined || person === undefined) return [];
    const attributes = people[place]?.attributes ?? {};
    return [
      {
        place,
        weight: person.weight,
        human: dense(person.cells, space),
        simulated: dense(unit.cells, space),
        attributes,
      },
    ];
  });
}

function dense(cells: readonly (readonly [number, number])[], { cells: size }: Space): Float64Array {
  const all = new Float64Array(size);
  for (const [cell, amount] of cells) all[cell] = (all[cell] as number) + amount;
  return all;
}

/** What would be foretold of somebody by whoever knows nothing but how the others answered. */
export interface Guess {
  readonly name: "majority" | "middle" | "marginal" | "demographic";
  readonly of: readonly Float64Array[];
}

/** Groups with fewer others say nothing: then all others do. */
const fewest = 5;

/**
 * Guesses for each, always by the others alone: what most of them answer, on a scale their median, their distribution, and what most answer of those
 * who are like them in all attributes.
 */
export function guessesOf(
  all: readonly Twins[],
  { space, scale }: { readonly space: Space; readonly scale: ComparableScale },
): readonly Guess[] {
  const total = added(all, space.cells);
  const keys = all.map(({ attributes }) => JSON.stringify(attributes));
  const groups = new Map<string, { readonly sum: Float64Array; readonly size: number }>();
  for (const [key, members] of Map.groupBy(
    all.map((twins, place) => ({ twins, key: keys[place] as string })),
    (one) => one.key,
  ))
    groups.set(key, {
      sum: added(
        members.map(({ twins }) => twins),
        space.cells,
      ),
      size: members.length,
    });
  const others = all.map((one) => without(total, one));
  const alike = all.map((one, place) => {
    const group = groups.get(keys[place] as string);
    return group === undefined || group.size - 1 < fewest ? (others[place] as Float64Array) : without(group.sum, one);
  });
  const known = Object.keys(all[0]?.attributes ?? {}).length > 0;
  return [
    { name: "majority", of: others.map((shares) => only(shares, greatest(shares))) },
    ...(scale.kind === "ordinal"
      ? [{ name: "middle" as const, of: others.map((shares) => only(shares, middle(shares))) }]
      : []),
    { name: "marginal", of: others },
    ...(known ? [{ name: "demographic" as const, of: alike.map((shares) => only(shares, greatest(shares))) }] : []),
  ];
}

function added(all: readonly Twins[], cells: number): Float64Array {
  const sum = new Float64Array(cells);
  for (const { human, weight } of all)
    for (let cell = 0; cell < cells; cell++) sum[cell] = (sum[cell] as number) + weight * (human[cell] as number);
  return sum;
}

function without(sum: Float64Array, { human, weight }: Twins): Float64Array {
  const left = sum.map((value, cell) => Math.max(0, value - weight * (human[cell] as number)));
  const all = left.reduce((total, value) => total + value, 0);
  return all === 0 ? left : left.map((value) => value / all);
}

const only = (shares: Float64Array, chosen: number): Float64Array => shares.map((_, cell) => (cell === chosen ? 1 : 0));
