import type { Random } from "../../kernel/values/random.ts";
import { distancesOf, silhouette } from "../../statistics/clusters/silhouette.ts";
import { type Clustering, sphericalKMeans } from "../../statistics/clusters/spherical-k-means.ts";

/** How well so many themes part the answers. */
export interface ThemesFit {
  readonly themes: number;
  /** The mean silhouette by cosine, from −1 to 1. */
  readonly silhouette: number;
}

export interface Grouping extends Clustering {
  readonly fit: readonly ThemesFit[];
}

export interface GroupingOptions {
  readonly min: number;
  readonly max: number;
  /** How many answers say each. */
  readonly weights: readonly number[];
  readonly random: Random;
  readonly pause: () => Promise<void>;
}

/** Texts by which the number of themes is chosen; distances are looked up between each two of them. */
const mostCompared = 500;

/**
 * Groups of vectors, the weightiest first: as many as have the greatest mean silhouette, the fewer where several have it,
 * and one where no number parts them. Of more than 500 texts the number is chosen by a draw.
 */
export async function groupsOf(vectors: readonly Float32Array[], options: GroupingOptions): Promise<Grouping> {
  const { min, max, weights, random, pause } = options;
  const fit = min === max ? [] : await fitsOf(vectors, options);
  const best = fit.reduce<ThemesFit | undefined>(
    (before, one) => (one.silhouette > (before?.silhouette ?? 0) + 1e-6 ? one : before),
    undefined,
  );
  const k = Math.max(min, best?.themes ?? 1);
  const found = await sphericalKMeans(vectors, { k, weights, pause, random: random.fork("groups") });
  return { ...weightiestFirst(found, weights), fit };
}

async function fitsOf(vectors: readonly Float32Array[], options: GroupingOptions): Promise<readonly ThemesFit[]> {
  const { min, max, weights, random, pause } = options;
  const places = drawn(vectors.length, random.fork("compared"));
  const compared = places.map((place) => vectors[place] as Float32Array);
  const counts = places.map((place) => weights[place] as number);
  await pause();
  const distances = distancesOf(compared);
  const fit: ThemesFit[] = [];
  for (let k = Math.max(2, min); k <= Math.min(max, compared.length - 1); k++) {
    const dice = random.fork(`${k} groups`);
    const { clusterOf, centroids } = await sphericalKMeans(compared, { k, weights: counts, pause, random: dice });
    const width = silhouette(distances, clusterOf);
    // Where vectors are alike there may be fewer groups than were asked for: these were looked at before.
    if (width !== undefined && centroids.length === k) fit.push({ themes: k, silhouette: width });
  }
  return fit;
}

function drawn(count: number, random: Random): readonly number[] {
  const all = Array.from({ length: count }, (_, place) => place);
  if (count <= mostCompared) return all;
  return random
    .shuffle(all)
    .slice(0, mostCompared)
    .sort((one, other) => one - other);
}

/** Of those that weigh the same, the one with the first text. */
function weightiestFirst(found: Clustering, weights: readonly number[]): Clustering {
  const { clusterOf, centroids } = found;
  const weighing = centroids.map(() => 0);
  for (const [at, cluster] of clusterOf.entries())
    weighing[cluster] = (weighing[cluster] as number) + (weights[at] as number);
  const order = centroids
    .map((_, cluster) => cluster)
    .sort(
      (one, other) =>
        (weighing[other] as number) - (weighing[one] as number) || clusterOf.indexOf(one) - clusterOf.indexOf(other),
    );
  return {
    ...found,
    clusterOf: clusterOf.map((cluster) => order.indexOf(cluster)),
    centroids: order.map((cluster) => centroids[cluster] as Float32Array),
  };
}
