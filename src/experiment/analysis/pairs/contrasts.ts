import type { EffectClaim } from "../../design/claim.ts";
import { armsOfSide, type DesignedArm } from "../../design/design.ts";
import type { AnalysisPlan } from "../plan.ts";

/** Arms that are held against others, person by person. */
export interface Contrast {
  /** As in `dearer - control`, or `price=high - price=low`. */
  readonly name: string;
  readonly treatment: readonly string[];
  readonly control: readonly string[];
}

/** Those that were declared, each arm against the first, and each level of a factor against the factor's first. */
export function contrastsOf({ arms, factors, claims }: AnalysisPlan): readonly Contrast[] {
  const [first, ...others] = arms;
  const plain = first === undefined ? [] : others.map(({ name }) => contrastOf([name, first.name], arms));
  const declared = Object.values(claims).map(({ contrast }) => contrastOf(contrast, arms));
  const main = Object.entries(factors).flatMap(([factor, [base = "", ...levels]]) =>
    levels.map((level) => contrastOf([{ [factor]: level }, { [factor]: base }], arms)),
  );
  const met = new Set<string>();
  return [...declared, ...plain, ...main].filter(({ treatment, control }) => {
    const key = JSON.stringify([treatment, control]);
    if (met.has(key)) return false;
    met.add(key);
    return true;
  });
}

/** The contrast that a claim is about. */
export function contrastOf([treatment, control]: EffectClaim["contrast"], arms: readonly DesignedArm[]): Contrast {
  return {
    name: `${sideInWords(treatment)} - ${sideInWords(control)}`,
    treatment: armsOfSide(treatment, arms),
    control: armsOfSide(control, arms),
  };
}

const sideInWords = (side: EffectClaim["contrast"][number]): string =>
  typeof side === "string"
    ? side
    : Object.entries(side)
        .map(([factor, level]) => `${factor}=${level}`)
        .join(", ");
