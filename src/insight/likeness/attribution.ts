/** A text and who said it. */
export interface Utterance {
  readonly speaker: string;
  readonly text: string;
}

/** How well turns are given back to those who said them. */
export interface Attribution {
  /** The mean over speakers of the share of their turns that is given back to them, in [0, 1]. */
  readonly accuracy: number;
  /** What guessing would reach: one over the number of speakers. */
  readonly chance: number;
  /** How far above chance, as a share of the way to certainty: 0 is chance, 1 is always right, below 0 is worse. */
  readonly aboveChance: number;
  readonly turns: number;
}

type Vector = ReadonlyMap<string, number>;

const width = 3;
/** Of fewer turns there is no centre. */
const fewestTurns = 3;

/**
 * Whether speakers can be told apart by how they write: each turn is given to the speaker whose other turns it is
 * nearest to. Features are character trigrams (V. Kešelj et al., "N-gram-based author profiles for authorship
 * attribution", 2003) weighted by inverse document frequency, the distance is the cosine to the mean of a speaker's
 * turns (nearest centroid), each turn left out in turn. Names in `masked` count as nothing: who says their own name
 * is not told apart by it. Undefined with fewer than two speakers of three turns each.
 */
export function attribution(utterances: readonly Utterance[], masked: readonly string[] = []): Attribution | undefined {
  const counts = new Map<string, number>();
  for (const { speaker } of utterances) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const told = utterances.filter(({ speaker }) => (counts.get(speaker) ?? 0) >= fewestTurns);
  const speakers = [...new Set(told.map(({ speaker }) => speaker))];
  if (speakers.length < 2) return undefined;
  const vectors = weighted(told.map(({ text }) => trigrams(withoutNames(text, masked))));
  const sums = new Map(
    speakers.map((name) => [name, sumOf(vectors.filter((_, index) => told[index]?.speaker === name))]),
  );
  const credits = told.map(({ speaker }, index) => credit(vectors[index] as Vector, { speaker, sums }));
  const shares = speakers.map((name) => {
    const own = credits.filter((_, index) => told[index]?.speaker === name);
    return own.reduce((sum, one) => sum + one, 0) / own.length;
  });
  const accuracy = shares.reduce((sum, share) => sum + share, 0) / speakers.length;
  const chance = 1 / speakers.length;
  return { accuracy, chance, aboveChance: (accuracy - chance) / (1 - chance), turns: told.length };
}

/** A speaker's turns added up, and the square of that sum's norm. */
interface Sum {
  readonly vector: Vector;
  readonly square: number;
}

/** 1 when the nearest centre is the speaker's own; where several are equally near, a share of it. */
function credit(vector: Vector, { speaker, sums }: { speaker: string; sums: ReadonlyMap<string, Sum> }): number {
  const own = dot(vector, vector);
  const near = [...sums].map(([name, { vector: sum, square }]) => {
    const product = dot(vector, sum);
    // Of the speaker's own sum this turn is taken out: (s − v)·v and |s − v|².
    const left =
      name === speaker ? { product: product - own, square: square - 2 * product + own } : { product, square };
    return { name, cosine: left.square <= 0 ? 0 : left.product / Math.sqrt(left.square) };
  });
  const best = Math.max(...near.map((one) => one.cosine));
  // Sums of the same numbers in another order differ in their last digits.
  const winners = near.filter((one) => best - one.cosine < 1e-9);
  return winners.some((one) => one.name === speaker) ? 1 / winners.length : 0;
}

function withoutNames(text: string, names: readonly string[]): string {
  const parts = new Set(names.flatMap((name) => name.split(/\s+/u)).filter((part) => part.length > 1));
  return [...parts].reduce((left, part) => left.replaceAll(part, " "), text.normalize("NFKC"));
}

function trigrams(text: string): Map<string, number> {
  const characters = [...` ${text.toLowerCase().replace(/\s+/gu, " ").trim()} `];
  const found = new Map<string, number>();
  for (let at = 0; at + width <= characters.length; at++) {
    const gram = characters.slice(at, at + width).join("");
    found.set(gram, (found.get(gram) ?? 0) + 1);
  }
  return found;
}

/** Counts times the smoothed inverse document frequency, each vector of norm 1. */
function weighted(counted: readonly ReadonlyMap<string, number>[]): Vector[] {
  const documents = new Map<string, number>();
  for (const counts of counted) {
    for (const gram of counts.keys()) documents.set(gram, (documents.get(gram) ?? 0) + 1);
  }
  const weight = (gram: string): number => Math.log((1 + counted.length) / (1 + (documents.get(gram) ?? 0))) + 1;
  return counted.map((counts) => {
    const values = [...counts].map(([gram, count]) => [gram, count * weight(gram)] as const);
    const norm = Math.sqrt(values.reduce((sum, [, value]) => sum + value * value, 0)) || 1;
    return new Map(values.map(([gram, value]) => [gram, value / norm]));
  });
}

function sumOf(vectors: readonly Vector[]): Sum {
  const sum = new Map<string, number>();
  for (const vector of vectors) for (const [gram, value] of vector) sum.set(gram, (sum.get(gram) ?? 0) + value);
  return { vector: sum, square: dot(sum, sum) };
}

function dot(one: Vector, other: Vector): number {
  let product = 0;
  for (const [gram, value] of one) product += value * (other.get(gram) ?? 0);
  return product;
}
