import { effectiveSize } from "../../../statistics/moments.ts";
import type { RespondentAnswers } from "../../people/answers.ts";
import type { Profile, Space } from "../spaces/space.ts";

/** Somebody's answer as it counts. */
export interface Unit {
  /** Their place among all people of their side. */
  readonly place: number;
  readonly weight: number;
  readonly cells: readonly (readonly [cell: number, amount: number])[];
  /** The same for those who are alike in all attributes; absent where none are declared. */
  readonly alike?: string;
}

/** Those of some people who answered an item. */
export function unitsOf(item: string, space: Space, people: readonly RespondentAnswers[]): readonly Unit[] {
  return people.flatMap(({ answers, weight, attributes }, place) => {
    const answer = answers[item];
    if (answer === undefined || answer.value === null || weight === 0) return [];
    const isKnown = Object.keys(attributes).length > 0;
    return [{ place, weight, cells: space.code(answer), ...(isKnown && { alike: JSON.stringify(attributes) }) }];
  });
}

/** What these people answered together. @param times how often each person of the side counts; once by default */
export function profileOf(units: readonly Unit[], cells: number, times?: Uint8Array): Profile {
  const shares = new Float64Array(cells);
  let [total, people] = [0, 0];
  for (const { place, weight, cells: own } of units) {
    const often = times === undefined ? 1 : (times[place] as number);
    if (often === 0) continue;
    people += often;
    total += often * weight;
    for (const [cell, amount] of own) shares[cell] = (shares[cell] as number) + often * weight * amount;
  }
  if (total > 0) for (let cell = 0; cell < cells; cell++) shares[cell] = (shares[cell] as number) / total;
  return { shares, people };
}

/** As how many people of equal weight they count. */
export const sizeOf = (units: readonly Pick<Unit, "weight">[]): number =>
  effectiveSize(units.map(({ weight }) => weight));
