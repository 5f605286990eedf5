import { chiSquareFit } from "../../../statistics/counts/chi-square.ts";
import { totalVariation } from "../../../statistics/distances/nominal.ts";
import { isMeasured, sum } from "../../../statistics/measured.ts";
import { effectiveSize } from "../../../statistics/moments.ts";
import type { Specification } from "../../specification/schema.ts";
import { corrected } from "../measures/correlations.ts";
import { type Member, membersOf } from "../people/people.ts";
import { keyOf, spellings, valuesAt } from "../people/values.ts";
import { type ComparedPlace, type ComparedValue, type Comparison, reasonOf } from "./compared.ts";
import { type TargetLevel, targetsOf } from "./levels.ts";

/** What people say that is no value of the specification. */
const elsewhere = "(no value of the specification)";

/**
 * How a population meets the margins that its specification declares: shares against targets for each value, and for each
 * dimension a χ² test with Cohen's w, p values corrected by Holm's method, at the effective size where people have weights.
 * What was drawn of people counts, else what their personas say.
 */
export async function compareWithTarget(given: readonly unknown[], specification: Specification): Promise<Comparison> {
  const { people, remarks } = membersOf(given);
  const places: ComparedPlace[] = [];
  const values: ComparedValue[] = [];
  const missing: string[] = [];
  for (const { id, place, levels, unverified, reason } of targetsOf(specification)) {
    const mark = unverified && { unverified: true as const };
    if (reason !== undefined) {
      places.push({ path: id, reason, ...mark });
      continue;
    }
    const found = sharesOf(people, [id, ...place], levels);
    const targets = [...levels.map(({ share }) => share), 0];
    values.push(
      ...found.shares.flatMap((share, index) => {
        const target = targets[index] as number;
        const value = levels[index]?.label ?? elsewhere;
        return index === levels.length && share === 0
          ? []
          : [{ path: id, value, one: share, other: target, difference: share - target }];
      }),
    );
    if (found.silent > 0) missing.push(`${id}: ${found.silent} people say nothing`);
    const test = await chiSquareFit(
      found.shares.map((share) => share * found.effective),
      targets,
    );
    const apart = totalVariation(found.shares, targets);
    places.push({
      path: id,
      ...(isMeasured(test)
        ? { test: "chi-square", statistic: test.statistic, p: test.p, effect: test.effect, effectName: "w" }
        : found.strange.length > 0
          ? { reason: unknownValues(found.strange) }
          : reasonOf(test)),
      ...(isMeasured(apart) && { distance: apart.distance }),
      ...mark,
    });
  }
  const unverified = places.flatMap((place) => (place.unverified ? [place.path] : []));
  return {
    ...{ simulated: true, of: "target", n: [people.length], places: corrected(places), values, unverified },
    remarks: [...remarks, ...missing],
  };
}

/** Values that are named, and characters of each. */
const [mostNamed, longest] = [3, 40];

function unknownValues(values: readonly string[]): string {
  const named = values
    .slice(0, mostNamed)
    .map((value) => JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value));
  const more = values.length > mostNamed ? ` and ${values.length - mostNamed} more` : "";
  return `there are values of which the target has none: ${named.join(", ")}${more}`;
}

/** The weighted shares of the levels, and last of what is none of them. */
function sharesOf(people: readonly Member[], paths: readonly string[], levels: readonly TargetLevel[]) {
  const said = people.flatMap((person) => {
    const path = paths.find((one) => valuesAt(person, one).length > 0);
    return path === undefined ? [] : [{ weight: person.weight, value: valuesAt(person, path)[0] as string | number }];
  });
  const tallies = Array.from({ length: levels.length + 1 }, () => 0);
  const spelt = spellings();
  const strange = new Set<string>();
  for (const { weight, value } of said) {
    const found = levels.findIndex(
      ({ label, holds }) => (typeof value === "number" ? holds?.(value) : false) || keyOf(label) === keyOf(value),
    );
    const place = found < 0 ? levels.length : found;
    tallies[place] = (tallies[place] ?? 0) + weight;
    if (weight > 0 && (levels[found]?.share ?? 0) === 0) strange.add(spelt(value));
  }
  const all = sum(tallies);
  return {
    shares: tallies.map((tally) => (all === 0 ? 0 : tally / all)),
    effective: effectiveSize(said.map(({ weight }) => weight)),
    silent: people.length - said.length,
    strange: [...strange],
  };
}
