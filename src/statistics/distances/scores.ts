import { checkWeights, invalid, sum, type Unmeasured } from "../measured.ts";
import { cumulated } from "./shares.ts";

/** How well what came was foretold. */
export interface Score {
  /** 0 is best: all of the probability lay on what came. */
  readonly score: number;
}

const nothingForetold: Unmeasured = { reason: "nothing was foretold" };

/**
 * The squared miss over all options (G. W. Brier, "Verification of forecasts expressed in terms of probability", 1950), from
 * 0 to 2. The forecast is brought to a sum of one; `came` is the place of what came. All scores here are proper: who says
 * what they believe fares best.
 * @example
 * brierScore([0.5, 0.5], 0); // => { score: 0.5 }
 */
export function brierScore(forecast: readonly number[], came: number): Score | Unmeasured {
  const shares = foretold(forecast, came);
  if (shares === undefined) return nothingForetold;
  return { score: sum(shares.map((share, place) => (share - (place === came ? 1 : 0)) ** 2)) };
}

/**
 * The surprise at what came, −ln p, in nats (I. J. Good, "Rational decisions", 1952). There is none where it was held to be
 * impossible, as that would be without end.
 * @example
 * logScore([1, 0], 1); // => { reason: "what came was held to be impossible" }
 */
export function logScore(forecast: readonly number[], came: number): Score | Unmeasured {
  const shares = foretold(forecast, came);
  if (shares === undefined) return nothingForetold;
  const likely = shares[came] as number;
  if (likely === 0) return { reason: "what came was held to be impossible" };
  return { score: -Math.log(likely) || 0 };
}

/**
 * The squared miss of the distribution function on an ordered scale (E. S. Epstein, "A scoring system for probability
 * forecasts of ranked categories", 1969), as the mean over its steps, from 0 to 1: a near miss costs less. It needs two options.
 * @example
 * rankedProbabilityScore([0, 1, 0], 2); // => { score: 0.5 }
 */
export function rankedProbabilityScore(forecast: readonly number[], came: number): Score | Unmeasured {
  const shares = foretold(forecast, came);
  if (shares === undefined) return nothingForetold;
  if (shares.length < 2) return { reason: "the scale has a single option" };
  const misses = cumulated(shares).map((reached, place) => (reached - (place >= came ? 1 : 0)) ** 2);
  return { score: sum(misses.slice(0, -1)) / (shares.length - 1) };
}

function foretold(forecast: readonly number[], came: number): readonly number[] | undefined {
  checkWeights("forecast", forecast);
  if (!Number.isInteger(came) || came < 0 || came >= forecast.length) {
    const hint = `Give the place of what came among the options, from 0 to ${forecast.length - 1}.`;
    throw invalid("came", { value: came, hint });
  }
  const all = sum(forecast);
  return all === 0 ? undefined : forecast.map((share) => share / all);
}
