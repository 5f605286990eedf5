import { adviseTest } from "../../../statistics/advice.ts";
import { mcNemar } from "../../../statistics/counts/mcnemar.ts";
import { tDistribution } from "../../../statistics/distributions/continuous.ts";
import { isMeasured, type Unmeasured } from "../../../statistics/measured.ts";
import { clusteredMean } from "../../../statistics/models/clustered-mean.ts";
import { mean } from "../../../statistics/moments.ts";
import { signTest } from "../../../statistics/ranks/sign.ts";
import { wilcoxon } from "../../../statistics/ranks/wilcoxon.ts";
import type { Measure } from "../pairs/measures.ts";
import type { Clustering } from "./clusters.ts";

/** Whether a difference is chance. */
export interface TestedDifference {
  /** Two-sided. */
  readonly p: number;
  readonly test: string;
  readonly why: string;
}

/** What is tested: differences of pairs, and what belongs together among them. */
export interface Differences {
  readonly values: readonly number[];
  readonly clustering: Clustering;
  readonly measure: Measure["name"];
}

/** Whether the differences are other than `against`, by the test that suits their scale and how they belong together. */
export async function testDifference(given: Differences, against = 0): Promise<TestedDifference | Unmeasured> {
  const { clustering, measure } = given;
  const values = given.values.map((value) => value - against);
  if (clustering.crossed !== undefined) return byMean(values, clustering, "In two ways values belong together.");
  if (measure === "share") {
    const [up, down] = [values.filter((value) => value > 0).length, values.filter((value) => value < 0).length];
    const whole = values.every((value) => [-1, 0, 1].includes(value));
    if (clustering.by !== "pair" || against !== 0 || !whole)
      return byMean(values, clustering, "Shares differ by a mean of pairs that may belong together.");
    const found = mcNemar(down, up);
    if (!isMeasured(found)) return found;
    return { p: found.p, test: "McNemar", why: "The same people chose one of two, twice: those who changed tell." };
  }
  const units = unitsOf(values, clustering.clusters);
  if (measure === "steps" && against !== 0)
    return byMean(values, clustering, "A distance in steps was declared, so that steps are taken for numbers.");
  return advised(units, { values, clustering, measure });
}

/** By the test that is advised for one value of each cluster. */
async function advised(
  units: readonly number[],
  { values, clustering, measure }: Differences,
): Promise<TestedDifference | Unmeasured> {
  const scale = measure === "steps" ? "ordinal" : "number";
  const none = units.map(() => 0);
  const advice = await adviseTest([none, units], { scale, paired: true });
  if (!isMeasured(advice)) return advice;
  if (advice.test === "signTest") {
    const found = signTest(none, units);
    return isMeasured(found) ? { p: found.p, test: "sign test", why: advice.why } : found;
  }
  if (advice.test === "wilcoxon") {
    const found = await wilcoxon(none, units);
    return isMeasured(found) ? { p: found.p, test: "Wilcoxon", why: advice.why } : found;
  }
  return byMean(values, clustering, advice.why);
}

async function byMean(
  values: readonly number[],
  clustering: Clustering,
  why: string,
): Promise<TestedDifference | Unmeasured> {
  const found = await clusteredMean(values, clusteredBy(clustering));
  if (!isMeasured(found)) return found;
  return { p: found.p, test: clustering.by === "pair" ? "paired t" : "clustered t (CR2)", why };
}

/** The p value of two one-sided tests that the mean difference lies within a margin (D. J. Schuirmann, 1987). */
export async function testEquivalence(
  { values, clustering }: Differences,
  margin: number,
): Promise<TestedDifference | Unmeasured> {
  const found = await clusteredMean(values, clusteredBy(clustering));
  if (!isMeasured(found)) return found;
  const { above } = await tDistribution(found.degrees);
  const p = Math.max(above((found.mean + margin) / found.error), above((margin - found.mean) / found.error));
  return { p, test: "two one-sided t (CR2)", why: "That nothing differs by more than a margin needs both sides." };
}

/** What belongs together, as statistics take it. */
export const clusteredBy = ({ clusters, crossed }: Clustering) => ({ clusters, ...(crossed && { crossed }) });

/** One value of each cluster: the mean of its differences. */
function unitsOf(values: readonly number[], clusters: readonly string[]): readonly number[] {
  const groups = Map.groupBy(values.keys(), (place) => clusters[place] as string).values();
  return [...groups].map((places) => mean(places.map((place) => values[place] as number)));
}
