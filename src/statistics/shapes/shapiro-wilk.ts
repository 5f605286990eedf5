import { type Distribution, normalDistribution } from "../distributions/continuous.ts";
import { squaresWithin } from "../means/anova.ts";
import { checkNumbers, sum, type Unmeasured } from "../measured.ts";

/** Whether values come from a normal distribution. */
export interface Normality {
  /** W: 1 is just normal; or A², where 0 is. */
  readonly statistic: number;
  readonly p: number;
}

/** Above that the approximation has not been tried. */
const mostValues = 5_000;

/**
 * Whether values come from a normal distribution (S. S. Shapiro and M. B. Wilk, 1965), as P. Royston approximates it (1995,
 * algorithm AS R94). It takes 3 to 5,000 values that differ.
 * @example
 * const found = await shapiroWilk([1, 2, 2, 3, 3, 3, 4, 4, 5]);
 * "p" in found && found.p > 0.5; // => true
 */
export async function shapiroWilk(values: readonly number[]): Promise<Normality | Unmeasured> {
  checkNumbers("values", values);
  const n = values.length;
  if (n < 3) return { reason: "fewer than three values" };
  if (n > mostValues) return { reason: `more than ${mostValues.toLocaleString("en")} values` };
  const squares = squaresWithin(values);
  if (squares === 0) return { reason: "all values are the same" };
  const normal = await normalDistribution();
  const ordered = values.toSorted((one, other) => one - other);
  const along = sum(
    coefficients(n, normal).map(
      (weight, place) => weight * ((ordered[n - 1 - place] as number) - (ordered[place] as number)),
    ),
  );
  const statistic = Math.min(1, along ** 2 / squares);
  return { statistic, p: Math.min(1, Math.max(0, chance(statistic, n, normal))) };
}

/** What the outermost differences count, from the outside in. */
function coefficients(n: number, normal: Distribution): readonly number[] {
  if (n === 3) return [Math.SQRT1_2];
  const half = Math.floor(n / 2);
  const scores = Array.from({ length: half }, (_, place) => -normal.quantile((place + 1 - 0.375) / (n + 0.25)));
  const all = 2 * sum(scores.map((score) => score ** 2));
  const root = 1 / Math.sqrt(n);
  const [first, second] = scores as [number, number];
  const outermost = first / Math.sqrt(all) + polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], root);
  if (n <= 5) {
    const scale = Math.sqrt((all - 2 * first ** 2) / (1 - 2 * outermost ** 2));
    return [outermost, ...scores.slice(1).map((score) => score / scale)];
  }
  const next = second / Math.sqrt(all) + polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], root);
  const left = all - 2 * first ** 2 - 2 * second ** 2;
  const scale = Math.sqrt(left / (1 - 2 * outermost ** 2 - 2 * next ** 2));
  return [outermost, next, ...scores.slice(2).map((score) => score / scale)];
}

function chance(statistic: number, n: number, { above }: Distribution): number {
  if (n === 3) return (6 / Math.PI) * (Math.asin(Math.sqrt(statistic)) - Math.asin(Math.sqrt(0.75)));
  const off = Math.log(1 - statistic);
  if (n <= 11) {
    const most = polynomial([-2.273, 0.459], n);
    if (off >= most) return 0;
    const centre = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n);
    return above((-Math.log(most - off) - centre) / Math.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n)));
  }
  const log = Math.log(n);
  const centre = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], log);
  return above((off - centre) / Math.exp(polynomial([-0.4803, -0.082676, 0.0030302], log)));
}

function polynomial(factors: readonly number[], value: number): number {
  return factors.reduceRight((total, factor) => total * value + factor, 0);
}
