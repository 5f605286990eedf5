import { tDistribution } from "../../statistics/distributions/continuous.ts";
import type { Interval } from "../../statistics/intervals/interval.ts";
import { checkNumbers, type Unmeasured } from "../../statistics/measured.ts";
import { mean, variance } from "../../statistics/moments.ts";

/** A few people who were asked, with what was simulated of each, and many who were only simulated. */
export interface FewAndMany {
  /** What people answered: numbers, or 1 and 0 for a share. */
  readonly answers: readonly number[];
  /** What was simulated of the same people, in their order. */
  readonly predictions: readonly number[];
  /** What was simulated of others, who are drawn from the same people. */
  readonly others: readonly number[];
}

/** A mean or a share of people, by few answers and many simulated ones. */
export interface PredictionPowered {
  readonly estimate: number;
  readonly interval: Interval;
  /** How far the simulated are relied on, from 0 (not at all) to 1. */
  readonly power: number;
  /** What the answers of people say alone. */
  readonly alone: { readonly estimate: number; readonly interval: Interval };
  /** As many people asked alone would tell as much. */
  readonly worth: number;
}

const few: Unmeasured = { reason: "fewer than three people were asked, or fewer than two others simulated" };

/**
 * The mean of people by few of their answers and many predictions (A. N. Angelopoulos and others, "Prediction-powered
 * inference", 2023), its power tuned to what the predictions are worth (A. N. Angelopoulos, J. C. Duchi and T. Zrnic,
 * "PPI++", 2023): asymptotically it is valid however wrong these are, and then no narrower than the answers alone. It holds
 * where those who were asked and the others are drawn from the same people. The interval goes by Student's t, as few people
 * are asked; a share of few people is none, unless ten of them at least say the rarer thing and ten other than was foretold.
 * Throws OPTION_INVALID for what is no finite number.
 */
export async function predictionPowered(
  { answers, predictions, others }: FewAndMany,
  level = 0.95,
): Promise<PredictionPowered | Unmeasured> {
  checkNumbers("answers", answers);
  checkNumbers("predictions", predictions, answers.length);
  checkNumbers("others", others);
  const [n, many] = [answers.length, others.length];
  if (n < 3 || many < 2) return few;
  const power = powerOf({ answers, predictions, others });
  const rest = answers.map((answer, place) => answer - power * (predictions[place] as number));
  const spread = (power ** 2 * variance(others)) / many + variance(rest) / n;
  const aloneSpread = variance(answers) / n;
  if (aloneSpread === 0) return { reason: "all people answer the same" };
  if (isRare({ answers, predictions })) return rare;
  const { quantile } = await tDistribution(n - 1);
  const around = (estimate: number, square: number): { estimate: number; interval: Interval } => {
    const margin = quantile((1 + level) / 2) * Math.sqrt(square);
    return { estimate, interval: { low: estimate - margin, high: estimate + margin, level } };
  };
  return {
    ...around(power * mean(others) + mean(rest), spread),
    ...{ power, alone: around(mean(answers), aloneSpread), worth: (n * aloneSpread) / spread },
  };
}

/** So many are needed on each side of a share, as for the normal approximation to a share. */
const fewest = 10;

const rare: Unmeasured = {
  reason: `of a share ${fewest} people at least have to give the rarer answer, and ${fewest} another than was foretold`,
};

/** What is rare in a sample says nothing of how rare it is: an interval of it would be too narrow. */
function isRare({ answers, predictions }: Pick<FewAndMany, "answers" | "predictions">): boolean {
  if (!answers.every((answer) => answer === 0 || answer === 1)) return false;
  const ones = answers.filter((answer) => answer === 1).length;
  const off = answers.filter((answer, place) => Math.abs(answer - (predictions[place] as number)) >= 0.5).length;
  return Math.min(ones, answers.length - ones, off) < fewest;
}

/** The power at which the estimate scatters least, by the sample: Cov(Y, f) / ((1 + n/N) Var(f)), within 0 and 1. */
function powerOf({ answers, predictions, others }: FewAndMany): number {
  const [n, many] = [answers.length, others.length];
  const all = variance([...predictions, ...others]);
  if (all === 0) return 0;
  const [centre, middle] = [mean(answers), mean(predictions)];
  const products = answers.map((answer, place) => (answer - centre) * ((predictions[place] as number) - middle));
  const together = (n * mean(products)) / (n - 1);
  return Math.min(1, Math.max(0, together / ((1 + n / many) * all)));
}
