import type { CalibrationFigure, CalibrationFigures } from "../../kernel/contracts/judging/calibration.ts";
import type { Random } from "../../kernel/values/random.ts";
import { krippendorffAlpha } from "../../statistics/agreement/alpha.ts";
import { cohenKappa, type Kappa } from "../../statistics/agreement/kappa.ts";
import { rankCorrelation } from "../../statistics/correlation.ts";
import { bootstrapInterval } from "../../statistics/intervals/bootstrap.ts";
import { meanInterval } from "../../statistics/intervals/mean.ts";
import { shareInterval } from "../../statistics/intervals/share.ts";
import { isMeasured } from "../../statistics/measured.ts";

/** What was known of a case, and what the judge said. */
export interface Pair<T> {
  readonly label: T;
  readonly given: T;
}

const scores = Array.from({ length: 10 }, (_, score) => score);

/** How far scores are off: `bias` and `meanError` in points of 0 to 9; `kappa` with quadratic weights over whole scores. */
export async function figuresOfScores(pairs: readonly Pair<number>[], random: Random): Promise<CalibrationFigures> {
  const errors = pairs.map(({ label, given }) => given - label);
  const [labels, given] = [pairs.map((pair) => pair.label), pairs.map((pair) => pair.given)];
  const whole = (values: readonly number[]): readonly number[] => values.map(Math.round);
  const kappa = await cohenKappa(whole(labels), whole(given), { levels: scores, weights: "quadratic" });
  return {
    n: pairs.length,
    figures: {
      bias: await averageOf(errors, -9, 9),
      meanError: await averageOf(errors.map(Math.abs), 0, 9),
      kappa: isMeasured(kappa) ? kappaOf(kappa) : kappa,
      alpha: await resampled(pairs, (some) => alphaOf(some, "interval"), random.fork("alpha")),
      rank: await resampled(
        pairs,
        (some) =>
          rankCorrelation(
            some.map((pair) => pair.label),
            some.map((pair) => pair.given),
          ),
        random.fork("rank"),
      ),
    },
  };
}

/** How far truths are off: `bias` is the share said to be true less that which is, `meanError` the share of wrong ones. */
export async function figuresOfTruths(pairs: readonly Pair<boolean>[], random: Random): Promise<CalibrationFigures> {
  const errors = pairs.map(({ label, given }) => Number(given) - Number(label));
  const right = errors.filter((error) => error === 0).length;
  const { low, high } = await shareInterval(right, pairs.length);
  const wrong = pairs.length - right;
  const kappa = await cohenKappa(
    pairs.map(({ label }) => label),
    pairs.map(({ given }) => given),
    { levels: [false, true] },
  );
  return {
    n: pairs.length,
    figures: {
      accuracy: { value: right / pairs.length, low, high },
      bias: await averageOf(errors, -1, 1),
      meanError: { value: wrong / pairs.length, low: 1 - high, high: 1 - low },
      kappa: isMeasured(kappa) ? kappaOf(kappa) : kappa,
      alpha: await resampled(pairs, (some) => alphaOf(some, "nominal"), random.fork("alpha")),
    },
  };
}

/** No interval goes beyond what there can be. */
async function averageOf(values: readonly number[], least: number, most: number): Promise<CalibrationFigure> {
  const found = await meanInterval(values);
  if (isMeasured(found)) {
    return { value: found.mean, low: Math.max(least, found.low), high: Math.min(most, found.high) };
  }
  return values[0] === undefined ? found : { value: values[0] };
}

function alphaOf(pairs: readonly Pair<number | boolean>[], metric: "nominal" | "interval"): number | undefined {
  const found = krippendorffAlpha([pairs.map(({ label }) => label), pairs.map(({ given }) => given)], metric);
  return isMeasured(found) ? found.alpha : undefined;
}

/** A figure with its interval by drawing cases again. */
async function resampled<T>(
  pairs: readonly Pair<T>[],
  figure: (some: readonly Pair<T>[]) => number | undefined,
  random: Random,
): Promise<CalibrationFigure> {
  const value = figure(pairs);
  if (value === undefined) return { reason: "all values of one are the same" };
  const at = (places: readonly number[]) => figure(places.map((place) => pairs[place] as Pair<T>));
  const found = await bootstrapInterval(pairs.length, at, { random, resamples: 1_000 });
  return isMeasured(found) ? { value, low: found.low, high: found.high } : { value };
}

const kappaOf = ({ kappa: value, low, high }: Kappa) => ({
  value,
  ...(low !== undefined && high !== undefined && { low, high }),
});
