import { effectiveSize } from "../../statistics/moments.ts";
import type { SamplingMethod } from "../draw.ts";
import type { GivenWay } from "../joint/conflict/conflict.ts";
import { type FigureRow, type FigureTest, figureRows } from "./figure-rows.ts";
import type { HouseholdReport } from "./household-rows.ts";
import type { Reported } from "./reported.ts";

/** What nobody who is drawn is, and why. */
export interface ImpossibleRow {
  readonly part: string;
  /** `never age up to 20, education degree`. */
  readonly rule: string;
  readonly because?: string;
}

/** How people who were drawn compare with what the specification asks. */
export interface SamplingReport {
  readonly name: string;
  readonly size: number;
  readonly seed: number | string;
  readonly method: SamplingMethod;
  /** Each figure: what is asked and what came of it. */
  readonly figures: readonly FigureRow[];
  /** Each margin, joint table, row of a conditional table and quota as a whole. */
  readonly tests: readonly FigureTest[];
  readonly weights: {
    readonly least: number;
    readonly most: number;
    /** As many people drawn with equal weights would tell as much (Kish 1965). */
    readonly effectiveSize: number;
  };
  readonly impossible: readonly ImpossibleRow[];
  readonly households?: HouseholdReport;
  /** Figures that contradicted others by little, and what was aimed at instead. */
  readonly gaveWay: readonly GivenWay[];
  /** The parts whose figures nobody has checked against a source. */
  readonly unverified: readonly string[];
}

export async function reportOn(given: Reported): Promise<SamplingReport> {
  const { specification, joint, weights, size, seed, method } = given;
  const { figures, tests } = await figureRows(given);
  return {
    name: specification.name,
    size,
    seed,
    method,
    figures,
    tests,
    weights: {
      least: weights.reduce((least, weight) => Math.min(least, weight), Number.POSITIVE_INFINITY),
      most: weights.reduce((most, weight) => Math.max(most, weight), 0),
      effectiveSize: effectiveSize(weights),
    },
    impossible: joint.exclusions.map(({ part, words, because }) => ({
      part,
      rule: words,
      ...(because !== undefined && { because }),
    })),
    ...(given.households && { households: given.households }),
    gaveWay: joint.gave,
    unverified: [...new Set(joint.families.flatMap(({ part, unverified }) => (unverified ? [part] : [])))],
  };
}
