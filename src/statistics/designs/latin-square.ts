import type { Random } from "../../kernel/values/random.ts";

/**
 * Orders of `n` things in which each stands in each place as often, and right after each other one as often (E. J.
 * Williams, "Experimental designs balanced for the estimation of residual effects of treatments", 1949): n orders where n is
 * even, 2n where it is odd.
 * @example
 * williamsDesign(4); // => [[0, 1, 3, 2], [1, 2, 0, 3], [2, 3, 1, 0], [3, 0, 2, 1]]
 */
export function williamsDesign(n: number): readonly (readonly number[])[] {
  const first = Array.from({ length: n }, (_, place) => (place % 2 === 1 ? (place + 1) / 2 : (n - place / 2) % n));
  const square = first.map((_, row) => first.map((thing) => (thing + row) % n));
  return n % 2 === 0 ? square : [...square, ...square.map((row) => row.toReversed())];
}

/**
 * An order for each of so many people, by blocks in which every order of the design stands once, by chance who has which:
 * those who come after change nobody's.
 */
export function dealtOrders(people: number, things: number, random: Random): readonly (readonly number[])[] {
  const design = williamsDesign(things);
  const blocks = Array.from({ length: Math.ceil(people / design.length) }, (_, block) =>
    random.fork(`block ${block}`).shuffle(design),
  );
  return blocks.flat().slice(0, people);
}
