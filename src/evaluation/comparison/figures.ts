import type { Unmeasured } from "../../statistics/measured.ts";
import { quantile } from "../../statistics/moments.ts";
import type { Part } from "./spaces/space.ts";

/**
 * One figure of a comparison. It rests on the rows of both files in which `item` is answered, of everybody or of those
 * whose `attribute` is `group`.
 */
export interface ComparisonFigure {
  /** `vote/mean`, of a group `vote/mean@gender=female`. */
  readonly id: string;
  /** Absent where it is about all items. */
  readonly item?: string;
  readonly measure: string;
  readonly part: Part | "score" | "individuals" | "missing" | "items" | "equivalence";
  readonly attribute?: string;
  readonly group?: string;
  /** Who answered, of the people and of the simulated; of figures on twins those pairs. */
  readonly n: number;
  readonly simulatedN: number;
  /** Of each side, where the measure is one of a side. */
  readonly human?: number;
  readonly simulated?: number;
  /** Of the share of people who chose an option: where it lies, as the people who answered were drawn by chance. */
  readonly humanLow?: number;
  readonly humanHigh?: number;
  /** Between both sides, with the interval in which it lies. */
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  /** Of this interval, where it is another than that of all: two one-sided tests at 5 % are an interval of 90 %. */
  readonly level?: number;
  /** Why there is no value. */
  readonly reason?: string;
  /** How far samples of the people are apart themselves, and the nearest answers that know nothing of them. */
  readonly ceiling?: number;
  readonly floor?: number;
  readonly floorBy?: string;
  /** Baselines that are as near to the people as these are to themselves: against them nothing can be shown. */
  readonly within?: readonly string[];
  /** Where between them the value lies: 1 at the ceiling, 0 at the floor. */
  readonly place?: number;
  /** Why it is not placed. */
  readonly placeReason?: string;
  /** Of a test, and within which margin it is one. */
  readonly p?: number;
  readonly margin?: number;
}

/** A figure with what it would have been in other samples of the same people, on which its interval rests. */
export interface Drawn {
  readonly row: ComparisonFigure;
  /** Centred on the value, but for orders; NaN for a sample that has none. */
  readonly draws: Float64Array;
}

/** The share of draws that may have no figure. */
const mostMissing = 0.05;

/**
 * Draws moved so that their mean is the figure itself: distances grow by drawing again, as each draw adds a sample's chance
 * to that of the sample.
 */
export function centred(draws: Float64Array, value: number): Float64Array {
  const there = draws.filter((draw) => !Number.isNaN(draw));
  if (there.length === 0) return draws;
  const shift = value - there.reduce((sum, draw) => sum + draw, 0) / there.length;
  return draws.map((draw) => draw + shift);
}

/** With fewer answers on a side than this, counted as Kish's effective size, draws from them say too little of chance. */
export const fewestAnswers = 10;

/** Of what an interval is. */
interface Range {
  readonly level: number;
  /** Effective answers of the smaller side. */
  readonly size: number;
  /** What the figure can be. */
  readonly low?: number;
  readonly high?: number;
}

/**
 * The interval of draws, within what the figure can be; nothing where too many draws have no figure, where a side is
 * too small, and where all draws are alike: that they never differ shows that the sample does not, not that people do not.
 */
export function intervalOf(
  draws: Float64Array,
  { level, size, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY }: Range,
): { readonly low?: number; readonly high?: number } {
  const there = [...draws].filter((draw) => !Number.isNaN(draw));
  if (size < fewestAnswers - 1e-9 || there.length === 0 || there.length < (1 - mostMissing) * draws.length) return {};
  const first = there[0] as number;
  if (there.every((draw) => Math.abs(draw - first) < 1e-12)) return {};
  const ends = endsOf(draws, level);
  return { low: Math.min(high, Math.max(low, ends.low)), high: Math.min(high, Math.max(low, ends.high)) };
}

/** Between which ends the share `level` of the draws lies. */
export function endsOf(draws: Float64Array, level: number): { readonly low: number; readonly high: number } {
  const there = [...draws].filter((draw) => !Number.isNaN(draw));
  const [low, high] = [(1 - level) / 2, (1 + level) / 2].map((share) => quantile(there, share) as number);
  return { low: low as number, high: high as number };
}

/** A value, or why there is none, as a part of a row. */
export function valued(found: number | Unmeasured): { readonly value: number } | { readonly reason: string } {
  return typeof found === "number" ? { value: found } : { reason: found.reason };
}

/** The number that was found; NaN where there is none. */
export const numberOf = (found: number | Unmeasured): number => (typeof found === "number" ? found : Number.NaN);

/** The id of a figure: the same in every file of a comparison. */
export function figureId(
  item: string | undefined,
  measure: string,
  group?: { attribute: string; group: string },
): string {
  const of = group === undefined ? "" : `@${group.attribute}=${group.group}`;
  return `${item === undefined ? "" : `${item}/`}${measure}${of}`;
}
