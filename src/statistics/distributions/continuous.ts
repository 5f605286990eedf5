// Each is loaded when first asked for: the many small files of a special function take some 60 ms.

/** A distribution of numbers. */
export interface Distribution {
  /** The chance of at most so much. */
  below(value: number): number;
  /** The chance of more, exact where it is tiny, too. */
  above(value: number): number;
  /** The value below which such a share lies. */
  quantile(share: number): number;
}

/**
 * The normal distribution.
 * @example
 * (await normalDistribution()).quantile(0.975).toFixed(2); // => "1.96"
 */
export async function normalDistribution(mean = 0, sd = 1): Promise<Distribution> {
  const [{ default: erfc }, { default: erfcinv }] = await Promise.all([
    import("@stdlib/math-base-special-erfc"),
    import("@stdlib/math-base-special-erfcinv"),
  ]);
  const above = (value: number): number => erfc((value - mean) / sd / Math.SQRT2) / 2;
  return {
    below: (value) => above(2 * mean - value),
    above,
    quantile: (share) => mean - sd * Math.SQRT2 * erfcinv(2 * share),
  };
}

/** The beta distribution, of numbers from 0 to 1. */
export async function betaDistribution(one: number, other: number): Promise<Distribution> {
  const { below, above, quantile } = await incompleteBeta(one, other);
  const parts = (value: number): Parts => {
    const inside = Math.min(1, Math.max(0, value));
    return [inside, 1 - inside];
  };
  return { below: (value) => below(parts(value)), above: (value) => above(parts(value)), quantile };
}

/**
 * Student's t distribution (W. S. Gosset, 1908). The degrees of freedom may be any number above zero.
 * @example
 * (await tDistribution(9)).quantile(0.975).toFixed(3); // => "2.262"
 */
export async function tDistribution(degrees: number): Promise<Distribution> {
  // t² / (ν + t²) is beta distributed.
  const squared = await incompleteBeta(0.5, degrees / 2);
  const rest = await incompleteBeta(degrees / 2, 0.5);
  const beyond = (t: number): number => squared.above([(t * t) / (degrees + t * t), degrees / (degrees + t * t)]) / 2;
  const above = (value: number): number => (value > 0 ? beyond(value) : 1 - beyond(value));
  const farOut = (tail: number): number => {
    // Of the two parts the lesser keeps its digits.
    if (tail < 0.25) {
      const part = rest.quantile(2 * tail);
      return Math.sqrt((degrees * (1 - part)) / part);
    }
    const part = squared.quantile(1 - 2 * tail);
    return Math.sqrt((degrees * part) / (1 - part));
  };
  return {
    below: (value) => above(-value),
    above,
    quantile: (share) => (share < 0.5 ? -farOut(share) : farOut(1 - share)),
  };
}

/** The χ² distribution. */
export async function chiSquareDistribution(degrees: number): Promise<Distribution> {
  const [{ default: gammainc }, { default: gammaincinv }] = await Promise.all([
    import("@stdlib/math-base-special-gammainc"),
    import("@stdlib/math-base-special-gammaincinv"),
  ]);
  const half = (value: number): number => Math.max(0, value) / 2;
  return {
    below: (value) => gammainc(half(value), degrees / 2, true, false),
    above: (value) => gammainc(half(value), degrees / 2, true, true),
    quantile: (share) => 2 * gammaincinv(share, degrees / 2, false),
  };
}

/** The F distribution (R. A. Fisher, G. W. Snedecor): of a mean square of `over` degrees over one of `under`. */
export async function fDistribution(over: number, under: number): Promise<Distribution> {
  const { below, above, quantile } = await incompleteBeta(over / 2, under / 2);
  const parts = (value: number): Parts => {
    const size = Math.max(0, value) * over;
    return [size / (under + size), under / (under + size)];
  };
  return {
    below: (value) => below(parts(value)),
    above: (value) => above(parts(value)),
    quantile: (share) => {
      const part = quantile(share);
      return (under * part) / (over * (1 - part));
    },
  };
}

/** A share, and what is missing to one, so that neither loses digits where it is small. */
type Parts = readonly [number, number];

interface IncompleteBeta {
  below(parts: Parts): number;
  above(parts: Parts): number;
  quantile(share: number): number;
}

async function incompleteBeta(one: number, other: number): Promise<IncompleteBeta> {
  const [{ default: betainc }, { default: betaincinv }] = await Promise.all([
    import("@stdlib/math-base-special-betainc"),
    import("@stdlib/math-base-special-betaincinv"),
  ]);
  const tail = ([part, rest]: Parts, upper: boolean): number =>
    part < rest ? betainc(part, one, other, true, upper) : betainc(rest, other, one, true, !upper);
  return {
    below: (parts) => tail(parts, false),
    above: (parts) => tail(parts, true),
    quantile: (share) => betaincinv(share, one, other),
  };
}
