import type { Unmeasured } from "../../../statistics/measured.ts";

/** How far apart two populations are in one place, or one is from its target. */
export interface ComparedPlace {
  readonly path: string;
  readonly test?: "chi-square" | "kolmogorov-smirnov";
  readonly statistic?: number;
  readonly p?: number;
  /** p corrected for all places by Holm's method. */
  readonly corrected?: number;
  /** How large the difference is, whatever n: Cramér's V, Cohen's w, or Cohen's d of numbers. */
  readonly effect?: number;
  readonly effectName?: "V" | "w" | "d";
  /** The share that would have to move (total variation), from 0 to 1. */
  readonly distance?: number;
  /** Why there is no test. */
  readonly reason?: string;
  /** Nobody has checked the figures of the target against a source. */
  readonly unverified?: true;
}

/** One value in both. */
export interface ComparedValue {
  readonly path: string;
  readonly value: string;
  /** Shares, weights respected. */
  readonly one: number;
  readonly other: number;
  /** one − other. */
  readonly difference: number;
}

/** Two populations, or one and its target (`other`), place by place and value by value. */
export interface Comparison {
  readonly simulated: true;
  readonly of: "populations" | "target";
  readonly n: readonly number[];
  readonly places: readonly ComparedPlace[];
  readonly values: readonly ComparedValue[];
  readonly unverified: readonly string[];
  readonly remarks: readonly string[];
}

/** The reason, or nothing to be said. */
export const reasonOf = (found: object | Unmeasured): { readonly reason?: string } =>
  "reason" in found ? { reason: found.reason as string } : {};
