/** Exponents of the parts of a note's score. */
export interface RecallWeights {
  readonly relevance: number;
  readonly recency: number;
  readonly importance: number;
}

/** The parts of a note's score, each in [0, 1]. */
export interface NoteSigns {
  readonly relevance: number;
  readonly recency: number;
  readonly importance: number;
}

/** A note of no importance at all is still found when it is asked for. */
const leastImportance = 0.05;

/**
 * How much a note comes to mind: relevance × recency × importance, the three that J. S. Park et al. name in "Generative
 * Agents" (2023), each to the power of its weight. A product rather than their sum, so that what has nothing to do
 * with the moment does not come to mind however recent or important it is.
 * @example
 * scoreOf({ relevance: 0.5, recency: 1, importance: 1 }, { relevance: 2, recency: 1, importance: 1 }); // => 0.25
 */
export function scoreOf({ relevance, recency, importance }: NoteSigns, weights: RecallWeights): number {
  const told = Math.max(leastImportance, importance);
  return relevance ** weights.relevance * recency ** weights.recency * told ** weights.importance;
}

/**
 * 1 for what is of this moment, a half after a half-life, and never nothing: forgetting follows a power law rather
 * than an exponential (J. T. Wixted and E. B. Ebbesen, "On the Form of Forgetting", 1991), so that what is asked for
 * after years can still be found.
 * @example
 * recencyOf(14, 7); // => 1 / 3
 */
export function recencyOf(age: number, halfLife: number): number {
  return 1 / (1 + Math.max(0, age) / halfLife);
}

/**
 * How much a note has to do with what is asked, from the likeness of meaning (a cosine) and of words: either is enough,
 * and both are more than one (noisy or). Without vectors the words alone count.
 * @example
 * relevanceOf(0.5, 0.5); // => 0.75
 */
export function relevanceOf(words: number, meaning = 0): number {
  return 1 - (1 - within(meaning)) * (1 - within(words));
}

const within = (share: number): number => Math.min(1, Math.max(0, share));
