import { normalDistribution } from "./continuous.ts";

/** A distribution that is moved away from the middle. */
export interface Noncentral {
  /** The chance of at most so much, when it is moved by so much. */
  below(value: number, moved: number): number;
}

/** Beyond this the first terms are too small for a number. */
const mostMoved = 37;

/**
 * The noncentral t distribution: what Student's t is like where there is an effect (R. V. Lenth's algorithm AS 243, 1989);
 * beyond 37 by a normal one (M. Abramowitz and I. A. Stegun, 1964, 26.7.10).
 */
export async function noncentralT(degrees: number): Promise<Noncentral> {
  const [{ default: betainc }, normal] = await Promise.all([
    import("@stdlib/math-base-special-betainc"),
    normalDistribution(),
  ]);
  const beta = betainc(1, 0.5, degrees / 2, false, false);
  const below = (value: number, moved: number): number => {
    if (value < 0) return 1 - below(-value, -moved);
    if (Math.abs(moved) > mostMoved) return normal.below(approximated(value, { degrees, moved }));
    if (value === 0) return normal.below(-moved);
    const terms = termsOf({ value, degrees, beta, odd: (x) => betainc(x, 0.5, degrees / 2, true, false) });
    return Math.min(1, Math.max(0, normal.below(-moved) + weighed(terms, moved)));
  };
  return { below };
}

function approximated(value: number, { degrees, moved }: { readonly degrees: number; readonly moved: number }): number {
  const part = 1 / (4 * degrees);
  return (value * (1 - part) - moved) / Math.sqrt(1 + 2 * value ** 2 * part);
}

/** The incomplete beta functions of whole and half steps, one after another. */
function* termsOf({
  value,
  degrees,
  beta,
  odd: first,
}: {
  readonly value: number;
  readonly degrees: number;
  readonly beta: number;
  readonly odd: (x: number) => number;
}): Generator<readonly [number, number]> {
  const [x, half] = [value ** 2 / (value ** 2 + degrees), degrees / 2];
  const power = (degrees / (value ** 2 + degrees)) ** half;
  let [odd, even] = [first(x), 1 - power];
  let [oddStep, evenStep] = [(2 * power * Math.sqrt(x)) / beta, half * x * power];
  for (let a = 0.5; ; ) {
    yield [odd, even];
    a++;
    odd -= oddStep;
    even -= evenStep;
    oddStep *= (x * (a + half - 1)) / a;
    evenStep *= (x * (a + half - 0.5)) / (a + 0.5);
  }
}

/** The terms by Poisson's weights, until what is left of these can change nothing. */
function weighed(terms: Generator<readonly [number, number]>, moved: number): number {
  const square = moved ** 2;
  let p = Math.exp(-square / 2) / 2;
  let q = Math.sqrt(2 / Math.PI) * p * moved;
  let [left, total, step] = [0.5, 0, 0];
  for (const [odd, even] of terms) {
    left -= p;
    total += p * odd + q * even;
    step++;
    if (2 * left * odd < 1e-14 || step > 10_000) return total;
    p *= square / (2 * step);
    q *= square / (2 * step + 1);
  }
  return total;
}

/**
 * The noncentral F distribution: what F is like where groups differ, as a mixture of beta distributions by Poisson's weights
 * (P. B. Patnaik, 1949), from the greatest weight on.
 */
export async function noncentralF(over: number, under: number): Promise<Noncentral> {
  const { default: betainc } = await import("@stdlib/math-base-special-betainc");
  const below = (value: number, moved: number): number => {
    const x = (over * Math.max(0, value)) / (over * Math.max(0, value) + under);
    const term = (step: number): number => betainc(x, over / 2 + step, under / 2, true, false);
    const half = moved / 2;
    const middle = Math.floor(half);
    let [total, all] = [0, 0];
    const add = (weight: number, step: number): void => {
      total += weight * term(step);
      all += weight;
    };
    for (let step = middle, weight = 1; weight > 1e-17; step++) {
      add(weight, step);
      weight *= half / (step + 1);
    }
    for (let step = middle - 1, weight = middle / half; step >= 0 && weight > 1e-17; step--) {
      add(weight, step);
      weight *= step / half;
    }
    return Math.min(1, total / all);
  };
  return { below };
}
