import type { Level } from "./specification/schema.ts";

/** One person as drawn, before anybody has written who they are. */
export interface Draw {
  /** `0001`, `0002` …: the place in the sample. Names come later, and are no ids. */
  readonly id: string;
  /** The value of each dimension but the free ones, by the dimension's id. */
  readonly values: Readonly<Record<string, Level>>;
  /** How many people of the target this one stands for, on average one. */
  readonly weight: number;
  /** Who of the sample lives with this person. */
  readonly household?: { readonly id: string; readonly partner?: string };
}

/** The ways in which people are drawn from a specification. */
export const samplingMethods = ["quota", "stratified", "random", "latin hypercube", "halton"] as const;

/** How people are drawn from a specification. */
export type SamplingMethod = (typeof samplingMethods)[number];
