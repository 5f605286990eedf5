import type { Answer } from "../../../kernel/contracts/answers/answer.ts";
import { bootstrapInterval } from "../../../statistics/intervals/bootstrap.ts";
import { isMeasured, type Unmeasured } from "../../../statistics/measured.ts";
import { notMeasured, type OwnFigure, type TaskAnswers } from "./task-figure.ts";

/** Where the curves of four prices cross; a point is null where two do not. */
export interface PricePoints {
  /** Below it more people doubt the quality than find it not cheap. */
  readonly marginalCheapness: number | null;
  /** Above it more find it too expensive than not expensive. */
  readonly marginalExpensiveness: number | null;
  /** As many find it too cheap as too expensive. */
  readonly optimal: number | null;
  /** As many find it cheap as expensive. */
  readonly indifference: number | null;
  /** People whose prices rise from one question to the next; the others are left out. */
  readonly people: number;
  readonly leftOut: number;
}

const names = ["too-cheap", "cheap", "expensive", "too-expensive"] as const;
const points = ["marginalCheapness", "marginalExpensiveness", "optimal", "indifference"] as const;

/** Somebody whose four prices rise, and how much they count. */
interface Rising {
  readonly prices: readonly number[];
  readonly weight: number;
}

/**
 * The price points of one van Westendorp item (P. H. van Westendorp, "NSS price sensitivity meter", 1976) from the answers of
 * each person: crossings of the shares of people, straight between the prices that anybody named.
 */
export function pricePoints(people: readonly (readonly Answer[])[], item: string): PricePoints | Unmeasured {
  const rising = people.map((answers) => risingIn(answers, item)).filter((prices) => prices !== undefined);
  if (rising.length === 0) return { reason: nobody };
  const found = crossings(rising.map((prices) => ({ prices, weight: 1 })));
  return { ...found, people: rising.length, leftOut: people.length - rising.length };
}

const nobody = "nobody has four prices that rise";
const resamples = 1_000;

/** The four price points with intervals by drawing people again (percentiles). */
export async function priceFigures(item: string, given: TaskAnswers): Promise<readonly OwnFigure[]> {
  const people = Map.groupBy(given.answers, ({ respondent, sample }) => JSON.stringify([respondent, sample]));
  const rising = [...people.values()].flatMap((answers) => {
    const prices = risingIn(answers, item);
    const person = answers[0]?.respondent ?? "";
    return prices === undefined ? [] : [{ prices, person, weight: given.sampleWeightOf(person) }];
  });
  const counted = rising.filter(({ weight }) => weight > 0);
  const n = new Set(counted.map(({ person }) => person)).size;
  if (n === 0) return notMeasured("price", points, { n, why: nobody });
  const found = crossings(counted);
  const rows: OwnFigure[] = [];
  // The same dice draw the same people for each of the four, so that each draw's crossings are found once.
  const drawn: Crossings[] = [];
  for (const figure of points) {
    let draw = 0;
    const figureOf = (units: readonly number[]): number | undefined => {
      drawn[draw] ??= crossings(units.map((unit) => counted[unit] as Rising));
      draw += 1;
      return drawn[draw - 1]?.[figure] ?? undefined;
    };
    const interval = await bootstrapInterval(counted.length, figureOf, {
      ...{ random: given.random.fork("draws"), level: given.level, resamples, method: "percentile" as const },
      clusters: counted.map(({ person }) => person),
    });
    const { low, high, why } = isMeasured(interval)
      ? { ...interval, why: null }
      : { low: null, high: null, why: interval.reason };
    rows.push({ result: "price", figure, n, value: found[figure], low, high, why });
  }
  return rows;
}

function risingIn(answers: readonly Answer[], item: string): readonly number[] | undefined {
  const prices = names.flatMap((name) => {
    const value = answers.find((answer) => answer.item === `${item}.${name}`)?.value;
    return typeof value === "number" ? [value] : [];
  });
  const rises = prices.every((price, place) => place === 0 || price > (prices[place - 1] as number));
  return prices.length === names.length && rises ? prices : undefined;
}

type Crossings = Pick<PricePoints, (typeof points)[number]>;

function crossings(people: readonly Rising[]): Crossings {
  const grid = [...new Set(people.flatMap(({ prices }) => prices))].sort((one, other) => one - other);
  const placeOf = new Map(grid.map((price, place) => [price, place]));
  const curves = names.map((_, question) => upTo(people, question, { placeOf, size: grid.length }));
  const [tooCheap, cheap, expensive, tooExpensive] = curves as [Curve, Curve, Curve, Curve];
  return {
    marginalCheapness: crossing(grid, tooCheap.atLeast, not(cheap.atLeast)),
    marginalExpensiveness: crossing(grid, not(expensive.atMost), tooExpensive.atMost),
    optimal: crossing(grid, tooCheap.atLeast, tooExpensive.atMost),
    indifference: crossing(grid, cheap.atLeast, expensive.atMost),
  };
}

const not = (shares: readonly number[]): readonly number[] => shares.map((one) => 1 - one);

/** At each price, the share of people who named so much at most, and at least. */
interface Curve {
  readonly atMost: readonly number[];
  readonly atLeast: readonly number[];
}

function upTo(
  people: readonly Rising[],
  question: number,
  { placeOf, size }: { readonly placeOf: ReadonlyMap<number, number>; readonly size: number },
): Curve {
  const here = Array<number>(size).fill(0);
  let all = 0;
  for (const { prices, weight } of people) {
    const place = placeOf.get(prices[question] as number) as number;
    here[place] = (here[place] as number) + weight;
    all += weight;
  }
  let below = 0;
  const before = here.map((weight) => {
    below += weight;
    return below - weight;
  });
  return {
    atMost: before.map((sum, place) => (sum + (here[place] as number)) / all),
    atLeast: before.map((sum) => (all - sum) / all),
  };
}

/** Where a curve that falls meets one that rises. */
function crossing(grid: readonly number[], falling: readonly number[], rising: readonly number[]): number | null {
  const gaps = grid.map((_, place) => (falling[place] as number) - (rising[place] as number));
  const place = gaps.findIndex((gap) => gap <= 0);
  if (place === -1) return null;
  const [after, price] = [gaps[place] as number, grid[place] as number];
  if (after === 0) return middleOfZeros(grid, gaps, place);
  if (place === 0) return null;
  const [before, from] = [gaps[place - 1] as number, grid[place - 1] as number];
  return from + ((price - from) * before) / (before - after);
}

/** Where curves lie upon each other for a while, the middle of it. */
function middleOfZeros(grid: readonly number[], gaps: readonly number[], first: number): number {
  const last = gaps.lastIndexOf(0);
  return ((grid[first] as number) + (grid[last] as number)) / 2;
}
