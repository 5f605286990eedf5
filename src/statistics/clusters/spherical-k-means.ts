import type { Random } from "../../kernel/values/random.ts";

/** Vectors of one length, each of norm 1, put into groups. */
export interface Clustering {
  /** Of each vector, which group it is in. */
  readonly clusterOf: Int32Array;
  /** The direction of each group, of norm 1; each vector is in the group whose direction is nearest. */
  readonly centroids: readonly Float32Array[];
  /** The sum over all of weight × cosine with their group's direction: what is made as great as can be found. */
  readonly cohesion: number;
}

/** What is grouped, and how hard is tried. */
export interface SphericalKMeansOptions {
  /** Groups at most; where vectors are alike there are fewer, as none is empty. */
  readonly k: number;
  /** How much each vector counts. Default: 1 each. */
  readonly weights?: readonly number[];
  readonly random: Random;
  /** Default 4: the best of so many beginnings. */
  readonly beginnings?: number;
  /** Default 50: rounds of each, unless it settles before. */
  readonly rounds?: number;
  /** Awaited before each beginning, so that others get their turn; what it throws ends the work. */
  readonly pause?: () => Promise<void>;
}

/** The cosine of two vectors of norm 1. */
export function cosine(one: Float32Array, other: Float32Array): number {
  // Four sums, as none of them has to wait for the one before.
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = one.length - (one.length % 4);
  for (let at = 0; at < whole; at += 4) {
    a += (one[at] as number) * (other[at] as number);
    b += (one[at + 1] as number) * (other[at + 1] as number);
    c += (one[at + 2] as number) * (other[at + 2] as number);
    d += (one[at + 3] as number) * (other[at + 3] as number);
  }
  for (let at = whole; at < one.length; at++) a += (one[at] as number) * (other[at] as number);
  return a + b + c + d;
}

/** How far two vectors of norm 1 are apart: 1 − cosine, from 0 to 2. */
export const apart = (one: Float32Array, other: Float32Array): number =>
  Math.min(2, Math.max(0, 1 - cosine(one, other)));

/** The place of the nearest of several directions, the first of those that are equally near. */
export function nearest(vector: Float32Array, directions: readonly Float32Array[]): number {
  let [best, closest] = [0, Number.NEGATIVE_INFINITY];
  for (const [at, direction] of directions.entries()) {
    const near = cosine(vector, direction);
    if (near > closest) [best, closest] = [at, near];
  }
  return best;
}

/**
 * Groups directions: spherical k-means (I. S. Dhillon and D. S. Modha, 2001), begun far apart (greedy k-means++; D. Arthur and
 * S. Vassilvitskii, 2007). Takes time linear in vectors × groups.
 */
export async function sphericalKMeans(
  vectors: readonly Float32Array[],
  options: SphericalKMeansOptions,
): Promise<Clustering> {
  const { random, beginnings = 4 } = options;
  const weights = options.weights ?? vectors.map(() => 1);
  let best: Clustering = {
    clusterOf: new Int32Array(vectors.length),
    centroids: [],
    cohesion: Number.NEGATIVE_INFINITY,
  };
  for (let beginning = 1; beginning <= beginnings && vectors.length > 0; beginning++) {
    await options.pause?.();
    const dice = random.fork(`beginning ${beginning}`);
    const found = settle({ vectors, weights }, { ...options, random: dice });
    if (found.cohesion > best.cohesion + 1e-9) best = found;
  }
  return best;
}

interface Points {
  readonly vectors: readonly Float32Array[];
  readonly weights: readonly number[];
}

/** A round that brings less than this share of what is there settles it. */
const gain = 1e-5;

function settle(points: Points, { k, random, rounds = 50 }: SphericalKMeansOptions): Clustering {
  let found = assigned(points, farApart(points, k, random));
  for (let round = 0; round < rounds; round++) {
    const next = assigned(points, middles(points, found));
    const settled = next.cohesion <= found.cohesion * (1 + gain);
    if (next.cohesion > found.cohesion) found = next;
    if (settled) break;
  }
  return found;
}

/** Each in the group whose direction is nearest; directions that nobody is nearest to are left out. */
function assigned({ vectors, weights }: Points, centroids: readonly Float32Array[]): Clustering {
  const clusterOf = new Int32Array(vectors.length);
  let cohesion = 0;
  for (const [at, vector] of vectors.entries()) {
    const cluster = nearest(vector, centroids);
    clusterOf[at] = cluster;
    cohesion += (weights[at] as number) * cosine(vector, centroids[cluster] as Float32Array);
  }
  const taken = [...new Set(clusterOf)].sort((one, other) => one - other);
  const place = new Map(taken.map((cluster, at) => [cluster, at]));
  return {
    clusterOf: clusterOf.map((cluster) => place.get(cluster) as number),
    centroids: taken.map((cluster) => centroids[cluster] as Float32Array),
    cohesion,
  };
}

function middles({ vectors, weights }: Points, { clusterOf, centroids }: Clustering): readonly Float32Array[] {
  const sums = centroids.map(({ length }) => new Float64Array(length));
  for (const [at, vector] of vectors.entries()) {
    const sum = sums[clusterOf[at] as number] as Float64Array;
    const weight = weights[at] as number;
    for (let place = 0; place < vector.length; place++)
      sum[place] = (sum[place] as number) + weight * (vector[place] as number);
  }
  return sums.map((sum, at) => {
    const norm = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0));
    // What points in all directions has none of its own: the one that it had stays.
    return norm < 1e-9 ? (centroids[at] as Float32Array) : Float32Array.from(sum, (value) => value / norm);
  });
}

/**
 * Beginnings: the first by weight, each further one by weight × distance to the nearest so far; of a few that are drawn,
 * the one that leaves the least distance (greedy k-means++).
 */
function farApart(points: Points, k: number, random: Random): readonly Float32Array[] {
  const { vectors, weights } = points;
  const drawnEach = 2 + Math.floor(Math.log(k));
  const chosen: Float32Array[] = [];
  let left: readonly number[] = vectors.map(() => 2); // the farthest that there is
  while (chosen.length < Math.min(k, vectors.length)) {
    const shares = left.map((distance, at) => distance * (weights[at] as number));
    const candidates = new Set(
      Array.from({ length: chosen.length === 0 ? 1 : drawnEach }, () => drawn(shares, random)),
    );
    const tried = [...candidates].flatMap((at) => (at === undefined ? [] : [leftBy(points, left, at)]));
    const best = tried.reduce<Left | undefined>(
      (one, other) => (one && one.total <= other.total ? one : other),
      undefined,
    );
    if (best === undefined) break;
    chosen.push(vectors[best.at] as Float32Array);
    left = best.left;
  }
  return chosen;
}

interface Left {
  readonly at: number;
  readonly left: readonly number[];
  readonly total: number;
}

/** How far each is from the nearest beginning, once this one is among them. */
function leftBy({ vectors, weights }: Points, before: readonly number[], at: number): Left {
  const begun = vectors[at] as Float32Array;
  const left = vectors.map((vector, place) => {
    const distance = apart(vector, begun);
    return Math.min(before[place] as number, distance < 1e-6 ? 0 : distance);
  });
  return { at, left, total: left.reduce((sum, distance, place) => sum + distance * (weights[place] as number), 0) };
}

/** One place by its share; undefined where all have none. */
function drawn(shares: readonly number[], random: Random): number | undefined {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total <= 0) return undefined;
  let left = random.next() * total;
  for (const [at, share] of shares.entries()) {
    left -= share;
    if (left < 0 && share > 0) return at;
  }
  return shares.findLastIndex((share) => share > 0);
}
