import { type DimensionScore, ofQuestions, ofScores } from "../../../src/evaluation/validation/dimensions.ts";
import { defineRubric, type Random, shareInterval } from "../../../src/index.ts";
import { totalOf } from "../../../src/judge/rubric/judge-by-rubric.ts";
import type { Trial } from "../statistics/chance.ts";
import { placeBy } from "./made.ts";

const list = <T>(n: number, of: () => T): T[] => Array.from({ length: n }, of);
const shareOf = (random: Random, n: number, chance: number): number =>
  list(n, () => Number(random.next() < chance)).reduce((sum, one) => sum + one, 0) / n;

/** Scores of a judge from 0 to 9, by how often each is given. */
const scattered = [0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.2, 0.15, 0.07, 0.03];
const high = [0, 0, 0, 0, 0, 0, 0.1, 0.3, 0.4, 0.2];
const breaksDown = [0, 0, 0, 0.1, 0, 0, 0, 0, 0.1, 0.8];
const meanOf = (shares: readonly number[]): number => shares.reduce((sum, share, score) => sum + share * score, 0);

function within(interval: object, truth: number): boolean | undefined {
  const { low, high: most } = interval as { readonly low?: number; readonly high?: number };
  return low === undefined || most === undefined ? undefined : low <= truth + 1e-12 && truth <= most + 1e-12;
}

const covers = (name: string, once: Trial["once"], allowance = 0): Trial => ({
  ...{ name, nominal: 0.95, times: 2_000, allowance, once },
});

const dimension = (name: string, of: (random: Random) => Promise<DimensionScore>, truth: number, allowance = 0) =>
  covers(name, async (random) => within((await of(random)).interval, truth), allowance);

const scores = (
  name: string,
  n: number,
  { shares, allowance = 0 }: { shares: readonly number[]; allowance?: number },
) =>
  dimension(
    `a judge's scores, ${n} interviews, ${name}`,
    (random) =>
      ofScores(
        "fluency",
        list(n, () => placeBy(random, shares)),
      ),
    meanOf(shares) / 9,
    allowance,
  );

const rubric = defineRubric({
  name: "two to one",
  criteria: { clear: { claim: "It is clear.", weight: 2 }, kind: { claim: "It is kind." } },
});

/** Samples of one judge: one criterion scatters, and the other is high. */
async function total(random: Random): Promise<boolean | undefined> {
  const verdicts = Object.entries({ clear: scattered, kind: high }).map(([proposition, shares]) => {
    const answers = list(5, () => placeBy(random, shares));
    return {
      ...{ kind: "score" as const, proposition, score: answers[0] as number, why: "", evidence: [] },
      samples: { asked: 5, answers, undecided: 0, unusable: 0, spread: 0 },
    };
  });
  const found = await totalOf(verdicts, rubric);
  if (found.kind !== "score") return undefined;
  return within(found.interval, (2 * meanOf(scattered) + meanOf(high)) / 3);
}

/** How often the interval of how believable somebody is holds what they are of all questions and interviews there could be. */
export const persons: readonly Trial[] = [
  dimension(
    "facts, 6 questions of any chance, 2 interviews",
    (random) =>
      ofQuestions(
        "facts",
        list(6, () => shareOf(random, 2, random.next())),
      ),
    0.5,
  ),
  dimension(
    "facts, 12 questions of which some are never right",
    (random) =>
      ofQuestions(
        "facts",
        list(12, () => shareOf(random, 2, Number(random.next() < 0.8))),
      ),
    0.8,
  ),
  ...[2, 5, 20].map((interviews) =>
    dimension(
      `in character, ${interviews} interviews of 9 answers, some of which go wrong for good`,
      (random) =>
        ofQuestions(
          "in-character",
          list(interviews, () => shareOf(random, 9, random.next() < 0.8 ? 1 : 0.5)),
        ),
      0.9,
    ),
  ),
  scores("scattered", 3, { shares: scattered }),
  scores("scattered", 10, { shares: scattered }),
  scores("high", 5, { shares: high, allowance: 0.01 }),
  covers("a rubric's total, 5 samples", total, 0.01),
  covers("probes that fail, 10 people of 8 probes each", async (random) => {
    const chances = [0.05, 0.1, 0.2, 0.5, 0.1, 0, 0, 0.8];
    const failed = list(10, () => chances)
      .flat()
      .filter((chance) => random.next() < chance).length;
    return within(await shareInterval(failed, 80), chances.reduce((sum, chance) => sum + chance, 0) / 8);
  }),
];

/** What no sample tells of itself: shown, and held to nothing. */
export const rarely: readonly Trial[] = [scores("which break down once in ten", 10, { shares: breaksDown })];
