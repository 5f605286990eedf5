import type { Random } from "../../../kernel/values/random.ts";

/** Numbers in [0, 1), one for each person, that cover the range evenly; each dimension has its own. */
export type Points = (dimension: number) => Float64Array;

/**
 * A Latin hypercube: each of as many equal parts of the range as there are people has exactly one, in an order of
 * its own for each dimension (McKay, Beckman & Conover 1979).
 */
export function latinHypercube(size: number, random: Random): Points {
  return (dimension) => {
    const dice = random.fork(String(dimension));
    const order = dice.shuffle(Array.from({ length: size }, (_, index) => index));
    return Float64Array.from(order, (place) => (place + dice.next()) / size);
  };
}

/**
 * A scrambled Halton sequence: the digits of the person's number in a prime of each dimension's own, mirrored behind
 * the point, each digit through a permutation of its own (Halton 1960; Owen 2017, A randomized Halton algorithm in R).
 */
export function scrambledHalton(size: number, random: Random): Points {
  return (dimension) => {
    const base = primeAt(dimension);
    const digits = Math.ceil(Math.log(2 ** 32) / Math.log(base));
    const dice = random.fork(String(dimension));
    const permutations = Array.from({ length: digits }, () =>
      Int32Array.from(dice.shuffle(Array.from({ length: base }, (_, digit) => digit))),
    );
    return Float64Array.from({ length: size }, (_, index) => {
      let [rest, scale, value] = [index, 1 / base, 0];
      for (const permutation of permutations) {
        value += (permutation[rest % base] as number) * scale;
        rest = Math.floor(rest / base);
        scale /= base;
      }
      return value;
    });
  };
}

/** The prime of a place, counted from 0: 2, 3, 5 … */
function primeAt(place: number): number {
  const primes: number[] = [];
  for (let number = 2; primes.length <= place; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes[place] as number;
}
