import type { Answer, GivenAnswer } from "../../../kernel/contracts/answers/answer.ts";
import type { Scale } from "../../../kernel/contracts/answers/scale.ts";
import type { Context } from "../../../kernel/contracts/context.ts";
import { totalVariation } from "../../../statistics/distances/nominal.ts";
import { earthMovers } from "../../../statistics/distances/ordinal.ts";
import { invalid, isMeasured, sum } from "../../../statistics/measured.ts";
import { kolmogorovSmirnov, type Sample } from "../../../statistics/shapes/kolmogorov-smirnov.ts";
import { administer } from "../../administer/administer.ts";
import type { SurveyAnswer } from "../../administer/collected.ts";
import type { AdministerOptions } from "../../administer/options.ts";
import type { ElicitationName } from "../../elicitation/names.ts";
import { type Instrument, itemsOf } from "../../instrument/document.ts";
import { partsOf } from "../../instrument/items.ts";
import type { ItemPart } from "../../instrument/kind.ts";
import { withValue } from "../figures.ts";
import { sharesIn } from "./shares.ts";
import { type FittedTemperature, fitTemperatures, heated, type RatedPart } from "./temperature.ts";

/** What ways of asking are held against, and which. */
export interface FitOptions
  extends Omit<AdministerOptions, "method" | "methods" | "temperature" | "variants" | "pilot"> {
  /** What people answered to some of the items, or to parts of them. */
  readonly human: readonly Answer[];
  readonly candidates: readonly ElicitationName[];
}

/** How far answers in one way are from those of people. */
export interface ElicitationFit {
  readonly item: string;
  readonly method: string;
  /**
   * From 0 to 1: total variation of choices and of what is ranked first, of ordered scales the earth mover's distance as a share
   * of the scale, of numbers Kolmogorov and Smirnov's, of several choices the mean difference of the options' shares.
   */
  readonly distance: number;
  readonly measure: "total variation" | "earth mover's" | "Kolmogorov–Smirnov" | "difference of shares";
  /** Simulated answers and those of people. */
  readonly simulated: number;
  readonly human: number;
  /** Of ratings by similarity: at which temperature, where it was learned. */
  readonly temperature?: number;
}

/** Ways of asking by how near they come to people. */
export interface FittedElicitation {
  readonly table: readonly ElicitationFit[];
  /** The nearest way for each item, as `methods` of a survey takes it. */
  readonly methods: Readonly<Record<string, string>>;
  /** The mean distance of each way over the items that all of them can ask (or over its own, where there are none), the nearest first. */
  readonly overall: readonly { readonly method: string; readonly items: number; readonly distance: number }[];
  /** The temperature of ratings by similarity, learned for each scale to which enough people answered. */
  readonly temperatures: readonly FittedTemperature[];
}

/**
 * Asks the items to which there are answers of people in several ways, and says which comes nearest: a choice by fit, to be
 * held against items that it has not seen. Ratings by similarity are compared at the temperature that comes nearest, where
 * twenty people answered to their scale (`temperatures`). Items are asked without their conditions. Throws OPTION_INVALID where there are
 * no answers of people to choices, ratings, numbers or orders.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const human = ["yes", "yes", "no"].map((value) => ({ item: "drinks", value, method: "person" }));
 * const fit = await fitElicitation(simulation.context, { instrument: tea, people: [lisa, oscar], human, candidates: ["direct", "stated-probabilities"] });
 * fit.table.length; // => 2
 */
export async function fitElicitation(
  context: Context,
  { human, candidates, instrument, ...options }: FitOptions,
): Promise<FittedElicitation> {
  const known = new Set(withValue(human).map(({ item }) => item));
  const asked = onlyItems(instrument, known);
  const parts = itemsOf(asked).flatMap((item) => partsOf(item).map((part) => ({ item: item.id, part })));
  if (parts.length === 0) {
    throw invalid("human", {
      value: [...known].join(", "),
      hint: "Give answers of people to choices, ratings, numbers or orders.",
    });
  }
  const table: ElicitationFit[] = [];
  let temperatures: readonly FittedTemperature[] = [];
  for (const method of candidates) {
    const { answers } = await administer(context, { ...options, instrument: asked, method });
    const given = answers.filter((answer) => answer.method === method);
    const isRating = method === "similarity-rating";
    if (isRating) temperatures = fitTemperatures(parts.flatMap((one) => ratedOf(one, given, human)));
    for (const { item, part } of parts) {
      const learned = isRating ? temperatures.find(({ items }) => items.includes(item)) : undefined;
      const own = given.filter((one) => one.item === part.id).map((one) => heated(one, learned?.temperature ?? 1));
      const fit = distanceOf(part, own, human);
      const at = learned && { temperature: learned.temperature };
      if (fit !== undefined) table.push({ item: part.id, method, ...fit, ...at });
    }
  }
  return { table, methods: nearest(table, parts), overall: overallOf(table), temperatures };
}

interface Asked {
  readonly item: string;
  readonly part: ItemPart;
}

function ratedOf({ item, part }: Asked, given: readonly SurveyAnswer[], human: readonly Answer[]): RatedPart[] {
  const { id, scale } = part;
  if (scale.kind !== "ordinal") return [];
  const own = <One extends Answer>(answers: readonly One[]): readonly One[] => answers.filter((one) => one.item === id);
  return [{ item, scale, simulated: withValue(own(given)), human: own(human) }];
}

/** The items of which something is known, without what leads to them or away. */
function onlyItems(instrument: Instrument, known: ReadonlySet<string>): Instrument {
  const blocks = instrument.blocks.flatMap(({ if: _if, items, ...block }) => {
    const own = items
      .filter((item) => partsOf(item).some((part) => known.has(part.id) && isComparable(part)))
      .map(
        ({ if: _condition, skip: _skip, screenOut: _screenOut, method: _method, temperature: _usual, ...item }) => item,
      );
    return own.length === 0 ? [] : [{ ...block, items: own }];
  });
  return { ...instrument, quotas: [], blocks } as Instrument;
}

const comparable: readonly string[] = ["nominal", "ordinal", "number", "choices", "ranking"];
const isComparable = ({ scale: { kind } }: ItemPart): boolean => comparable.includes(kind);

type Distance = Pick<ElicitationFit, "distance" | "measure" | "simulated" | "human">;

function distanceOf(part: ItemPart, own: readonly SurveyAnswer[], people: readonly Answer[]): Distance | undefined {
  const [simulated, human] = [withValue(own), withValue(people.filter(({ item }) => item === part.id))];
  if (simulated.length === 0 || human.length === 0) return undefined;
  const found = apart(part.scale, simulated, human);
  return found && { ...found, simulated: simulated.length, human: human.length };
}

function apart(
  scale: Scale,
  simulated: readonly GivenAnswer[],
  human: readonly GivenAnswer[],
): Pick<Distance, "distance" | "measure"> | undefined {
  if (scale.kind === "number") {
    const [one, other] = [simulated, human].map((answers) => ({ values: answers.map(({ value }) => Number(value)) }));
    const found = kolmogorovSmirnov(one as Sample, other as Sample);
    return isMeasured(found) ? { distance: found.distance, measure: "Kolmogorov–Smirnov" } : undefined;
  }
  if (!("options" in scale)) return undefined;
  const [one, other] = [simulated, human].map((answers) => sharesIn(answers, scale)) as [number[], number[]];
  if (scale.kind === "choices") {
    const gaps = one.map((share, place) => Math.abs(share - (other[place] as number)));
    return { distance: sum(gaps) / gaps.length, measure: "difference of shares" };
  }
  const isOrdered = scale.kind === "ordinal";
  const found = isOrdered ? earthMovers(one, other) : totalVariation(one, other);
  if (!isMeasured(found)) return undefined;
  return { distance: found.distance, measure: isOrdered ? "earth mover's" : "total variation" };
}

function nearest(table: readonly ElicitationFit[], parts: readonly Asked[]): Readonly<Record<string, string>> {
  const items = Map.groupBy(parts, ({ item }) => item);
  return Object.fromEntries(
    [...items].flatMap(([item, own]) => {
      const ids = new Set(own.map(({ part }) => part.id));
      const [best] = overallOf(table.filter((row) => ids.has(row.item)));
      return best === undefined ? [] : [[item, best.method] as const];
    }),
  );
}

function overallOf(table: readonly ElicitationFit[]): FittedElicitation["overall"] {
  const count = new Set(table.map(({ method }) => method)).size;
  const shared = [...Map.groupBy(table, ({ item }) => item).values()].filter((own) => own.length === count).flat();
  const ways = Map.groupBy(shared.length > 0 ? shared : table, ({ method }) => method);
  return [...ways]
    .map(([method, rows]) => ({
      ...{ method, items: rows.length },
      distance: rows.reduce((sum, { distance }) => sum + distance, 0) / rows.length,
    }))
    .toSorted((one, other) => one.distance - other.distance);
}
