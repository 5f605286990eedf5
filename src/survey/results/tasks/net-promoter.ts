import type { Answer } from "../../../kernel/contracts/answers/answer.ts";
import type { Unmeasured } from "../../../statistics/measured.ts";
import { withValue } from "../figures.ts";
import { type OwnFigure, overPeople, percentOfPeople, type TaskAnswers } from "./task-figure.ts";

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
 * without a value do not count. With its margin it stands among the rows of `summariseTasks`.
 * @example
 * netPromoterScore([10, 9, 7, 2].map((value) => ({ item: "nps", value: String(value), method: "person" }))); // => { score: 25, promoters: 2, passives: 1, detractors: 1 }
 */
export function netPromoterScore(answers: readonly Answer[]): NetPromoterScore | Unmeasured {
  const points = answers.flatMap(({ value }) => (value === null ? [] : [pointsOf(value)]));
  const [promoters, detractors] = [1, -1].map((sign) => points.filter((point) => point === 100 * sign).length) as [
    number,
    number,
  ];
  const n = points.length;
  if (n === 0) return { reason: "no answers" };
  return { score: (100 * (promoters - detractors)) / n, promoters, passives: n - promoters - detractors, detractors };
}

const groups = { promoters: 100, passives: 0, detractors: -100 } as const;

/** The score with its interval over people, by Student's t, and the shares that it is made of, with Wilson's. */
export async function netPromoterFigures(given: TaskAnswers): Promise<readonly OwnFigure[]> {
  const people = Map.groupBy(withValue(given.answers), ({ respondent }) => respondent);
  const points = new Map([...people].map(([person, own]) => [person, own.map(({ value }) => pointsOf(value))]));
  const score = { figure: "score", ...(await overPeople(points, given, [-100, 100])) };
  const shares = Object.entries(groups).map(async ([figure, point]) => {
    const own = new Map([...points].map(([person, all]) => [person, all.map((one) => one === point)]));
    return { figure, ...(await percentOfPeople(own, given)) };
  });
  return [score, ...(await Promise.all(shares))].map((row) => ({ result: "net promoter", ...row }));
}

/** What one answer adds to the mean that the score is. */
function pointsOf(value: unknown): number {
  const point = Number(value);
  return point >= 9 ? 100 : point <= 6 ? -100 : 0;
}
