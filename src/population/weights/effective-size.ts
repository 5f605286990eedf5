/**
 * How many people with equal weights would tell as much as these: (Σw)² / Σw² (Kish 1965, Survey Sampling).
 * @example
 * effectiveSize([1, 1, 2]).toFixed(2); // => "2.67"
 */
export function effectiveSize(weights: Iterable<number>): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}
