import type { Population } from "../../population/folder/load.ts";
import { targetsOf } from "../../population/profile/compare/levels.ts";
import { invalid } from "../../statistics/measured.ts";
import { type Raking, type RakingMargins, rake } from "../../statistics/weights/rake.ts";
import type { SurveyRun } from "../administer/collected.ts";
import { asWritten } from "../administer/variants.ts";

/** By what respondents are weighed. */
export interface WeighingOptions {
  /** Dimensions of the population's specification. Default: all that declare shares. */
  readonly dimensions?: readonly string[];
  /** The least and the most that a weight may be, in multiples of the mean. */
  readonly trim?: { readonly least?: number; readonly most?: number };
}

/** What respondents weigh so that they have a population's margins. */
export interface SurveyWeights {
  /** By respondent; who did not come to the end has none. */
  readonly weights: ReadonlyMap<string, number>;
  /** Shares before and after, how far they are from the targets, and what it costs. */
  readonly raking: Raking;
  /** Dimensions that were not weighed by, each with the reason. */
  readonly left: readonly { readonly dimension: string; readonly reason: string }[];
}

/**
 * Weighs those who completed a survey by the margins that their population's specification declares (raking), beginning with
 * the weights with which they were drawn. Throws OPTION_INVALID for a dimension without shares, for respondents who are not of
 * the population, and as `rake`, where a value has a share and nobody has it.
 */
export function weighSurvey(
  { respondents }: Pick<SurveyRun, "respondents">,
  { manifest, people }: Population,
  { dimensions, trim }: WeighingOptions = {},
): SurveyWeights {
  const { specification } = manifest;
  if (specification === undefined)
    throw invalid("population", { value: manifest.name, hint: "Weigh by a population that has a specification." });
  const targets = targetsOf(specification);
  const usable = targets.filter(({ reason }) => reason === undefined);
  const strange = dimensions?.find((dimension) => !usable.some(({ id }) => id === dimension));
  if (strange !== undefined) {
    const hint = `Weigh by dimensions that declare shares: ${usable.map(({ id }) => id).join(", ")}.`;
    throw invalid("dimensions", { value: strange, hint });
  }
  const wanted = usable.filter(({ id }) => dimensions?.includes(id) ?? true);
  const drawn = new Map(people.map(({ name, draw }) => [name, draw]));
  const complete = new Map(
    respondents.filter(({ end }) => end === "complete").map(({ respondent, name }) => [respondent, name]),
  );
  const rows = [...complete].map(([respondent, name]) => {
    const draw = drawn.get(name);
    if (draw === undefined) throw invalid("respondents", { value: name, hint: "Ask the people of this population." });
    const values = wanted.map(({ id, levels }) => {
      const value = draw.values[id];
      const level = levels.find(({ label, holds }) => label === value || (typeof value === "number" && holds?.(value)));
      return [id, level?.label ?? String(value)] as const;
    });
    return { respondent, weight: draw.weight, values: Object.fromEntries(values) };
  });
  const margins: RakingMargins = Object.fromEntries(
    wanted.map(({ id, levels }) => [id, Object.fromEntries(levels.map(({ label, share }) => [label, share]))]),
  );
  const raking = rake(
    rows.map(({ values }) => values),
    margins,
    { weights: rows.map(({ weight }) => weight), ...(trim && { trim }) },
  );
  return {
    weights: new Map(rows.map(({ respondent }, place) => [respondent, raking.weights[place] as number])),
    raking,
    left: targets.flatMap(({ id, reason }) => (reason === undefined ? [] : [{ dimension: id, reason }])),
  };
}

/** By respondent, the level of a dimension that they were drawn with: whom results are told apart by. Throws OPTION_INVALID. */
export function segmentsBy(
  { respondents }: Pick<SurveyRun, "respondents">,
  { manifest, people }: Population,
  dimension: string,
): ReadonlyMap<string, string> {
  const found = manifest.specification && targetsOf(manifest.specification).find(({ id }) => id === dimension);
  const drawn = new Map(people.map(({ name, draw }) => [name, draw.values[dimension]]));
  if (![...drawn.values()].some((value) => value !== undefined)) {
    const known = [...new Set(people.flatMap(({ draw }) => Object.keys(draw.values)))];
    const hint = known.length === 0 ? "They were drawn with none." : `The people were drawn with: ${known.join(", ")}.`;
    throw invalid("dimension", { value: dimension, hint });
  }
  return new Map(
    respondents.flatMap(({ respondent, name }) => {
      const value = drawn.get(name);
      if (value === undefined) return [];
      const level = found?.levels.find(({ holds }) => typeof value === "number" && holds?.(value));
      return [[respondent, level?.label ?? String(value)] as const];
    }),
  );
}

/** Whether people can be weighed so, and told apart by that: known before anybody is asked. Throws as `weighSurvey`. */
export function checkWeighing(
  asked: readonly { readonly id: string; readonly name: string }[],
  population: Population,
  { weigh, by }: { readonly weigh?: WeighingOptions | undefined; readonly by?: string | undefined },
): void {
  const respondents = asked.map(({ id, name }) => ({
    ...{ respondent: id, name, variant: asWritten.name, sample: 0, failedChecks: [] },
    end: "complete" as const,
  }));
  if (weigh !== undefined) weighSurvey({ respondents }, population, weigh);
  if (by !== undefined) segmentsBy({ respondents }, population, by);
}
