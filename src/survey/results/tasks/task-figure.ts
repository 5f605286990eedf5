import type { Random } from "../../../kernel/values/random.ts";
import { isMeasured, sum, type Unmeasured } from "../../../statistics/measured.ts";
import { weightedMean, weightedShare } from "../../../statistics/weights/figures.ts";
import type { SurveyAnswer } from "../../administer/collected.ts";
import { withValue } from "../figures.ts";

/** One figure of what tasks come to, with between which values it lies. */
export interface TaskFigure {
  /** `all`, or whom it is of. */
  readonly segment: string;
  readonly item: string;
  /**
   * `part-worth` (logits, on the mean zero over the levels of an attribute) and `importance` (its share of all ranges of
   * part-worths) of conjoint tasks. Of options that are chosen among others or ranked, `score` (how often more the best than
   * the worst, the share of pairs won, or Borda's points), `utility` (logits, on the mean zero) and `share` (how likely it is
   * the first of all). `price`; and `net promoter` (the score, from -100 to 100, and how many in a hundred promote, are passive
   * and detract).
   */
  readonly result: "part-worth" | "importance" | "score" | "utility" | "share" | "price" | "net promoter";
  /** The level, the attribute, the option, which of the four prices, or who recommends how. */
  readonly figure: string;
  /** People whose answers it rests on. */
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Why there is no value, or no interval. */
  readonly why: string | null;
}

/** A figure without whom and which item it is of. */
export type OwnFigure = Omit<TaskFigure, "segment" | "item">;

/** The answers to one item, and how they count. */
export interface TaskAnswers {
  readonly answers: readonly SurveyAnswer[];
  readonly level: number;
  readonly random: Random;
  weightOf(person: string): number;
  /** The weight of a person, shared out over their samples. */
  sampleWeightOf(person: string): number;
}

/** The answers with a value, by the part that they are to. */
export const byPart = ({ answers }: TaskAnswers): ReadonlyMap<string, readonly (SurveyAnswer & { value: unknown })[]> =>
  Map.groupBy(withValue(answers), ({ item }) => item);

/** Figures of which all have the same reason not to be. */
export const notMeasured = (
  result: TaskFigure["result"],
  figures: readonly string[],
  { n, why }: { readonly n: number; readonly why: string },
): readonly OwnFigure[] => figures.map((figure) => ({ result, figure, n, value: null, low: null, high: null, why }));

/** A mean over people, each of whom has one value; by their weights, within what is possible. */
export async function overPeople(
  values: ReadonlyMap<string, readonly number[]>,
  { level, weightOf }: Pick<TaskAnswers, "level" | "weightOf">,
  [least, most]: readonly [number, number],
): Promise<Pick<OwnFigure, "n" | "value" | "low" | "high" | "why">> {
  const own = [...values].filter(([, given]) => given.length > 0);
  const means = own.map(([, given]) => sum(given) / given.length);
  const weights = own.map(([person]) => weightOf(person));
  const n = weights.filter((weight) => weight > 0).length;
  const found: Unmeasured | Awaited<ReturnType<typeof weightedMean>> = await weightedMean(means, weights, level);
  if (isMeasured(found)) {
    const { low, high } = found.interval;
    return { n, value: found.mean, low: Math.max(least, low), high: Math.min(most, high), why: null };
  }
  const only = means[weights.findIndex((weight) => weight > 0)] ?? null;
  return { n, value: only, low: null, high: null, why: found.reason };
}

/** How many in a hundred people something holds for, by their weights. */
export async function percentOfPeople(
  values: ReadonlyMap<string, readonly boolean[]>,
  { level, weightOf }: Pick<TaskAnswers, "level" | "weightOf">,
): Promise<Pick<OwnFigure, "n" | "value" | "low" | "high" | "why">> {
  const own = [...values];
  const shares = own.map(([, given]) => given.filter(Boolean).length / given.length);
  const found = await weightedShare(
    shares,
    own.map(([person]) => weightOf(person)),
    level,
  );
  if (!isMeasured(found)) return { n: 0, value: null, low: null, high: null, why: found.reason };
  const { n, share, interval } = found;
  return { n, value: 100 * share, low: 100 * interval.low, high: 100 * interval.high, why: null };
}
