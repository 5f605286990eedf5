import {
  type ComparisonFigure,
  compareAnswers,
  predictionPowered,
  type Random,
  scoreHeldOut,
} from "../../../src/index.ts";
import { holds, type Trial } from "../statistics/chance.ts";
import { answersOf, drawnBy, placeBy, type Said, saidBy, shops, type Truth } from "./made.ts";

const human: Truth = { vote: [0.1, 0.2, 0.3, 0.25, 0.15], shop: [0.5, 0.3, 0.2], toys: [4, 3, 2, 1], refuses: 0.1 };
const other: Truth = { vote: [0.02, 0.08, 0.3, 0.4, 0.2], shop: [0.2, 0.3, 0.5], toys: [1, 2, 3, 4], refuses: 0.3 };

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const meanOf = ({ vote = [] }: Truth): number => total(vote.map((share, step) => share * (step + 1)));
const sdOf = (truth: Truth): number =>
  Math.sqrt(total((truth.vote ?? []).map((share, step) => share * (step + 1 - meanOf(truth)) ** 2)));
const upTo = ({ vote = [] }: Truth, step: number): number => total(vote.slice(0, step + 1));
const apart = (key: "vote" | "shop"): number =>
  total((human[key] ?? []).map((share, place) => Math.abs(share - (other[key]?.[place] as number)))) / 2;
const functions = [0, 1, 2, 3].map((step) => Math.abs(upTo(human, step) - upTo(other, step)));
const varied = ({ shop = [] }: Truth): number => 1 - total(shop.map((share) => share ** 2));

/** What figures are of all people there could be, by their ids. */
export const truths: Readonly<Record<string, number>> = {
  "vote/mean": meanOf(other) - meanOf(human),
  "vote/mean@half=0": meanOf(other) - meanOf(human),
  "vote/sd": sdOf(other) - sdOf(human),
  "vote/dispersion-ratio": sdOf(other) / sdOf(human),
  "vote/earth-movers": total(functions),
  "vote/ks-similarity": 1 - Math.max(...functions),
  "vote/total-variation": apart("vote"),
  "vote/share:4": 0.15,
  "vote/refused": 0.2,
  "shop/total-variation": apart("shop"),
  "shop/diversity": varied(other) - varied(human),
  "shop/mode-share": 0,
  "shop/share:web": 0.3,
  "toys/first-choice:A": 0.1 - 0.4,
  // Mean ranks: 1 and, for each of the others, the chance that it is before.
  "toys/rank:A": 2 / 3 + 3 / 4 + 4 / 5 - (3 / 7 + 2 / 6 + 1 / 5),
};

/** A comparison of so many on each side, by figure. */
export async function compared(random: Random): Promise<ReadonlyMap<string, ComparisonFigure>> {
  const [people, simulated] = [drawnBy(random.fork("human"), 100, human), drawnBy(random.fork("other"), 80, other)];
  const { figures } = await compareAnswers(
    answersOf(people, { groups: true }),
    answersOf(simulated, { groups: true }),
    {
      ...{ resamples: 300, halves: 10, seed: random.path },
    },
  );
  return new Map(figures.map((figure) => [figure.id, figure]));
}

/** People, and twins who say with such a chance what their person does, and else anything. */
function twins(random: Random, n: number, knows: number): readonly (readonly [Said, Said])[] {
  return drawnBy(random, n, { vote: human.vote ?? [] }).map((own) => {
    return [own, random.next() < knows ? own : saidBy(random, { vote: human.vote ?? [] })] as const;
  });
}

const knows = 0.6;

/** What twins are, of all there could be. */
export const twinTruths: Readonly<Record<string, number>> = {
  "vote/accuracy": knows + (1 - knows) * total((human.vote ?? []).map((share) => share ** 2)),
  "vote/correlation": knows,
};

/** A comparison of people with their twins, by figure. */
export async function comparedTwins(random: Random): Promise<ReadonlyMap<string, ComparisonFigure>> {
  const pairs = twins(random, 80, knows);
  const [people, others] = [0, 1].map((side) =>
    answersOf(
      pairs.map((pair) => pair[side] as Said),
      { twins: true },
    ),
  ) as [ReturnType<typeof answersOf>, ReturnType<typeof answersOf>];
  const { figures } = await compareAnswers(people, others, { resamples: 300, halves: 10, seed: random.path });
  return new Map(figures.map((figure) => [figure.id, figure]));
}

/** Twins who are right with a chance of 0.7, and say 0.6 for what they foretell: better than uniform by 2 / 3 − 0.48. */
async function heldOut(random: Random): Promise<boolean | undefined> {
  const people = drawnBy(random, 60, { shop: [1 / 3, 1 / 3, 1 / 3] });
  const others = answersOf(people, { twins: true });
  const foretold = {
    ...others,
    people: others.people.map((person) => {
      const came = shops.indexOf(person.answers["shop"]?.value as string);
      const said = random.next() < 0.7 ? came : (came + 1 + placeBy(random, [0.5, 0.5])) % 3;
      const distribution = Object.fromEntries(shops.map((shop, place) => [shop, place === said ? 0.6 : 0.2]));
      return {
        ...person,
        answers: { shop: { item: "shop", value: shops[said] as string, distribution, method: "file" } },
      };
    }),
  };
  const { figures } = await scoreHeldOut(others, foretold, { item: "shop", seed: random.path });
  const interval = figures.find(({ by, score }) => by === "uniform" && score === "brier")?.interval;
  const truth = 2 / 3 - (0.7 * 0.24 + 0.3 * 1.04);
  return interval && interval.low <= truth && interval.high >= truth;
}

/** A share by 120 people, of whom 0.3 say yes, and 600 simulated, who are right with a chance of 0.8. */
async function powered(random: Random): Promise<boolean | undefined> {
  const answers = Array.from({ length: 720 }, () => Number(random.next() < 0.3));
  const foretold = answers.map((answer) => (random.next() < 0.8 ? answer : 1 - answer));
  const found = await predictionPowered({
    ...{ answers: answers.slice(0, 120), predictions: foretold.slice(0, 120), others: foretold.slice(120) },
  });
  return holds(found, 0.3);
}

/** How often intervals of other figures hold the truth. A bootstrap of few is known to be short. */
export const trials: readonly Trial[] = [
  {
    ...{ name: "how much better 60 twins foretell (Brier), BCa", nominal: 0.95, times: 500, allowance: 0.02 },
    once: heldOut,
  },
  {
    ...{ name: "share by 120 people and 600 simulated, right in 0.8", nominal: 0.95, times: 2_000, allowance: 0.01 },
    once: powered,
  },
];
