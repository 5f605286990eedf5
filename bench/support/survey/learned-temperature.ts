import { ksSimilarity } from "../../../src/index.ts";
import type { GivenAnswer } from "../../../src/kernel/contracts/answers/answer.ts";
import { createRandom, type Random } from "../../../src/kernel/values/random.ts";
import { averaged, ratedBy } from "../../../src/survey/elicitation/anchors/similarity.ts";
import { distributionOf, drawn } from "../../../src/survey/elicitation/distribution.ts";
import { fitTemperatures, heated, type RatedPart } from "../../../src/survey/results/fit/temperature.ts";
import { normals } from "../statistics/chance.ts";

const runs = 40;
const people = 50;
const options = ["0", "1", "2", "3", "4"];
const scale: RatedPart["scale"] = { kind: "ordinal", options };

/** What people think of the items of one scale. */
const shapes: Readonly<Record<string, readonly number[]>> = {
  "one heap": [0.05, 0.1, 0.2, 0.35, 0.3],
  "two camps": [0.4, 0.1, 0.05, 0.1, 0.35],
  "all alike": [0.2, 0.2, 0.2, 0.2, 0.2],
  "a peak": [0.02, 0.03, 0.05, 0.2, 0.7],
};

/** How far answers lie around what is meant: each nearly at its own point, and every third nearer to a neighbour's. */
const strays = [0.15, 0.5];

/** What is made of an item that people did not answer. */
interface Unseen {
  readonly about: string;
  readonly stray: number;
  readonly usual: number;
  readonly learned: number;
}

/** KS similarity to an item by the temperature learned from 50 people on the other items of its scale, and at 1. */
export function onUnseenItems(): readonly Unseen[] {
  return Object.keys(shapes).flatMap((name) => strays.map((stray) => onUnseen(name, stray)));
}

function onUnseen(name: string, stray: number): Unseen {
  const likeness = Array.from({ length: runs }, (_, run) => {
    const random = createRandom(name).fork(`${stray} ${run}`);
    const known = Object.entries(shapes).filter(([other]) => other !== name);
    const [fit] = fitTemperatures(
      known.map(([item, shares]) => ({
        ...{ item, scale, simulated: ratings(random.fork(item), shares, stray) },
        human: answers(random.fork(`people ${item}`), shares),
      })),
    );
    const truth = shapes[name] as readonly number[];
    const rated = ratings(random.fork("unseen"), truth, stray);
    return [1, fit?.temperature ?? Number.NaN].map((temperature) => alike(rated, temperature, truth));
  });
  const [usual, learned] = averaged(likeness) as [number, number];
  return { about: `similarity rating, ${name}, answers ${stray} points around what is meant`, stray, usual, learned };
}

/** At temperature 1, on an arc of directions that are 30° apart. */
function ratings(random: Random, shares: readonly number[], sd: number): readonly GivenAnswer[] {
  return normals(random.fork("strays"), 500, { sd }).map((stray) => {
    const value = drawn(distributionOf(options, shares), random);
    const rated = ratedBy(shares.map((_, at) => Math.cos(((Number(value) + stray - at) * Math.PI) / 6)));
    return { item: "", value, method: "similarity-rating", distribution: distributionOf(options, rated) };
  });
}

const answers = (random: Random, shares: readonly number[]): readonly GivenAnswer[] =>
  Array.from({ length: people }, () => {
    return { item: "", value: drawn(distributionOf(options, shares), random), method: "person" };
  });

function alike(rated: readonly GivenAnswer[], temperature: number, truth: readonly number[]): number {
  const mean = averaged(rated.map((one) => Object.values(heated(one, temperature).distribution ?? {})));
  const found = ksSimilarity(mean, truth);
  return "similarity" in found ? found.similarity : Number.NaN;
}
