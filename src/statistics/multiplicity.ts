import { checkWeights } from "./measured.ts";

/**
 * p values of several tests corrected for being several (S. Holm, 1979), in their order: that one of them seems to hold
 * by chance is then no more likely than each says.
 * @example
 * holm([0.01, 0.04, 0.03]); // => [0.03, 0.06, 0.06]
 */
export function holm(ps: readonly number[]): readonly number[] {
  checkWeights("ps", ps);
  const order = [...ps.keys()].sort((one, other) => (ps[one] as number) - (ps[other] as number));
  const corrected = Array.from(ps, () => 0);
  let least = 0;
  for (const [place, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (ps.length - place) * (ps[index] as number)));
    corrected[index] = least;
  }
  return corrected;
}

/**
 * p values of several tests corrected so that of those found at most such a share is expected to be by chance: the false
 * discovery rate (Y. Benjamini and Y. Hochberg, 1995), in their order. It holds for tests that are independent or go together.
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.03]); // => [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  checkWeights("ps", ps);
  const order = [...ps.keys()].sort((one, other) => (ps[other] as number) - (ps[one] as number));
  const corrected = Array.from(ps, () => 0);
  let most = 1;
  for (const [place, index] of order.entries()) {
    most = Math.min(most, (ps.length / (ps.length - place)) * (ps[index] as number));
    corrected[index] = most;
  }
  return corrected;
}
