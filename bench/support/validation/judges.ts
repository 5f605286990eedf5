import { figuresOfScores, figuresOfTruths, type Pair } from "../../../src/evaluation/calibration/figures.ts";
import type { Random } from "../../../src/index.ts";
import type { CalibrationFigure } from "../../../src/kernel/contracts/judging/calibration.ts";
import { placeBy } from "./made.ts";

/** How likely each pair of a label (row) and what the judge says of it (column) is. */
type Joint = readonly (readonly number[])[];

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Labels from 0 to 9, which the judge meets half a point too high and with a spread. */
const scores: Joint = Array.from({ length: 10 }, (_, label) => {
  const near = Array.from({ length: 10 }, (_, given) => Math.exp(-((given - label - 0.5) ** 2) / (2 * 1.5 ** 2)));
  return near.map((one) => one / total(near) / 10);
});

/** Half of the claims hold: of these it sees eight in ten, and of the others nine in ten. */
const truths: Joint = [
  [0.45, 0.05],
  [0.1, 0.4],
];

/** The mean, over all pairs, of what is counted of one. */
const meanOf = (joint: Joint, of: (label: number, given: number) => number): number =>
  total(joint.flatMap((row, label) => row.map((chance, given) => chance * of(label, given))));

const labelsOf = (joint: Joint): readonly number[] => joint.map(total);
const givenOf = (joint: Joint): readonly number[] =>
  joint.map((_, given) => total(joint.map((row) => row[given] as number)));

/** By how much two who draw from these shares, each for themselves, are apart. */
const byChance = (one: readonly number[], other: readonly number[], apart: (a: number, b: number) => number): number =>
  total(one.flatMap((share, a) => other.map((also, b) => share * also * apart(a, b))));

const square = (a: number, b: number): number => (a - b) ** 2;
const unlike = (a: number, b: number): number => Number(a !== b);

/** Cohen's and Krippendorff's coefficients of all cases there could be: one less what is seen over what chance would give. */
function agreementOf(joint: Joint, apart: (a: number, b: number) => number) {
  const [labels, given] = [labelsOf(joint), givenOf(joint)];
  const both = labels.map((share, place) => (share + (given[place] as number)) / 2);
  const seen = meanOf(joint, apart);
  return { kappa: 1 - seen / byChance(labels, given, apart), alpha: 1 - seen / byChance(both, both, apart) };
}

/** Spearman's coefficient of all cases: Pearson's of the places that values have among all, ties halfway. */
function rankOf(joint: Joint): number {
  const placesOf = (shares: readonly number[]): readonly number[] =>
    shares.map((share, at) => total(shares.slice(0, at)) + share / 2 - 0.5);
  const [labels, given] = [placesOf(labelsOf(joint)), placesOf(givenOf(joint))];
  const together = (one: (label: number, given: number) => number): number => meanOf(joint, one);
  const [xs, ys] = [(label: number) => labels[label] as number, (_: number, said: number) => given[said] as number];
  return (
    together((label, said) => xs(label) * ys(label, said)) /
    Math.sqrt(together((label) => xs(label) ** 2) * together((label, said) => ys(label, said) ** 2))
  );
}

const off = (label: number, given: number): number => given - label;

/** What a judge is who errs so, of all cases there could be, and the figures of so many of them. */
export const judges = [
  {
    name: "scores of 40 cases",
    truths: {
      bias: meanOf(scores, off),
      meanError: meanOf(scores, (label, given) => Math.abs(given - label)),
      ...agreementOf(scores, square),
      rank: rankOf(scores),
    },
    figures: async (random: Random) => (await figuresOfScores(pairs(random, scores, 40), random)).figures,
  },
  {
    name: "truths of 40 cases",
    truths: {
      accuracy: meanOf(truths, (label, given) => Number(label === given)),
      bias: meanOf(truths, off),
      meanError: meanOf(truths, unlike),
      ...agreementOf(truths, unlike),
    },
    figures: async (random: Random) => {
      const cases = pairs(random, truths, 40);
      const said = cases.map(({ label, given }) => ({ label: label === 1, given: given === 1 }));
      return (await figuresOfTruths(said, random)).figures;
    },
  },
] satisfies readonly {
  readonly name: string;
  readonly truths: Readonly<Record<string, number>>;
  readonly figures: (random: Random) => Promise<Readonly<Record<string, CalibrationFigure>>>;
}[];

function pairs(random: Random, joint: Joint, n: number): readonly Pair<number>[] {
  return Array.from({ length: n }, () => {
    const place = placeBy(random, joint.flat());
    return { label: Math.floor(place / joint.length), given: place % joint.length };
  });
}
