import { normalDistribution } from "../distributions/continuous.ts";
import { checkNumbers, sum, type Unmeasured } from "../measured.ts";
import { mean, variance } from "../moments.ts";
import type { Normality } from "./shapiro-wilk.ts";

/**
 * Whether values come from a normal distribution, with an eye on its ends (T. W. Anderson and D. A. Darling, 1952); A² and its
 * p value for a mean and a spread that are those of the sample (M. A. Stephens, 1986). It needs eight values.
 * @example
 * const found = await andersonDarling([1, 2, 2, 3, 3, 3, 4, 4, 5]);
 * "p" in found && found.p > 0.5; // => true
 */
export async function andersonDarling(values: readonly number[]): Promise<Normality | Unmeasured> {
  checkNumbers("values", values);
  const n = values.length;
  if (n < 8) return { reason: "fewer than eight values" };
  const sd = Math.sqrt(variance(values));
  if (sd === 0) return { reason: "all values are the same" };
  const { below, above } = await normalDistribution(mean(values), sd);
  const ordered = values.toSorted((one, other) => one - other);
  // Of what is too far out to have a chance, the least that there is.
  const log = (share: number): number => Math.log(Math.max(share, Number.MIN_VALUE));
  const terms = ordered.map(
    (value, place) => (2 * place + 1) * (log(below(value)) + log(above(ordered[n - 1 - place] as number))),
  );
  const statistic = -n - sum(terms) / n;
  return { statistic, p: normalChance(statistic * (1 + 0.75 / n + 2.25 / n ** 2)) };
}

/** R. B. D'Agostino and M. A. Stephens, Goodness-of-Fit Techniques, 1986, table 4.9. */
function normalChance(corrected: number): number {
  // The curve was fitted up to about 10.
  const a = Math.min(10, corrected);
  if (a >= 0.6) return Math.exp(1.2937 - 5.709 * a + 0.0186 * a ** 2);
  if (a >= 0.34) return Math.exp(0.9177 - 4.279 * a - 1.38 * a ** 2);
  if (a >= 0.2) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a ** 2);
  return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a ** 2);
}

/** Whether several samples come from one distribution. */
export interface SeveralSamples {
  /** In standard deviations from what one distribution gives on the mean. */
  readonly statistic: number;
  /** From the published table, which ends at 0.001 and 0.25. */
  readonly p: number;
  /** Present where the true p lies beyond the end of the table. */
  readonly beyond?: "less" | "more";
}

/**
 * Whether several samples come from one distribution, whichever it is (F. W. Scholz and M. A. Stephens, 1987; ties halfway).
 * @example
 * const found = andersonDarlingSamples([[1, 2, 3, 4, 5], [11, 12, 13, 14, 15]]);
 * "p" in found && found.p < 0.01; // => true
 */
export function andersonDarlingSamples(samples: readonly (readonly number[])[]): SeveralSamples | Unmeasured {
  for (const sample of samples) checkNumbers("samples", sample);
  if (samples.length < 2) return { reason: "fewer than two samples" };
  if (samples.some((sample) => sample.length === 0)) return { reason: "a sample is empty" };
  const all = samples.flat().sort((one, other) => one - other);
  if (all.length < 4) return { reason: "fewer than four values" };
  if (all[0] === all.at(-1)) return { reason: "all values are the same" };
  const sizes = samples.map(({ length }) => length);
  const free = samples.length - 1;
  const statistic = (midrankDistance(samples, all) - free) / Math.sqrt(distanceVariance(sizes));
  return { statistic, ...tabled(statistic, free) };
}

function midrankDistance(samples: readonly (readonly number[])[], all: readonly number[]): number {
  const n = all.length;
  const values = [...Map.groupBy(all, (value) => value)].map(([value, { length }]) => ({ value, count: length }));
  let before = 0;
  const middles = values.map(({ count }) => {
    before += count;
    return before - count / 2;
  });
  const ofSample = (sample: readonly number[]): number => {
    const counts = Map.groupBy(sample, (value) => value);
    let below = 0;
    const terms = values.map(({ value, count }, place) => {
      const own = counts.get(value)?.length ?? 0;
      const [middle, half] = [middles[place] as number, below + own / 2];
      below += own;
      return ((count / n) * (n * half - middle * sample.length) ** 2) / (middle * (n - middle) - (n * count) / 4);
    });
    return sum(terms) / sample.length;
  };
  return ((n - 1) / n) * sum(samples.map(ofSample));
}

function distanceVariance(sizes: readonly number[]): number {
  const [n, k] = [sum(sizes), sizes.length];
  const small = sum(sizes.map((size) => 1 / size));
  let [h, g] = [0, 0];
  for (let place = 2; place < n; place++) {
    h += 1 / (n + 1 - place);
    g += h / place;
  }
  h += 1;
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * small;
  const b = (2 * g - 4) * k ** 2 + 8 * h * k + (2 * g - 14 * h - 4) * small - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * k ** 2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * small + 4 * h;
  const d = (2 * h + 6) * k ** 2 - 4 * h * k;
  return (a * n ** 3 + b * n ** 2 + c * n + d) / ((n - 1) * (n - 2) * (n - 3));
}

/** The published percentiles, and what they are corrected by for the number of samples. */
const percentiles = [
  [0.25, 0.675, -0.245, -0.105],
  [0.1, 1.281, 0.25, -0.305],
  [0.05, 1.645, 0.678, -0.362],
  [0.025, 1.96, 1.149, -0.391],
  [0.01, 2.326, 1.822, -0.396],
  [0.005, 2.573, 2.364, -0.345],
  [0.001, 3.085, 3.615, -0.154],
] as const;

/** A parabola through the logarithms of the percentiles. */
function tabled(statistic: number, free: number): Pick<SeveralSamples, "p" | "beyond"> {
  const critical = percentiles.map(([, zero, one, two]) => zero + one / Math.sqrt(free) + two / free);
  if (statistic < (critical[0] as number)) return { p: 0.25, beyond: "more" };
  if (statistic > (critical.at(-1) as number)) return { p: 0.001, beyond: "less" };
  const logs = percentiles.map(([share]) => Math.log(share));
  return { p: Math.exp(parabola(critical, logs)(statistic)) };
}

/** By least squares, with steps that have nothing of one another. */
function parabola(xs: readonly number[], ys: readonly number[]): (value: number) => number {
  const centre = mean(xs);
  const off = xs.map((x) => x - centre);
  const squares = sum(off.map((x) => x ** 2));
  const [lean, level] = [sum(off.map((x) => x ** 3)) / squares, squares / xs.length];
  const bend = (x: number): number => x ** 2 - lean * x - level;
  const slope = sum(off.map((x, place) => x * (ys[place] as number))) / squares;
  const bent = sum(off.map((x, place) => bend(x) * (ys[place] as number))) / sum(off.map((x) => bend(x) ** 2));
  return (value) => mean(ys) + slope * (value - centre) + bent * bend(value - centre);
}
