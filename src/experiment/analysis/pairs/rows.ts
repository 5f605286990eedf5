import type { Observation } from "../../results/observation.ts";
import type { Measure } from "./measures.ts";

/** An observation with the id under which it stands in the table of rows. */
export interface NumberedRow extends Observation {
  readonly id: string;
}

/** Observations, numbered as they come: r1, r2 and so on. */
export function numbered(observations: readonly Observation[]): readonly NumberedRow[] {
  return observations.map((row, place) => ({ ...row, id: `r${place + 1}` }));
}

/** Why a row has no value that can be compared; undefined where it has one. */
export function whyNone({ value, missing }: Observation, [measure]: readonly Measure[]): string | undefined {
  if (value === null) return missing ?? "no value";
  return measure?.of(value) === undefined ? "outside its scale" : undefined;
}

/** A person, whatever others of that id there are in other populations. */
export const personKey = ({ population, person }: Pick<Observation, "population" | "person">): string =>
  JSON.stringify([population, person]);
