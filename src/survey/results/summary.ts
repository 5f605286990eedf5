import { isMeasured } from "../../statistics/measured.ts";
import { weighed, weightedMean, weightedShare } from "../../statistics/weights/figures.ts";
import type { SurveyAnswer } from "../administer/collected.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { type FigureOf, figuresOf, withValue } from "./figures.ts";

/** One figure of an item, with between which values it lies. */
export interface ItemFigure {
  /** `all`, or whom it is of. */
  readonly segment: string;
  readonly item: string;
  /** `mean`, or the option whose share or mean amount it is. */
  readonly figure: string;
  readonly is: "mean" | "share";
  /** Answers that have a value, and those that have none though they were asked. */
  readonly n: number;
  readonly missing: number;
  /** Null where nobody answered. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** As many answers of equal weight would tell as much. */
  readonly effectiveSize: number;
  readonly designEffect: number;
}

/** Whose answers count how much, and who is told apart. */
export interface SummaryOptions {
  /** Of raking or post-stratification, by respondent. Default: all the same. */
  readonly weights?: ReadonlyMap<string, number>;
  /** By respondent, what they are told apart by. */
  readonly segments?: ReadonlyMap<string, string>;
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * What the items of a survey come to: means and shares with their intervals, by weights where there are some (Wilson's on the
 * effective size for shares, linearisation for means), of everybody and of each segment. Of variants, what is as written.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const run = await administer(simulation.context, { instrument: tea, people: [lisa, oscar] });
 * (await summariseSurvey(tea, run.answers)).map(({ figure }) => figure); // => ["yes", "no"]
 */
export async function summariseSurvey(
  instrument: Instrument,
  answers: readonly SurveyAnswer[],
  options: SummaryOptions = {},
): Promise<readonly ItemFigure[]> {
  const own = answers.filter(({ variant }) => variant === "as-written");
  const { segments } = options;
  const groups =
    segments === undefined ? [] : Map.groupBy(own, ({ respondent }) => segments.get(respondent) ?? "(none)");
  const parts = itemsOf(instrument).flatMap(partsOf);
  const all = [["all", own] as const, ...[...groups].toSorted(([one], [other]) => (one < other ? -1 : 1))];
  const rows: ItemFigure[] = [];
  for (const [segment, group] of all) {
    const byItem = Map.groupBy(group, ({ item }) => item);
    for (const part of parts) rows.push(...(await rowsOf(part, byItem.get(part.id) ?? [], { ...options, segment })));
  }
  return rows;
}

async function rowsOf(
  part: ItemPart,
  answers: readonly SurveyAnswer[],
  { weights, level = 0.95, segment }: SummaryOptions & { readonly segment: string },
): Promise<readonly ItemFigure[]> {
  const given = withValue(answers);
  const asked = answers.filter((answer) => answer.value !== null || answer.missing !== "not-asked");
  const counts = { n: given.length, missing: asked.length - given.length };
  const rows: ItemFigure[] = [];
  for (const figure of figuresOf(part)) {
    const counted = given.flatMap((answer) => {
      const value = figure.of(answer);
      return value === undefined
        ? []
        : [{ value, weight: weights === undefined ? 1 : (weights.get(answer.respondent) ?? 0) }];
    });
    const found = await estimated(figure, counted, level);
    rows.push({ ...{ segment, item: part.id, figure: figure.figure, is: figure.is }, ...counts, ...found });
  }
  return rows;
}

type Estimated = Pick<ItemFigure, "value" | "low" | "high" | "effectiveSize" | "designEffect">;

async function estimated(
  { is }: FigureOf,
  counted: readonly { readonly value: number; readonly weight: number }[],
  level: number,
): Promise<Estimated> {
  const [values, weights] = [counted.map(({ value }) => value), counted.map(({ weight }) => weight)];
  const { effectiveSize, designEffect } = weighed(weights);
  const cost = { effectiveSize, designEffect };
  if (is === "share") {
    const found = await weightedShare(
      values.map((value) => value === 1),
      weights,
      level,
    );
    if (!isMeasured(found)) return { value: null, low: null, high: null, ...cost };
    return { value: found.share, low: found.interval.low, high: found.interval.high, ...cost };
  }
  const found = await weightedMean(values, weights, level);
  if (isMeasured(found)) return { value: found.mean, low: found.interval.low, high: found.interval.high, ...cost };
  return { value: values[0] ?? null, low: null, high: null, ...cost };
}
