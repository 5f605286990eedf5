import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import type { Interval } from "../../statistics/intervals/interval.ts";
import { meanInterval } from "../../statistics/intervals/mean.ts";
import { isMeasured, sum, type Unmeasured } from "../../statistics/measured.ts";
import { mean } from "../../statistics/moments.ts";
import type { Judgeable, Judgement, JudgeOptions } from "../bench.ts";
import { judge } from "../judge.ts";
import { propositionsOf, type Rubric } from "./rubric.ts";

/** What all criteria come to, by their weights, from 0 to 9. */
export type RubricTotal =
  | {
      readonly kind: "score";
      /** Over the criteria that have a score. */
      readonly score: number;
      /**
       * Where the total lies: by Student's t over the samples, and, where criteria are without a score, with these at 0 and
       * at 9. How far off the judge is from people is not in it: see `calibration`.
       */
      readonly interval: Interval | Unmeasured;
      /** Criteria without a score. */
      readonly without: readonly string[];
    }
  | { readonly kind: "undecided"; readonly why: string };

/** A verdict for each criterion, and the total. */
export interface RubricJudgement<Name extends string> extends Omit<Judgement, "verdicts"> {
  readonly rubric: string;
  readonly criteria: Readonly<Record<Name, Verdict>>;
  readonly total: RubricTotal;
}

/**
 * Judges a transcript, or those of several together, by a rubric: each criterion gets a verdict with quotes, and the
 * weights make a total. Where less than half of the weight has a score, the total is undecided. Errors as `judge`.
 * @example
 * const plain = defineRubric({ name: "plain", criteria: { short: { claim: "Nobody speaks longer than needed." } } });
 * const { criteria, total } = await judgeByRubric(lisa, plain, { samples: 3 });
 */
export async function judgeByRubric<const Name extends string>(
  subject: Judgeable | readonly Judgeable[],
  rubric: Rubric<Name>,
  options: JudgeOptions = {},
): Promise<RubricJudgement<Name>> {
  const { verdicts, ...rest } = await judge(subject, propositionsOf(rubric), options);
  const criteria = Object.fromEntries(verdicts.map((verdict) => [verdict.proposition, verdict]));
  const total = await totalOf(verdicts, rubric);
  return Object.freeze({
    ...rest,
    rubric: rubric.name,
    criteria: Object.freeze(criteria) as Readonly<Record<Name, Verdict>>,
    total: Object.freeze(total),
  });
}

interface Weighed {
  readonly weight: number;
  /** One a sample; null where it has no answer. */
  readonly answers: readonly (number | null)[];
  readonly score: number;
}

/** What the verdicts on criteria come to. */
export async function totalOf(verdicts: readonly Verdict[], rubric: Rubric): Promise<RubricTotal> {
  const weightOf = (name: string): number => rubric.criteria[name]?.weight ?? 1;
  const weighed = verdicts.flatMap((verdict): readonly Weighed[] => {
    if (verdict.kind !== "score") return [];
    const answers = verdict.samples?.answers.map((answer) => (answer === null ? null : Number(answer)));
    return [{ weight: weightOf(verdict.proposition), answers: answers ?? [verdict.score], score: verdict.score }];
  });
  const [decided, all] = [
    sum(weighed.map(({ weight }) => weight)),
    sum(verdicts.map((one) => weightOf(one.proposition))),
  ];
  const without = verdicts.flatMap(({ kind, proposition }) => (kind === "score" ? [] : [proposition]));
  if (decided * 2 < all) {
    return { kind: "undecided", why: `Too much of it has no score: ${without.join(", ")}.` };
  }
  const totals = sampleTotals(weighed);
  const score = totals.length > 0 ? mean(totals) : weightedMean(weighed, ({ score: one }) => one);
  const sampled = await meanInterval(totals);
  return { kind: "score", score, interval: widened({ score, sampled, open: 1 - decided / all }), without };
}

/** The total of each sample that has an answer to every criterion with a score. */
function sampleTotals(weighed: readonly Weighed[]): readonly number[] {
  const samples = Math.max(...weighed.map(({ answers }) => answers.length));
  return Array.from({ length: samples }, (_, sample) => sample)
    .filter((sample) => weighed.every(({ answers }) => typeof answers[sample] === "number"))
    .map((sample) => weightedMean(weighed, ({ answers }) => answers[sample] as number));
}

function weightedMean(weighed: readonly Weighed[], value: (one: Weighed) => number): number {
  return sum(weighed.map((one) => one.weight * value(one))) / sum(weighed.map(({ weight }) => weight));
}

/** What has no score may be anything from 0 to 9. */
function widened({
  score,
  sampled,
  open,
}: {
  readonly score: number;
  readonly sampled: Interval | Unmeasured;
  /** The share of the weight without a score. */
  readonly open: number;
}): Interval | Unmeasured {
  if (!isMeasured(sampled) && open === 0) return sampled;
  const { low, high, level } = isMeasured(sampled) ? sampled : { low: score, high: score, level: 0.95 };
  return { low: Math.max(0, low) * (1 - open), high: Math.min(9, high) * (1 - open) + 9 * open, level };
}
