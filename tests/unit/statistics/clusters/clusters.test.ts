import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { distancesOf, silhouette } from "../../../../src/statistics/clusters/silhouette.ts";
import { apart, cosine, nearest, sphericalKMeans } from "../../../../src/statistics/clusters/spherical-k-means.ts";
import { topicEmbedder } from "../../../support/topics.ts";
import expectedValues from "./expected.json" with { type: "json" };

const random = createRandom(5);
const topics = (count: number, each: number): string[] =>
  Array.from({ length: count * each }, (_, at) => `topic${at % count} answer ${at}`);

/** Angles on a circle, as vectors of norm 1. */
const onCircle = (angles: readonly number[]): Float32Array[] =>
  angles.map((angle) => Float32Array.of(Math.cos(angle), Math.sin(angle)));

describe("silhouettes", () => {
  it.each(expectedValues.silhouettes)("are as scikit-learn has them: $score", ({ vectors, labels, score }) => {
    const distances = distancesOf(vectors.map((vector) => Float32Array.from(vector)));
    expect(silhouette(distances, Int32Array.from(labels))).toBeCloseTo(score, 5);
  });

  it("are none of a single group", () => {
    expect(silhouette(distancesOf(onCircle([0, 1, 2])), Int32Array.of(0, 0, 0))).toBeUndefined();
    expect(silhouette(distancesOf(onCircle([0, 0, 0])), Int32Array.of(0, 1, 1))).toBe(0);
  });
});

describe("spherical k-means", () => {
  it("finds groups that are there, and puts each vector into the nearest", async () => {
    const texts = topics(5, 30);
    const vectors = await topicEmbedder().embed(texts);
    const { clusterOf, centroids } = await sphericalKMeans(vectors, { k: 5, random });
    expect(centroids).toHaveLength(5);
    const pairs = new Set(texts.map((text, at) => `${text.split(" ")[0]} ${clusterOf[at]}`));
    expect(pairs.size).toBe(5);
    for (const centroid of centroids) expect(cosine(centroid, centroid)).toBeCloseTo(1, 5);
  });

  it("puts more weight where more of it is", async () => {
    const vectors = onCircle([0, 0.2]);
    const { centroids } = await sphericalKMeans(vectors, { k: 1, weights: [9, 1], random });
    expect(Math.atan2(centroids[0]?.[1] ?? 0, centroids[0]?.[0] ?? 0)).toBeCloseTo(0.02, 3);
  });

  it("pauses before each beginning, where it can be ended", async () => {
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses += 1;
      if (pauses === 3) throw new Error("enough");
    };
    await expect(sphericalKMeans(onCircle([0, 1]), { k: 2, random, pause })).rejects.toThrow("enough");
  });

  it("has no empty group, at most so many, each vector in the nearest, and nothing better within reach", async () => {
    const angle = fc.double({ min: 0, max: 6.28, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(angle, fc.constantFrom(0, 1, 2)), { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        async (angles, k) => {
          const vectors = onCircle(angles);
          const found = await sphericalKMeans(vectors, { k, random, beginnings: 2 });
          expect(found.clusterOf).toHaveLength(vectors.length);
          expect(found.centroids.length).toBeLessThanOrEqual(Math.min(k, vectors.length));
          expect(new Set(found.clusterOf).size).toBe(found.centroids.length);
          for (const [at, vector] of vectors.entries())
            expect(found.clusterOf[at]).toBe(nearest(vector, found.centroids));
          const one = await sphericalKMeans(vectors, { k: 1, random });
          if (vectors.length > 0) expect(found.cohesion).toBeGreaterThanOrEqual(one.cohesion - 1e-4);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("measures distances from 0 to 2", () => {
    const [right, up, left] = onCircle([0, Math.PI / 2, Math.PI]) as [Float32Array, Float32Array, Float32Array];
    expect([apart(right, right), apart(right, up), apart(right, left)].map((one) => one.toFixed(3))).toEqual([
      ...["0.000", "1.000", "2.000"],
    ]);
    const long = Float32Array.from({ length: 7 }, (_, at) => at);
    expect(cosine(long, long)).toBe(91);
  });
});
