import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { Unmeasured } from "../../statistics/measured.ts";

/** How many more promote than detract. */
export interface NetPromoterScore {
  /** From -100 to 100: the share of promoters (9, 10) less that of detractors (0 to 6), in points. */
  readonly score: number;
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/**
 * The net promoter score of the answers to one such item (F. F. Reichheld, "The one number you need to grow", 2003); answers
 * without a value do not count.
 * @example
 * netPromoterScore([10, 9, 7, 2].map((value) => ({ item: "nps", value: String(value), method: "person" }))); // => { score: 25, promoters: 2, passives: 1, detractors: 1 }
 */
export function netPromoterScore(answers: readonly Answer[]): NetPromoterScore | Unmeasured {
  const points = answers.flatMap(({ value }) => (value === null ? [] : [Number(value)]));
  const promoters = points.filter((point) => point >= 9).length;
  const detractors = points.filter((point) => point <= 6).length;
  const n = points.length;
  if (n === 0) return { reason: "no answers" };
  return { score: (100 * (promoters - detractors)) / n, promoters, passives: n - promoters - detractors, detractors };
}
