import type { GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import type { Unmeasured } from "../../../statistics/measured.ts";

/** Where an answer with several parts lies: its parts as coordinates, of which the farthest two are one apart. */
export type Point = Float64Array;

/** Answers that are no point of their own, as those of a baseline: how far they lie from each point, and from one another. */
export interface Elsewhere {
  readonly far: Float64Array;
  readonly own: number;
  /** Where it is one answer that all give. */
  readonly point?: Point;
}

/** What many people answered, as weights of the cells of a space, which are shares where each person adds one. */
export interface Profile {
  readonly shares: Float64Array;
  /** Who answered. */
  readonly people: number;
  /** Of a baseline, where answers have several parts: how far its own lie from those that people gave. */
  readonly elsewhere?: Elsewhere;
}

/** What of two distributions a measure looks at. */
export type Part = "mean" | "dispersion" | "shape" | "order" | "share";

/** Something by which what people answered can be held against what simulated people did. */
export interface Measure {
  readonly name: string;
  readonly part: Part;
  /** Of one side; then what is between them is how much more the simulated have, unless `between` says otherwise. */
  readonly of?: (profile: Profile) => number | Unmeasured;
  readonly between: (human: Profile, simulated: Profile) => number | Unmeasured;
  /** How far a value is from agreement, from 0; what has none is not placed between floor and ceiling. */
  readonly apart?: (value: number) => number;
  /** Samples of another size are foretold as of correlations, and not as of distances. */
  readonly correlates?: true;
  /** What it can be. */
  readonly low?: number;
  readonly high?: number;
}

/** Answers of somebody who knows nothing of the people: the floor of what a simulation should reach. */
export interface Baseline {
  readonly name: "uniform" | "majority" | "middle" | "demographic";
  readonly profile: Profile;
}

/** One category space for both sides: what answers add to it, and what can be measured in it. */
export interface Space {
  readonly cells: number;
  /** What an answer adds to which cells. */
  code(answer: GivenAnswer): readonly (readonly [cell: number, amount: number])[];
  readonly measures: readonly Measure[];
  /** The measure that the score goes by: 0 only where both sides are the same. */
  readonly headline: string;
  baselines(people: Profile): readonly Baseline[];
}

/** A measure of one side each. */
export function ofSides(
  { name, part }: Pick<Measure, "name" | "part">,
  of: NonNullable<Measure["of"]>,
): Measure & { readonly of: NonNullable<Measure["of"]> } {
  const between: Measure["between"] = (human, simulated) => {
    const [one, other] = [of(human), of(simulated)];
    if (typeof one !== "number") return one;
    return typeof other === "number" ? other - one : other;
  };
  return { name, part, of, between, apart: Math.abs };
}

/**
 * That two of a side give the very same answer (E. H. Simpson, 1949), of answers that are so many that samples of another
 * size would agree on one more or less often. @param from the first of their cells
 */
export function sameAnswer(from: number, count: number): Measure {
  const { apart: _apart, ...measure } = ofSides({ name: "same-answer", part: "dispersion" }, ({ shares, people }) => {
    if (people < 2) return { reason: "fewer than two people" };
    const squares = shares.subarray(from, from + count).reduce((sum, share) => sum + share ** 2, 0);
    // Nobody is compared with themselves.
    return Math.max(0, (people * squares - 1) / (people - 1));
  });
  return { ...measure, low: -1, high: 1 };
}

/** The figure of a record, or why there is none. */
export function figureOf<K extends string>(
  found: { readonly [Key in K]: number } | Unmeasured,
  key: K,
): number | Unmeasured {
  return "reason" in found ? (found as Unmeasured) : found[key];
}

/** A profile of a baseline: whose shares are known. */
export const known = (shares: readonly number[], people: number): Profile => ({
  shares: Float64Array.from(shares),
  people,
});

/** The place of the greatest. */
export const greatest = (values: Iterable<number>): number => {
  const all = [...values];
  return all.indexOf(Math.max(...all));
};
