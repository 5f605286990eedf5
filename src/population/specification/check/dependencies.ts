import type { Specification } from "../schema.ts";
import { checkSource, noShare } from "./figures.ts";
import type { Findings } from "./findings.ts";

type Joint = NonNullable<Specification["joints"]>[number];
type Conditional = NonNullable<Specification["conditionals"]>[number];

/** What is wrong with how dimensions are said to hang together: joint tables and conditionals. */
export function checkDependencies(findings: Findings): void {
  const { joints = [], conditionals = [] } = findings.specification;
  for (const [place, joint] of joints.entries()) checkJoint(findings, joint, place);
  const places = new Map<string, number>();
  for (const [place, conditional] of conditionals.entries()) {
    checkConditional(findings, conditional, place);
    const earlier = places.get(conditional.of);
    if (earlier === undefined) places.set(conditional.of, place);
    else {
      const message = `conditionals.${earlier} is of '${conditional.of}' too: put the rows together, the first that holds counts.`;
      findings.add(["conditionals", place, "of"], message);
    }
  }
  const cycle = cycleIn(conditionals);
  if (cycle === undefined) return;
  const told = [...cycle.slice(0, shownAtMost), ...(cycle.length > shownAtMost ? ["…"] : []), cycle[0]].join(" on ");
  findings.add(["conditionals", places.get(cycle[0] ?? "") ?? 0], `These depend on each other in a circle: ${told}.`);
}

const shownAtMost = 8;

function checkJoint(findings: Findings, joint: Joint, place: number): void {
  const path = ["joints", place];
  checkSource(findings, joint, path);
  findings.listed(joint.of, [...path, "of"]);
  const seen = new Map<string, number>();
  for (const [row, { when }] of joint.cells.entries()) {
    const at = [...path, "cells", row, "when"];
    for (const id of joint.of) if (!Object.hasOwn(when, id)) findings.add(at, `A value of ${id} is missing.`);
    for (const [id, value] of Object.entries(when)) {
      if (joint.of.includes(id)) findings.level(id, value, [...at, id]);
      else findings.add([...at, id], `'${id}' is none of ${joint.of.join(", ")}, which this table is of.`);
    }
    const key = JSON.stringify(joint.of.map((id) => String(when[id])));
    const earlier = seen.get(key);
    if (earlier !== undefined) findings.add(at, `The cell ${earlier} is the same combination.`);
    seen.set(key, row);
  }
  if (joint.cells.every(({ share }) => share === 0)) findings.add([...path, "cells"], noShare);
}

function checkConditional(findings: Findings, conditional: Conditional, place: number): void {
  const path = ["conditionals", place];
  const { of, rows } = conditional;
  checkSource(findings, conditional, path);
  const found = findings.dimension(of, [...path, "of"]);
  if (found?.kind === "numeric" && found.bands === undefined)
    findings.add([...path, "of"], `'${of}' has no bands, so that no shares of them can be given.`);
  for (const [row, { when, shares }] of rows.entries()) {
    const at = [...path, "rows", row];
    findings.where(when, [...at, "when"]);
    if (Object.hasOwn(when, of)) findings.add([...at, "when", of], `'${of}' cannot depend on itself.`);
    if (found !== undefined) findings.shares(of, shares, [...at, "shares"]);
  }
}

/**
 * Dimensions that depend on each other in a circle, each on the one after it; what depends on nothing that is left is
 * taken away until only circles are left (Kahn 1962, Topological sorting of large networks).
 */
function cycleIn(conditionals: readonly Conditional[]): readonly string[] | undefined {
  const needs = new Map<string, Set<string>>();
  for (const { of, rows } of conditionals) {
    const on = rows.flatMap(({ when }) => Object.keys(when)).filter((id) => id !== of);
    needs.set(of, new Set([...(needs.get(of) ?? []), ...on]));
  }
  const users = new Map<string, string[]>();
  for (const [id, on] of needs) for (const needed of on) users.set(needed, [...(users.get(needed) ?? []), id]);
  const settled = [...users.keys()].filter((id) => !needs.has(id));
  for (let id = settled.pop(); id !== undefined; id = settled.pop()) {
    for (const user of users.get(id) ?? []) {
      const on = needs.get(user);
      on?.delete(id);
      if (on?.size === 0) settled.push(user);
    }
  }
  const begin = [...needs].find(([, on]) => on.size > 0)?.[0];
  if (begin === undefined) return undefined;
  const walked = new Set<string>();
  let at = begin;
  for (; !walked.has(at); [at = begin] = needs.get(at) ?? []) walked.add(at);
  const steps = [...walked];
  return steps.slice(steps.indexOf(at));
}
