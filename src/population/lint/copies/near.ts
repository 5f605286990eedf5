import { setImmediate } from "node:timers/promises";
import type { Context } from "../../../kernel/contracts/context.ts";
import { wordCount } from "../../../kernel/language/terms.ts";
import { createRandom } from "../../../kernel/values/random.ts";
import { aborted } from "../../../model/flow/time.ts";
import { cosine } from "../../../statistics/clusters/spherical-k-means.ts";
import type { Member } from "../../profile/people/people.ts";
import type { PopulationFinding } from "../finding.ts";
import { tellingTexts } from "../texts.ts";

/** Characters of what is told of a person that are compared: enough to know them by, and two pieces for an encoder of sentences. */
const compared = 1_200;
/** Of the way from how alike two of them are on the mean to being the same. */
const tooNear = 0.75;
/** So alike are two people on the mean at most: copies are no measure of each other. */
const mostUsual = 0.7;

/** People told in fewer words are compared with nobody. */
const fewestWords = 20;

/**
 * People of whom nearly the same is told, in whatever words: vectors of the beginning of what is told, much nearer than
 * those of two people here are on the mean. Up to 500 people each is held against each; of more, those who fall into one
 * bucket of random hyperplanes (M. Charikar, 2002), so that the work grows with their number: two who are just too near are
 * found in three of four cases, nearer ones nearly always. Of a row of copies each is told once, beside the first.
 */
export async function near(
  people: readonly Member[],
  { vectors, signal }: Pick<Context, "vectors" | "signal">,
  onProgress?: (done: number, all: number) => void,
): Promise<readonly PopulationFinding[]> {
  const told = people
    .map((person) => ({
      person,
      text: tellingTexts(person)
        .map(({ text }) => text)
        .join(" ")
        .slice(0, compared)
        .toWellFormed(),
    }))
    .filter(({ text }) => wordCount(text) >= fewestWords);
  const { vectors: found } = await vectors.embed(
    told.map(({ text }) => text),
    onProgress && { onProgress },
  );
  const mean = meanOf(found);
  const usual = Math.min(mostUsual, usualCosine(mean, found.length));
  const neighbours = told.length <= allAgainstAll ? everybodyBefore() : bucketsOf(mean);
  const findings: PopulationFinding[] = [];
  for (const [at, { person }] of told.entries()) {
    if (at % 100 === 0) await setImmediate();
    if (signal.aborted) throw aborted(signal);
    const own = found[at] as Float32Array;
    let [best, alike] = [-1, tooNear];
    for (const other of neighbours(own, at)) {
      const share = (cosine(own, found[other] as Float32Array) - usual) / (1 - usual);
      if (share > alike || (share === alike && best < 0)) [best, alike] = [other, share];
    }
    const beside = told[best]?.person;
    if (beside !== undefined) findings.push(findingOf(person, beside, alike));
  }
  return findings;
}

function findingOf({ id, name }: Member, beside: Member, share: number): PopulationFinding {
  const degree = `${Math.round(100 * Math.min(1, share))} % of the way from how alike two here are on the mean`;
  const message = `is told as much the same as ${beside.name} (${beside.id}), in whatever words (${degree})`;
  return { rule: "alike", severity: "warning", person: { id, name }, path: "", message };
}

/** Whom somebody is compared with, of those before. */
type Neighbours = (vector: Float32Array, at: number) => Iterable<number>;

const allAgainstAll = 500;

const everybodyBefore = (): Neighbours => (_vector, at) => Array.from({ length: at }, (_, other) => other);

const bands = 32;
const bitsOfBand = 12;
/** What many have in common is a way of writing: the first few of a bucket stand for it. */
const mostOfBucket = 8;
/** Places of a vector that a hyperplane looks at (P. Li, T. Hastie and K. Church, 2006). */
const placesOfPlane = 48;

function bucketsOf(mean: Float64Array): Neighbours {
  const random = createRandom("hyperplanes");
  const planes = Array.from({ length: bands * bitsOfBand }, () =>
    Array.from({ length: placesOfPlane }, () => [random.integer(mean.length), random.next() < 0.5 ? -1 : 1] as const),
  );
  const buckets = Array.from({ length: bands }, () => new Map<number, number[]>());
  return (vector, at) => {
    const candidates = new Set<number>();
    for (const [band, bucketOf] of buckets.entries()) {
      let key = 0;
      for (const plane of planes.slice(band * bitsOfBand, (band + 1) * bitsOfBand)) {
        let side = 0;
        // What all have in common tells nobody from another.
        for (const [place, sign] of plane) side += sign * ((vector[place] as number) - (mean[place] as number));
        key = 2 * key + (side > 0 ? 1 : 0);
      }
      const bucket = bucketOf.get(key) ?? [];
      for (const other of bucket) candidates.add(other);
      if (bucket.length < mostOfBucket) bucketOf.set(key, [...bucket, at]);
    }
    return candidates;
  };
}

function meanOf(vectors: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] as number) + (vector[at] as number) / vectors.length;
  return mean;
}

/** The mean cosine of two different ones: |mean|² without each one's own with itself. */
function usualCosine(mean: Float64Array, n: number): number {
  if (n < 2) return 0;
  const squares = mean.reduce((sum, value) => sum + value * value, 0);
  return (n * squares - 1) / (n - 1);
}
