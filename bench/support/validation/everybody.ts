import {
  type AnswerSet,
  type AnswersDescription,
  type ComparisonFigure,
  compareAnswers,
  parseAnswersDescription,
  type Random,
} from "../../../src/index.ts";
import { placeBy } from "./made.ts";

/** What somebody says to all items, and how likely it is that somebody says so. */
interface Outcome {
  readonly said: Readonly<Record<string, Value>>;
  readonly share: number;
}

type Value = string | number | readonly string[] | Readonly<Record<string, number>> | null;

/** Whom a comparison holds against each other: of twins both sides come from one outcome. */
export interface World {
  readonly name: string;
  readonly sides: readonly [human: readonly Outcome[], simulated: readonly Outcome[]];
  readonly twins?: boolean;
}

const described: AnswersDescription = parseAnswersDescription({
  answers: 1,
  items: {
    vote: { scale: { kind: "ordinal", options: [1, 2, 3, 4, 5] }, margin: 0.5 },
    price: { scale: { kind: "number", low: 0, high: 100 } },
    shop: { scale: { kind: "nominal", options: ["corner", "market", "web"] } },
    toys: { scale: { kind: "ranking", options: ["A", "B", "C"] }, separator: "-" },
    uses: { scale: { kind: "choices", options: ["tea", "milk", "rum"] }, separator: "," },
    purse: { scale: { kind: "allocation", options: ["rent", "food", "fun"], total: 10 } },
    ...Object.fromEntries(
      ["kind", "swift", "fair"].map((item) => [
        item,
        { scale: { kind: "ordinal", options: [1, 2, 3] }, family: "staff" },
      ]),
    ),
  },
});

const oneOf = (item: string, shares: Readonly<Record<string, number>>): readonly Outcome[] =>
  Object.entries(shares).map(([value, share]) => ({ said: { [item]: value === "nobody" ? null : value }, share }));

const steps = (item: string, shares: readonly number[]): readonly Outcome[] =>
  oneOf(item, Object.fromEntries(shares.map((share, step) => [step + 1, share])));

/** What two kinds of outcomes come to together, each by itself. */
const both = (one: readonly Outcome[], other: readonly Outcome[]): readonly Outcome[] =>
  one.flatMap(({ said, share }) =>
    other.map((also) => ({ said: { ...said, ...also.said }, share: share * also.share })),
  );

/** Orders by R. D. Luce and R. L. Plackett's model. */
function orders(strengths: Readonly<Record<string, number>>, before: readonly string[] = []): readonly Outcome[] {
  const left = Object.entries(strengths).filter(([toy]) => !before.includes(toy));
  if (left.length === 0) return [{ said: { toys: before }, share: 1 }];
  const all = left.reduce((sum, [, strength]) => sum + strength, 0);
  return left.flatMap(([toy, strength]) =>
    orders(strengths, [...before, toy]).map(({ said, share }) => ({ said, share: (share * strength) / all })),
  );
}

/** Which of the things somebody uses, each for itself. */
const sets = (chances: Readonly<Record<string, number>>): readonly Outcome[] =>
  Object.entries(chances).reduce<readonly Outcome[]>(
    (all, [thing, chance]) =>
      all.flatMap(({ said: { uses }, share }) => [
        { said: { uses: [...(uses as readonly string[]), thing] }, share: share * chance },
        { said: { uses: uses as readonly string[] }, share: share * (1 - chance) },
      ]),
    [{ said: { uses: [] }, share: 1 }],
  );

const purses = (shares: readonly number[]): readonly Outcome[] =>
  [
    [5, 5, 0],
    [5, 3, 2],
    [8, 2, 0],
    [2, 2, 6],
  ].map(([rent = 0, food = 0, fun = 0], place) => ({
    said: { purse: { rent, food, fun } },
    share: shares[place] as number,
  }));

const prices = (shares: readonly number[]): readonly Outcome[] =>
  [5, 10, 12, 20, 50].map((price, place) => ({ said: { price }, share: shares[place] as number }));

const rated = (kind: readonly number[], swift: readonly number[], fair: readonly number[]): readonly Outcome[] =>
  both(both(steps("kind", kind), steps("swift", swift)), steps("fair", fair));

/** Twins who know what their person says with a chance of 0.6, and else say anything. */
const twinsOn = (item: string, shares: readonly number[], values: readonly string[]) => {
  const pairs = shares.flatMap((own, place) =>
    shares.map((other, at) => ({
      share: own * ((place === at ? 0.6 : 0) + 0.4 * other),
      pair: [values[place] as string, values[at] as string],
    })),
  );
  return [0, 1].map((side) =>
    pairs.map(({ pair, share }) => ({ said: { [item]: pair[side] as string }, share })),
  ) as unknown as World["sides"];
};

/** Of each kind of item one, with people and others who answer otherwise. */
export const worlds: readonly World[] = [
  {
    name: "steps",
    sides: [
      both(
        steps("vote", [0.1, 0.2, 0.3, 0.25, 0.15]),
        oneOf("shop", { corner: 0.5, market: 0.3, web: 0.1, nobody: 0.1 }),
      ),
      both(
        steps("vote", [0.02, 0.08, 0.3, 0.4, 0.2]),
        oneOf("shop", { corner: 0.15, market: 0.25, web: 0.5, nobody: 0.1 }),
      ),
    ],
  },
  {
    name: "steps, as people",
    sides: [steps("vote", [0.1, 0.2, 0.3, 0.25, 0.15]), steps("vote", [0.1, 0.2, 0.3, 0.25, 0.15])],
  },
  {
    name: "options, as people",
    sides: [
      oneOf("shop", { corner: 0.5, market: 0.3, web: 0.2 }),
      oneOf("shop", { corner: 0.5, market: 0.3, web: 0.2 }),
    ],
  },
  { name: "orders, as people", sides: [orders({ A: 4, B: 3, C: 1 }), orders({ A: 4, B: 3, C: 1 })] },
  {
    name: "choices, as people",
    sides: [sets({ tea: 0.7, milk: 0.5, rum: 0.2 }), sets({ tea: 0.7, milk: 0.5, rum: 0.2 })],
  },
  { name: "numbers", sides: [prices([0.1, 0.4, 0.2, 0.2, 0.1]), prices([0.3, 0.3, 0.2, 0.15, 0.05])] },
  { name: "orders", sides: [orders({ A: 4, B: 2, C: 1 }), orders({ A: 1, B: 2, C: 4 })] },
  { name: "choices", sides: [sets({ tea: 0.7, milk: 0.5, rum: 0.2 }), sets({ tea: 0.5, milk: 0.2, rum: 0.4 })] },
  { name: "amounts", sides: [purses([0.4, 0.3, 0.2, 0.1]), purses([0.1, 0.1, 0.3, 0.5])] },
  {
    name: "a family",
    sides: [
      rated([0.2, 0.3, 0.5], [0.3, 0.4, 0.3], [0.5, 0.3, 0.2]),
      rated([0.3, 0.3, 0.4], [0.4, 0.4, 0.2], [0.1, 0.5, 0.4]),
    ],
  },
  {
    name: "twins on steps",
    twins: true,
    sides: twinsOn("vote", [0.1, 0.2, 0.3, 0.25, 0.15], ["1", "2", "3", "4", "5"]),
  },
  { name: "twins on options", twins: true, sides: twinsOn("shop", [0.6, 0.25, 0.15], ["corner", "market", "web"]) },
];

function answersOf(all: readonly (Outcome & { readonly weight: number })[], twins: boolean): AnswerSet {
  const items = Object.fromEntries(Object.entries(described.items).filter(([item]) => item in (all[0]?.said ?? {})));
  return {
    ...{ source: "made up", items, identified: twins, twins, excluded: [], leftOut: 0, remarks: [] },
    people: all.map(({ said, weight }, place) => ({
      ...{ id: `p${place}`, row: place + 1, weight, attributes: {} },
      answers: Object.fromEntries(
        Object.entries(said).map(([item, value]) => [
          item,
          value === null ? { item, value, missing: "refused", method: "person" } : { item, value, method: "person" },
        ]),
      ),
    })) as AnswerSet["people"],
  };
}

type Figures = ReadonlyMap<string, ComparisonFigure>;

async function figuresOf(sides: readonly AnswerSet[], resamples: number, seed: string): Promise<Figures> {
  const [human, simulated] = sides as [AnswerSet, AnswerSet];
  const { figures } = await compareAnswers(human, simulated, { resamples, halves: 40, seed });
  return new Map(figures.map((figure) => [figure.id, figure]));
}

/** How many people stand for all: so many that a sample's chance is nothing in them. */
const many = 2_000;

/** Figures of all people there could be: everybody has one of the outcomes, and stands for as many as are like them. */
export function everybody({ sides, twins = false }: World): Promise<Figures> {
  const all = sides.map((side) =>
    answersOf(
      side.flatMap((one) => {
        const copies = Math.max(1, Math.round(many * one.share));
        return Array.from({ length: copies }, () => ({ ...one, weight: (many * one.share) / copies }));
      }),
      twins,
    ),
  );
  return figuresOf(all, 100, "everybody");
}

/** Figures of so many people and of others. */
export function some(
  { sides, twins = false }: World,
  random: Random,
  [n, m]: readonly [number, number],
): Promise<Figures> {
  const [human, simulated] = sides;
  const drawn = (side: readonly Outcome[], from: Random): number =>
    placeBy(
      from,
      side.map(({ share }) => share),
    );
  const own = Array.from({ length: n }, () => drawn(human, random));
  const others = twins ? own : Array.from({ length: m }, () => drawn(simulated, random));
  const counted = (side: readonly Outcome[], places: readonly number[]) =>
    places.map((place) => ({ ...(side[place] as Outcome), weight: 1 }));
  return figuresOf(
    [answersOf(counted(human, own), twins), answersOf(counted(simulated, others), twins)],
    300,
    random.path,
  );
}
