import type { Dimension } from "../../specification/schema.ts";

/** Where the numbers of a level lie: whole numbers with both ends, others below `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What a report shows of a dimension: a value, or a band of numbers, which may consist of several levels. */
export interface Band {
  readonly label: string;
  /** As the specification says it, brought to a sum of one. */
  readonly share: number;
}

/** One dimension as a finite list of levels, each of which every test either holds of or does not. */
export interface Levels {
  readonly id: string;
  readonly dimension: Exclude<Dimension, { kind: "free" }>;
  readonly size: number;
  readonly bands: readonly Band[];
  /** The band of each level. */
  readonly bandOf: Int32Array;
  /** The share of each level, where only this dimension is known. */
  readonly shares: Float64Array;
  /** Numeric alone: the range of each level, and how a share of it becomes a number. */
  readonly numbers?: NumbersWithin;
}

export interface NumbersWithin {
  readonly ranges: readonly Range[];
  /** The number in a level below which `share` of those in it lie. */
  value(level: number, share: number): number;
}
