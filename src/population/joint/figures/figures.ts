import type { Specification } from "../../specification/schema.ts";
import type { Levels } from "../levels/levels.ts";
import { conditionalFamilies } from "./conditionals.ts";
import { exclusionsOf } from "./exclusions.ts";
import { type Exclusion, type Family, type Raised, whereText } from "./family.ts";
import { jointFamily } from "./joints.ts";
import { maskOver, placesOf, scopeOf } from "./where.ts";

/** All that a specification demands, as tables over few dimensions each. */
export interface Figures {
  readonly levels: readonly Levels[];
  readonly families: readonly Family[];
  readonly exclusions: readonly Exclusion[];
  readonly boosts: readonly Raised[];
}

/** @param size how many people are drawn: quotas are counts of them */
export function figuresOf(specification: Specification, levels: readonly Levels[], size: number): Figures {
  const exclusions = exclusionsOf(specification, levels);
  const joints = (specification.joints ?? []).map((joint, index) => jointFamily(levels, joint, `joints.${index}`));
  return {
    levels,
    families: [
      ...levels.map((_, place) => marginFamily(levels, place, exclusions)),
      ...joints,
      ...(specification.conditionals ?? []).flatMap((conditional, index) =>
        conditionalFamilies(levels, conditional, `conditionals.${index}`),
      ),
      ...quotaFamilies(specification, levels, size),
    ],
    exclusions: [...exclusions],
    boosts: (specification.boosts ?? []).map(({ where, times }) => {
      const scope = scopeOf(levels, placesOf(levels, [where]));
      return { scope, mask: maskOver(levels, scope, where), times };
    }),
  };
}

function marginFamily(all: readonly Levels[], place: number, exclusions: readonly Exclusion[]): Family {
  const levels = all[place] as Levels;
  const shares = Float64Array.from(levels.bands, ({ share }) => share);
  const { dimension } = levels;
  if (dimension.kind === "numeric" && dimension.bands === undefined) cutOff(shares, place, exclusions);
  return {
    part: `dimensions.${levels.id}`,
    kind: "margin",
    about: levels.id,
    scope: scopeOf(all, [place]),
    classOf: levels.bandOf,
    labels: levels.bands.map(({ label }) => label),
    rule: "shares",
    low: shares,
    high: shares,
    unverified: dimension.unverified === true,
  };
}

/** A distribution says nothing of those who do not belong to the population: it is cut off where they would be. */
function cutOff(shares: Float64Array, place: number, exclusions: readonly Exclusion[]): void {
  for (const { scope, allowed } of exclusions) {
    if (scope.dimensions.length !== 1 || scope.dimensions[0] !== place) continue;
    for (const [level, is] of allowed.entries()) if (is === 0) shares[level] = 0;
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total > 0) for (const [level, share] of shares.entries()) shares[level] = share / total;
}

function quotaFamilies(specification: Specification, levels: readonly Levels[], size: number): readonly Family[] {
  return (specification.quotas ?? []).map(({ where, count, atLeast = 0, atMost = size }, index) => {
    const scope = scopeOf(levels, placesOf(levels, [where]));
    const mask = maskOver(levels, scope, where);
    return {
      part: `quotas.${index}`,
      kind: "quota",
      about: "quota",
      scope,
      classOf: Int32Array.from(mask, (is) => (is === 1 ? 0 : -1)),
      labels: [whereText(where)],
      rule: "bounds",
      low: Float64Array.of((count ?? atLeast) / size),
      high: Float64Array.of((count ?? atMost) / size),
      unverified: false,
    };
  });
}
