/**
 * Where a function that only falls, or only rises, reaches zero between two values of different sign, by halving.
 * @example
 * rootOf((x) => x * x - 2, [0, 2]).toFixed(6); // => "1.414214"
 */
export function rootOf(of: (value: number) => number, [from, to]: readonly [number, number]): number {
  let [low, high] = [from, to];
  const rises = of(low) < 0;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (of(middle) < 0 === rises) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
