import { type AnswerSet, type AnswersDescription, parseAnswersDescription, type Random } from "../../../src/index.ts";
import { orderBy } from "../statistics/chance.ts";

/** What one person says, by item; null where they refuse. */
export type Said = Readonly<Record<string, string | readonly string[] | null>>;

/** How answers are drawn: the same for whoever is drawn by it. */
export interface Truth {
  /** Of steps from 1 up. */
  readonly vote?: readonly number[];
  /** Of options in no order. */
  readonly shop?: readonly number[];
  /** Strengths by R. D. Luce and R. L. Plackett's model. */
  readonly toys?: readonly number[];
  /** The chance that somebody refuses `vote`. */
  readonly refuses?: number;
}

export const shops = ["corner", "market", "web"];
const toys = ["A", "B", "C", "D"];
const described: AnswersDescription = parseAnswersDescription({
  answers: 1,
  items: {
    vote: { scale: { kind: "ordinal", options: [1, 2, 3, 4, 5] } },
    shop: { scale: { kind: "nominal", options: shops } },
    toys: { scale: { kind: "ranking", options: toys }, separator: "-" },
  },
});

/** One place by shares that sum to one. */
export function placeBy(random: Random, shares: readonly number[]): number {
  let left = random.next();
  const found = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return found < 0 ? shares.length - 1 : found;
}

/** What somebody says who is drawn by it. */
export function saidBy(random: Random, { vote, shop, toys: strengths, refuses = 0 }: Truth): Said {
  return {
    ...(vote && { vote: random.next() < refuses ? null : String(placeBy(random, vote) + 1) }),
    ...(shop && { shop: shops[placeBy(random, shop)] as string }),
    ...(strengths && { toys: orderBy(random, strengths).map((place) => toys[place] as string) }),
  };
}

/** Answers as if they had been read; twins have the ids of the people of the same place. */
export function answersOf(all: readonly Said[], { twins = false, groups = false } = {}): AnswerSet {
  const items = Object.fromEntries(Object.entries(described.items).filter(([item]) => item in (all[0] ?? {})));
  return {
    ...{ source: "made up", items, identified: twins, twins, excluded: [], leftOut: 0, remarks: [] },
    people: all.map((said, place) => ({
      ...{ id: twins ? `p${place}` : `row ${place + 1}`, row: place + 1, weight: 1 },
      attributes: groups ? { half: String(place % 2) } : {},
      answers: Object.fromEntries(
        Object.entries(said).map(([item, value]) => [
          item,
          value === null ? { item, value, missing: "refused", method: "person" } : { item, value, method: "person" },
        ]),
      ),
    })),
  };
}

/** People, each for themselves. */
export const drawnBy = (random: Random, n: number, truth: Truth): readonly Said[] =>
  Array.from({ length: n }, () => saidBy(random, truth));
