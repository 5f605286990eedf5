/**
 * How likely each point of a scale is by the likeness of an answer to the sentence of each point: likeness above that of the
 * least alike one, in proportion (B. F. Maier et al., "LLMs Reproduce Human Purchase Intent via Semantic Similarity
 * Elicitation of Likert Ratings", arXiv 2510.08338, 2025). All alike where no point is more so than another.
 * @param cosines of the answer to each point's sentence
 * @param epsilon what the least alike point is given; in units of (1 + cosine) / 2
 * @example
 * ratedBy([0.2, 0.4, 0.8]).map((share) => share.toFixed(2)); // => ["0.00", "0.25", "0.75"]
 */
export function ratedBy(cosines: readonly number[], { epsilon = 0 }: { readonly epsilon?: number } = {}): number[] {
  const likeness = cosines.map((cosine) => (1 + cosine) / 2);
  const least = Math.min(...likeness);
  const furthest = likeness.indexOf(least);
  const above = likeness.map((one, place) => one - least + (place === furthest ? epsilon : 0));
  const sum = above.reduce((total, one) => total + one, 0);
  return above.map((one) => (sum === 0 ? 1 / above.length : one / sum));
}

/**
 * A distribution spread out (above 1) or drawn together (below 1); at 0 all of it on its top, unless there is none.
 * @example
 * atTemperature([0.2, 0.8], 0); // => [0, 1]
 */
export function atTemperature(shares: readonly number[], temperature: number): number[] {
  const top = Math.max(...shares);
  if (temperature === 0) {
    const first = shares.indexOf(top);
    return shares.every((share) => share === top) ? [...shares] : shares.map((_, place) => (place === first ? 1 : 0));
  }
  // By the top, so that low temperatures do not come to zero everywhere.
  const powers = shares.map((share) => (share / top) ** (1 / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The mean of several distributions over the same points. */
export function averaged(distributions: readonly (readonly number[])[]): number[] {
  const [first = []] = distributions;
  return first.map(
    (_, place) => distributions.reduce((sum, one) => sum + (one[place] as number), 0) / distributions.length,
  );
}

/** The cosine of two vectors of norm 1. */
export const cosine = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, place) => sum + value * (other[place] as number), 0);
