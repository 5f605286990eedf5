import { betaDistribution, normalDistribution } from "../../../statistics/distributions/continuous.ts";
import type { Dimension } from "../../specification/schema.ts";

type Numeric = Extract<Dimension, { kind: "numeric" }>;
export type NamedDistribution = NonNullable<Numeric["distribution"]>;

/** A distribution of numbers: how much lies below a value, and below which value so much lies. */
export interface Distribution {
  /** The share below `value`. */
  below(value: number): number;
  /** The value below which `share` lies. */
  at(share: number): number;
}

/**
 * Opens a distribution by its name. The functions of normal, log-normal and beta distributions are loaded when first
 * asked for.
 * @param range where the dimension begins and ends; a uniform or triangular distribution, and a beta, fill it
 */
export async function openDistribution(
  named: NamedDistribution,
  range: { readonly from: number; readonly to: number },
): Promise<Distribution> {
  const { from, to } = range;
  switch (named.name) {
    case "uniform":
      return uniform(from, to);
    case "triangular":
      return triangular(from, to, named.mode);
    case "exponential": {
      const start = Number.isFinite(from) ? from : 0;
      return {
        below: (value) => (value <= start ? 0 : -Math.expm1(-(value - start) / named.mean)),
        at: (share) => start - named.mean * Math.log1p(-share),
      };
    }
    case "normal":
      return normal(named.mean, named.sd);
    case "log-normal": {
      const inner = await normal(Math.log(named.median), named.sigma);
      return {
        below: (value) => (value <= 0 ? 0 : inner.below(Math.log(value))),
        at: (share) => Math.exp(inner.at(share)),
      };
    }
    case "beta":
      return beta(from, to, named);
  }
}

/** Even from one end to the other. */
export function uniform(from: number, to: number): Distribution {
  return {
    below: (value) => Math.min(1, Math.max(0, (value - from) / (to - from))),
    at: (share) => from + share * (to - from),
  };
}

function triangular(from: number, to: number, mode: number): Distribution {
  const span = to - from;
  const rise = (mode - from) / span;
  return {
    below: (value) => {
      if (value <= from) return 0;
      if (value >= to) return 1;
      if (value < mode) return (value - from) ** 2 / (span * (mode - from));
      return 1 - (to - value) ** 2 / (span * (to - mode));
    },
    at: (share) =>
      share < rise ? from + Math.sqrt(share * span * (mode - from)) : to - Math.sqrt((1 - share) * span * (to - mode)),
  };
}

async function normal(mean: number, sd: number): Promise<Distribution> {
  const { below, quantile } = await normalDistribution(mean, sd);
  return { below, at: quantile };
}

async function beta(
  from: number,
  to: number,
  shape: { readonly alpha: number; readonly beta: number },
): Promise<Distribution> {
  const { below, quantile } = await betaDistribution(shape.alpha, shape.beta);
  const span = to - from;
  return {
    below: (value) => below((value - from) / span),
    at: (share) => from + span * quantile(share),
  };
}
