import type { Issue } from "../../../kernel/values/errors.ts";
import type { Specification, Where } from "../schema.ts";
import { checkDependencies } from "./dependencies.ts";
import { checkFigures, checkSource, noShare } from "./figures.ts";
import { Findings } from "./findings.ts";

/**
 * What contradicts itself in a specification whose shape is right: dimensions and values that there are not, bands that
 * overlap or leave gaps, sources that are not listed, circles. Whether all of it can be met at once, sampling tells.
 */
export function specificationIssues(specification: Specification): readonly Issue[] {
  const findings = new Findings(specification);
  checkFigures(findings);
  checkDependencies(findings);
  checkConstraints(findings);
  checkGroups(findings);
  checkHouseholds(findings);
  return findings.issues;
}

function checkConstraints(findings: Findings): void {
  for (const [place, constraint] of (findings.specification.constraints ?? []).entries()) {
    const { because: _because, ...parts } = constraint;
    for (const [key, where] of Object.entries<Where>(parts)) {
      const path = ["constraints", place, key];
      if (Object.keys(where).length === 0) findings.add(path, "Name at least one dimension.");
      findings.where(where, path);
    }
  }
}

function checkGroups(findings: Findings): void {
  const { quotas = [], strata = [], boosts = [], size } = findings.specification;
  for (const [place, { where, count, atLeast, atMost }] of quotas.entries()) {
    findings.where(where, ["quotas", place, "where"]);
    if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
      findings.add(["quotas", place, "atLeast"], `${atLeast} is above ${atMost}.`);
    const least = count ?? atLeast ?? 0;
    if (size !== undefined && least > size)
      findings.add(["quotas", place], `${least} people are wanted of a population of ${size}.`);
  }
  findings.listed(strata, ["strata"]);
  for (const [place, { where }] of boosts.entries()) findings.where(where, ["boosts", place, "where"]);
}

function checkHouseholds(findings: Findings): void {
  const { households } = findings.specification;
  if (households === undefined) return;
  const path = ["households"];
  checkSource(findings, households, path);
  const { sizes, partners, shared = [] } = households;
  if (Object.values(sizes).every((share) => share === 0)) findings.add([...path, "sizes"], noShare);
  for (const [place, id] of shared.entries()) findings.dimension(id, [...path, "shared", place]);
  if (partners === undefined) return;
  findings.where(partners.of ?? {}, [...path, "partners", "of"]);
  for (const id of Object.keys(partners.same ?? {})) findings.dimension(id, [...path, "partners", "same", id]);
  for (const id of Object.keys(partners.gap ?? {})) findings.numeric(id, [...path, "partners", "gap", id]);
}
