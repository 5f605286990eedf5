import type { Specification } from "../../specification/schema.ts";
import type { Levels } from "../levels/levels.ts";
import type { Family } from "./family.ts";
import { maskOver, scopeOf } from "./where.ts";

type Joint = NonNullable<Specification["joints"]>[number];

/** A crosstab as classes of combinations; a last class holds what the table leaves out, and has no share. */
export function jointFamily(all: readonly Levels[], joint: Joint, part: string): Family {
  const places = joint.of.map((id) => all.findIndex((levels) => levels.id === id)).filter((place) => place >= 0);
  const scope = scopeOf(all, places);
  const classOf = new Int32Array(scope.size).fill(joint.cells.length);
  for (const [cell, { when }] of joint.cells.entries()) {
    const mask = maskOver(all, scope, when);
    for (let at = 0; at < scope.size; at++)
      if (mask[at] === 1 && classOf[at] === joint.cells.length) classOf[at] = cell;
  }
  const total = joint.cells.reduce((sum, { share }) => sum + share, 0);
  const shares = Float64Array.from([...joint.cells.map(({ share }) => (total > 0 ? share / total : 0)), 0]);
  const label = (when: Readonly<Record<string, unknown>>): string => joint.of.map((id) => String(when[id])).join(" × ");
  return {
    part,
    kind: "joint",
    about: joint.of.join(" × "),
    scope,
    classOf,
    labels: [...joint.cells.map(({ when }) => label(when)), "any other"],
    rule: "shares",
    low: shares,
    high: shares,
    unverified: joint.unverified === true,
  };
}
