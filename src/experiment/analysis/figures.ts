import { effectOf, type PairedDifference } from "./effects/effect.ts";
import { type Contrast, contrastOf, contrastsOf } from "./pairs/contrasts.ts";
import { type Measure, measuresOf } from "./pairs/measures.ts";
import { type Paired, pairedIn } from "./pairs/pairs.ts";
import type { NumberedRow } from "./pairs/rows.ts";
import type { AnalysisPlan } from "./plan.ts";
import { type Stability, stabilityOf } from "./stability/stability.ts";

/** The effect of a contrast on one measure of a metric. */
export interface EffectFigure extends PairedDifference {
  /** By which it is found in all tables: `e1`. */
  readonly id: string;
  readonly metric: string;
  readonly measure: Measure["name"];
  readonly option?: string;
  readonly contrast: string;
  /** The names of the claims that are about it; none: it is exploratory. */
  readonly claims: readonly string[];
  readonly stability: readonly Stability[];
}

/** A figure, and what it was made of. */
export interface TracedEffect {
  readonly figure: EffectFigure;
  readonly contrast: Contrast;
  readonly paired: Paired;
  readonly measure: Measure;
}

/** The effects of all contrasts on all metrics: those that were claimed first. */
export async function effectFigures(
  plan: AnalysisPlan,
  rows: readonly NumberedRow[],
): Promise<readonly TracedEffect[]> {
  const byMetric = Map.groupBy(rows, ({ metric }) => metric);
  const asked = Object.entries(plan.metrics).flatMap(([metric, { scale }]) => {
    const measures = measuresOf(scale);
    const own = byMetric.get(metric) ?? [];
    return contrastsOf(plan).flatMap((contrast) => {
      const paired = pairedIn(contrast, own, measures);
      return measures.map((measure) => ({
        ...{ metric, contrast, paired, measure },
        claims: claimsAbout(plan, { metric, contrast, option: measure.option }),
      }));
    });
  });
  const ordered = [
    ...asked.filter(({ claims }) => claims.length > 0),
    ...asked.filter(({ claims }) => claims.length === 0),
  ];
  const found: TracedEffect[] = [];
  for (const [place, { metric, contrast, paired, measure, claims }] of ordered.entries()) {
    const effect = await effectOf(paired, measure, plan.level);
    const stability = await stabilityOf(paired.pairs, { effect, measure, level: plan.level });
    const { name, option } = measure;
    const head = { id: `e${place + 1}`, metric, measure: name, ...(option !== undefined && { option }) };
    found.push({
      figure: { ...head, contrast: contrast.name, claims, ...effect, stability },
      contrast,
      paired,
      measure,
    });
  }
  return found;
}

interface About {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly option: string | undefined;
}

function claimsAbout({ claims, arms }: AnalysisPlan, { metric, contrast, option }: About): readonly string[] {
  const same = (one: readonly string[], other: readonly string[]): boolean => one.join("\n") === other.join("\n");
  return Object.entries(claims).flatMap(([name, claim]) => {
    const { treatment, control } = contrastOf(claim.contrast, arms);
    const isAbout = claim.metric === metric && claim.option === option;
    return isAbout && same(treatment, contrast.treatment) && same(control, contrast.control) ? [name] : [];
  });
}
