import { mcNemar } from "../../../statistics/counts/mcnemar.ts";
import { isMeasured } from "../../../statistics/measured.ts";
import type { LostPair } from "../pairs/pairs.ts";

/** Who could not be compared, and whether that befell one side more than the other. */
export interface Attrition {
  readonly lost: number;
  /** Lost pairs of whom something is missing on this side. */
  readonly treatment: number;
  readonly control: number;
  /** How often each reason was given, over arms. */
  readonly reasons: Readonly<Record<string, number>>;
  /** That both sides lose alike, by the exact test of McNemar; absent where none was lost on one side alone. */
  readonly p?: number;
  /** That p is below 0.05, or that nine of ten or fewer are left: what remains may be no fair sample. */
  readonly flagged: boolean;
}

/** From this share of lost pairs on they are called by name. */
const muchLost = 0.1;

/** What was lost among so many pairs and the lost. */
export function attritionOf(pairs: number, lost: readonly LostPair[]): Attrition {
  const on = (side: "treatment" | "control") => (pair: LostPair) => pair.missing.some((gap) => gap.side === side);
  const [treatment, control] = [lost.filter(on("treatment")), lost.filter(on("control"))];
  const [first, second] = [
    treatment.filter((pair) => !on("control")(pair)),
    control.filter((pair) => !on("treatment")(pair)),
  ];
  const reasons = new Map<string, number>();
  for (const { reason } of lost.flatMap(({ missing }) => missing)) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const found = mcNemar(first.length, second.length);
  const p = isMeasured(found) ? found.p : undefined;
  return {
    ...{ lost: lost.length, treatment: treatment.length, control: control.length },
    reasons: Object.fromEntries([...reasons].toSorted(([, one], [, other]) => other - one)),
    ...(p !== undefined && { p }),
    flagged: (p !== undefined && p < 0.05) || (lost.length >= muchLost * (pairs + lost.length) && lost.length > 0),
  };
}
