import { pairedEffect } from "../../../statistics/effects/means.ts";
import type { Interval } from "../../../statistics/intervals/interval.ts";
import { shareContrast } from "../../../statistics/intervals/share.ts";
import { isMeasured, type Unmeasured } from "../../../statistics/measured.ts";
import { clusteredMean } from "../../../statistics/models/clustered-mean.ts";
import { mean, variance } from "../../../statistics/moments.ts";
import type { Measure } from "../pairs/measures.ts";
import { type ComparedPair, type Paired, sideIn, whose } from "../pairs/pairs.ts";
import { type Attrition, attritionOf } from "./attrition.ts";
import { type Clustering, clusteringOf } from "./clusters.ts";
import { clusteredBy, testDifference } from "./tests.ts";

/** By how much one side of a contrast differs from the other, person by person. */
export interface PairedDifference {
  readonly pairs: number;
  readonly people: number;
  /** What belongs together, and why it was taken for that. */
  readonly by: Clustering["by"];
  readonly byWhy: string;
  readonly clusters: number;
  /** Means of both sides, over pairs. */
  readonly treatment?: number;
  readonly control?: number;
  /** The treatment less the other side; absent where there are no pairs. */
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  /** Two-sided, of no difference; corrected for nothing. */
  readonly p?: number;
  readonly test?: string;
  readonly testWhy?: string;
  /** Why there is no interval, or no p value. */
  readonly reason?: string;
  readonly size?: EffectSize;
  readonly attrition: Attrition;
}

/** How large that is, in no unit. */
export interface EffectSize {
  /** d_z: in standard deviations of the differences. Dominance: the share that goes up less that which goes down. */
  readonly name: "d_z" | "dominance" | "Cohen's h";
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** The effect in one measure, with an interval that allows for what belongs together. */
export async function effectOf({ pairs, lost }: Paired, measure: Measure, level: number): Promise<PairedDifference> {
  const clustering = clusteringOf(pairs);
  const { by, why: byWhy } = clustering;
  const values = differencesOf(pairs, measure);
  const head = {
    ...{ pairs: pairs.length, people: new Set(pairs.map(whose)).size, by, byWhy },
    ...{ clusters: new Set(clustering.clusters).size, attrition: attritionOf(pairs.length, lost) },
  };
  if (values.length === 0) return { ...head, reason: "nobody can be compared" };
  const [treatment, control] = (["treatment", "control"] as const).map((side) =>
    mean(pairs.map((pair) => sideIn(pair[side], measure))),
  ) as [number, number];
  const interval = await intervalOf(values, { clustering, measure, level });
  const tested = await testDifference({ values, clustering, measure: measure.name });
  const size = await sizeOf(values, { clustering, measure, level, shares: [treatment, control] });
  const reason = [interval, tested].find((found) => "reason" in found) as Unmeasured | undefined;
  return {
    ...head,
    ...{ treatment, control, value: mean(values) },
    ...(isMeasured(interval) && { low: interval.low, high: interval.high }),
    ...(isMeasured(tested) && { p: tested.p, test: tested.test, testWhy: tested.why }),
    ...(reason !== undefined && { reason: told(reason.reason, clustering) }),
    ...(size !== undefined && { size }),
  };
}

/** Of each pair the treatment less the other side. */
export function differencesOf(pairs: readonly ComparedPair[], measure: Measure): readonly number[] {
  return pairs.map(({ treatment, control }) => sideIn(treatment, measure) - sideIn(control, measure));
}

interface Around {
  readonly clustering: Clustering;
  readonly measure: Measure;
  readonly level: number;
}

async function intervalOf(
  values: readonly number[],
  { clustering, measure, level }: Around,
): Promise<Interval | Unmeasured> {
  const whole = values.every((value) => [-1, 0, 1].includes(value));
  if (measure.name === "share" && clustering.by === "pair" && whole) {
    if (values.length < 2) return { reason: "fewer than two pairs" };
    const [up, down] = [values.filter((value) => value > 0).length, values.filter((value) => value < 0).length];
    return shareContrast([up, down], values.length, { level });
  }
  const found = await clusteredMean(values, { ...clusteredBy(clustering), level });
  return isMeasured(found) ? found.interval : found;
}

async function sizeOf(
  values: readonly number[],
  { clustering, measure, level, shares: [treatment, control] }: Around & { readonly shares: readonly [number, number] },
): Promise<EffectSize | undefined> {
  if (measure.name === "share") {
    const arc = (share: number): number => 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, share))));
    return { name: "Cohen's h", value: arc(treatment) - arc(control) };
  }
  if (measure.name === "steps") return { name: "dominance", value: mean(values.map(Math.sign)) };
  if (clustering.by === "pair") {
    const found = await pairedEffect(
      values.map(() => 0),
      values,
      level,
    );
    return isMeasured(found)
      ? { name: "d_z", value: found.effect, low: found.interval.low, high: found.interval.high }
      : undefined;
  }
  const sd = values.length < 2 ? 0 : Math.sqrt(variance(values));
  return sd <= 1e-12 * Math.abs(mean(values)) ? undefined : { name: "d_z", value: mean(values) / sd };
}

/** What statistics call clusters, in words that say what to do. */
function told(reason: string, { by }: Clustering): string {
  if (reason === "the clusters do not tell how sure the mean is")
    return "all differ by the same: no chance can be told";
  if (reason !== "fewer than two clusters") return reason;
  if (by === "pair") return "fewer than two pairs";
  if (by === "person") return "it is of one person alone";
  return "all who are compared met in one session, which is one sample: play more seeds or replicates";
}
