import { tauCoefficient } from "../../../statistics/rankings/tau.ts";
import { type Measure, ofSides, type Profile } from "./space.ts";

/** Whether options come in the same order on both sides: Kendall's τ-b. */
export function orderMeasure(scores: (profile: Profile) => readonly number[]): Measure {
  return {
    ...{ name: "order", part: "order", low: -1, high: 1, correlates: true },
    between: (human, simulated) => {
      const [one, other] = [scores(human), scores(simulated)];
      if (one.length < 3) return { reason: "fewer than three options" };
      return tauCoefficient(one, other) ?? { reason: "all options are alike on one side" };
    },
    apart: (value) => 1 - value,
  };
}

/** The share of each option. */
export function shareMeasures(
  options: readonly string[],
  cellOf: (place: number) => number,
  name = "share",
): readonly Measure[] {
  return options.map((option, place) => {
    const { apart: _apart, ...measure } = ofSides(
      { name: `${name}:${option}`, part: "share" },
      ({ shares }) => shares[cellOf(place)] as number,
    );
    return measure;
  });
}
