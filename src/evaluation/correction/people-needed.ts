import { tDistribution } from "../../statistics/distributions/continuous.ts";
import { checkNumbers, invalid, isMeasured, type Unmeasured } from "../../statistics/measured.ts";
import { mean, variance } from "../../statistics/moments.ts";
import { type FewAndMany, predictionPowered } from "./prediction-powered.ts";

/** How many people have to be asked for an interval of some width. */
export interface PeopleNeeded {
  /** With the simulated, all together, and how many more than were asked. */
  readonly people: number;
  readonly more: number;
  /** Without the simulated. */
  readonly alone: number;
}

/** More people than these are not counted. */
const most = 1_000_000;

/**
 * How many people to ask so that the interval of a mean or a share is no wider than `width`, foretold from those who were
 * asked: how far the simulated go along with them, and how much they scatter. None where even a million would not do, as the
 * simulated are too few for it.
 * @param width from end to end, in the units of the answers
 */
export async function peopleNeeded(asked: FewAndMany, width: number, level = 0.95): Promise<PeopleNeeded | Unmeasured> {
  checkNumbers("width", [width]);
  if (width <= 0) throw invalid("width", { value: width, hint: "Give a number above zero." });
  const found = await predictionPowered(asked, level);
  if (!isMeasured(found)) return found;
  const { answers, predictions, others } = asked;
  const scatter = variance(answers);
  const spread = variance(others);
  const together = covariance(answers, predictions);
  /** The variance of the estimate from n people, at the power that is best then. */
  const squareAt = (n: number): number => {
    const power = spread === 0 ? 0 : Math.min(1, Math.max(0, together / ((1 + n / others.length) * spread)));
    const rest = Math.max(0, scatter - 2 * power * together + power ** 2 * variance(predictions));
    return (power ** 2 * spread) / others.length + rest / n;
  };
  const enough = async (square: (n: number) => number, n: number): Promise<boolean> =>
    2 * (await tDistribution(n - 1)).quantile((1 + level) / 2) * Math.sqrt(square(n)) <= width;
  const people = await least((n) => enough(squareAt, n));
  const alone = await least((n) => enough((size) => scatter / size, n));
  if (people === undefined || alone === undefined) return { reason: `not even ${most} people would do` };
  return { people, more: Math.max(0, people - answers.length), alone };
}

function covariance(xs: readonly number[], ys: readonly number[]): number {
  const [one, other] = [mean(xs), mean(ys)];
  return xs.reduce((sum, x, place) => sum + (x - one) * ((ys[place] as number) - other), 0) / (xs.length - 1);
}

/** The least number, from 3, from which it holds. */
async function least(holds: (n: number) => Promise<boolean>): Promise<number | undefined> {
  if (!(await holds(most))) return undefined;
  let [low, high] = [2, most];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
