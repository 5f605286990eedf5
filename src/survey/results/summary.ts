import { isMeasured, sum } from "../../statistics/measured.ts";
import { weighed, weightedMean, weightedShare } from "../../statistics/weights/figures.ts";
import type { SurveyAnswer } from "../administer/collected.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { type FigureOf, figuresOf, withValue } from "./figures.ts";
import { groupsOf, type SummaryOptions } from "./segments.ts";

/** One figure of an item, with between which values it lies. */
export interface ItemFigure {
  /** `all`, or whom it is of. */
  readonly segment: string;
  readonly item: string;
  /** `mean`, or the option whose share or mean amount it is. */
  readonly figure: string;
  readonly is: "mean" | "share";
  /** People of whom there is a value, and those of whom there is none though they were asked. */
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

/**
 * What the items of a survey come to: means and shares with their intervals, by weights where there are some (Wilson's on the
 * effective size for shares, linearisation for means), of everybody and of each segment. Several samples of a person are averaged
 * and count once. Of variants, what is as written.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const { answers, respondents } = await administer(simulation.context, { instrument: tea, people: [lisa, oscar] });
 * (await summariseSurvey(tea, answers, { respondents })).map(({ figure }) => figure); // => ["yes", "no"]
 */
export async function summariseSurvey(
  instrument: Instrument,
  answers: readonly SurveyAnswer[],
  options: SummaryOptions = {},
): Promise<readonly ItemFigure[]> {
  const parts = itemsOf(instrument).flatMap(partsOf);
  const rows: ItemFigure[] = [];
  for (const [segment, group] of groupsOf(answers, options)) {
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
  const asked = answers.filter((answer) => answer.value !== null || answer.missing !== "not-asked");
  const people = [...Map.groupBy(asked, ({ respondent }) => respondent)];
  const given = people.map(([person, own]) => [person, withValue(own)] as const).filter(([, own]) => own.length > 0);
  const counts = { n: given.length, missing: people.length - given.length };
  const rows: ItemFigure[] = [];
  for (const figure of figuresOf(part)) {
    const counted = given.flatMap(([person, own]) => {
      const values = own.flatMap((answer) => figure.of(answer) ?? []);
      const weight = weights === undefined ? 1 : (weights.get(person) ?? 0);
      return values.length === 0 ? [] : [{ value: sum(values) / values.length, weight }];
    });
    const found = await estimated(figure, counted, level);
    rows.push({ ...{ segment, item: part.id, figure: figure.figure, is: figure.is }, ...counts, ...found });
  }
  return rows;
}

type Estimated = Pick<ItemFigure, "value" | "low" | "high" | "effectiveSize" | "designEffect">;

async function estimated(
  { is, ends: [least, most] = [-Infinity, Infinity] }: FigureOf,
  counted: readonly { readonly value: number; readonly weight: number }[],
  level: number,
): Promise<Estimated> {
  const [values, weights] = [counted.map(({ value }) => value), counted.map(({ weight }) => weight)];
  const { effectiveSize, designEffect } = weighed(weights);
  const cost = { effectiveSize, designEffect };
  if (is === "share") {
    const found = await weightedShare(values, weights, level);
    if (!isMeasured(found)) return { value: null, low: null, high: null, ...cost };
    const { low, high } = found.interval;
    return { value: found.share, low, high, ...cost };
  }
  const found = await weightedMean(values, weights, level);
  if (isMeasured(found)) {
    const { low, high } = found.interval;
    return { value: found.mean, low: Math.max(least, low), high: Math.min(most, high), ...cost };
  }
  return { value: counted.find(({ weight }) => weight > 0)?.value ?? null, low: null, high: null, ...cost };
}
