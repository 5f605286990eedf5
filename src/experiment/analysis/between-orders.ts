import { welchT } from "../../statistics/means/two-sample-t.ts";
import { isMeasured } from "../../statistics/measured.ts";
import { mean } from "../../statistics/moments.ts";
import { attritionOf } from "./effects/attrition.ts";
import type { PairedDifference } from "./effects/effect.ts";
import type { Contrast } from "./pairs/contrasts.ts";
import type { Measure } from "./pairs/measures.ts";
import { type ComparedPair, circumstancesOf, type Paired, sideIn } from "./pairs/pairs.ts";
import { type NumberedRow, personKey, whyNone } from "./pairs/rows.ts";

/** People of whom each is on one side alone, as they met arms in one order: pairs without another side. */
export function alonePeople(
  { treatment, control }: Omit<Contrast, "name">,
  rows: readonly NumberedRow[],
  measures: readonly Measure[],
): Paired {
  const there = rows.filter((row) => row.person !== "" && whyNone(row, measures) === undefined);
  const pairs = [...Map.groupBy(there, personKey).values()].flatMap((met): readonly ComparedPair[] => {
    const on = (side: readonly string[]) => side.map((arm) => met.filter((row) => row.arm === arm));
    const [own, other] = [on(treatment), on(control)];
    const isWhole = (side: typeof own): boolean => side.every((all) => all.length > 0);
    if (isWhole(own) === isWhole(other)) return [];
    const sides = isWhole(own) ? { treatment: own, control: [] } : { treatment: [], control: other };
    return [{ ...circumstancesOf(met), ...sides, session: met.find(({ session }) => session !== undefined)?.session }];
  });
  return { pairs, lost: [] };
}

/** The difference of people who met one side first and people who met the other first (B. L. Welch's t, one value a person). */
export async function betweenPeople(
  { pairs, lost }: Paired,
  measure: Measure,
  level: number,
): Promise<PairedDifference> {
  const of = (side: "treatment" | "control"): readonly number[] =>
    pairs.flatMap((pair) => (pair[side].length === 0 ? [] : [sideIn(pair[side], measure)]));
  const [treatment, control] = [of("treatment"), of("control")];
  const head = {
    ...{ pairs: 0, people: pairs.length, by: "person" as const, clusters: pairs.length },
    byWhy: "Each met the arms in one order: people are held against people.",
    attrition: attritionOf(pairs.length, lost),
  };
  if (treatment.length === 0 || control.length === 0) return { ...head, reason: "nobody met one of the sides first" };
  const means = { treatment: mean(treatment), control: mean(control) };
  const value = means.treatment - means.control;
  if (pairs.some(({ session }) => session !== undefined))
    return {
      ...head,
      ...means,
      value,
      reason: "people met, and each met the arms in one order: no chance can be told",
    };
  const found = await welchT(control, treatment, level);
  if (!isMeasured(found)) return { ...head, ...means, value, reason: found.reason };
  const { interval, p } = found;
  return {
    ...head,
    ...means,
    value,
    low: interval.low,
    high: interval.high,
    p,
    test: "Welch's t",
    testWhy: head.byWhy,
  };
}
