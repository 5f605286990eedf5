import { slug } from "../../kernel/values/ids.ts";
import { checkConsent } from "../../persona/origin/consent.ts";
import type { Consent, Origin } from "../../persona/origin/origin.ts";
import type { Manifest } from "../../population/folder/manifest.ts";
import {
  checkInterviews,
  drawOfInterview,
  drawsOfRows,
  type PeopleFromInterviewsOptions,
  peopleFromInterviews,
  type RecordedInterview,
} from "../../population/from-people/people.ts";
import { generatePeople } from "../../population/generation/generate.ts";
import type { MicrodataRow } from "../../population/microdata/rows.ts";
import type { Simulation } from "../simulation.ts";
import { type GeneratePopulationOptions, inFolder, planOf } from "./population.ts";

/** How a folder of people is made of interviews. */
export interface PopulationFromInterviewsOptions extends PeopleFromInterviewsOptions {
  /** Where it is, from the folder of the study. */
  readonly folder: string;
  /** What it is called: as the folder, unless told. */
  readonly name?: string;
}

/** How a folder of people is made of the rows of a survey. */
export interface PopulationFromRowsOptions extends Omit<GeneratePopulationOptions, "names" | "method" | "seed"> {
  /** What those who answered agreed to. */
  readonly consent: Consent;
  /** Where the rows are from: a survey, a file. */
  readonly source: string;
}

/**
 * A folder with a person of each interview, each as `personaFromTranscript` makes them, with consent, source and quotes
 * beside the persona. The folder grows: whoever is there is not made again, and interviews that came later are added.
 * Throws CONSENT_MISSING and OPTION_INVALID before anybody is asked, FILE_UNWRITABLE where a transcript was changed after
 * its person was made, and as `generatePopulation`.
 * @example
 * const consent = { given: true, scope: "simulated interviews" };
 * const anna = { id: "anna", text: "Q: What do you do?\\n\\nA: I bake bread.", source: "anna.md" };
 * const { people } = await populationFromInterviews(simulation, [anna], { folder: "bakers", consent });
 */
export async function populationFromInterviews(
  simulation: Simulation,
  interviews: readonly RecordedInterview[],
  { folder, name = slug(folder), onPerson, ...options }: PopulationFromInterviewsOptions,
): Promise<Manifest> {
  checkInterviews(interviews, options.consent);
  const plan = {
    ...(await planOf(simulation, interviews.map(drawOfInterview), { name })),
    ...{ method: "interviews", grows: true },
  };
  const given = new Map(interviews.map((interview) => [interview.id, interview.name ?? interview.id]));
  return inFolder(simulation, { folder, plan, given, ...(onPerson && { onPerson }) }, async (work) => {
    const left = new Set(work.left.map(({ id }) => id));
    await peopleFromInterviews(
      (id) => work.place.fork(work.placeOf(id)),
      interviews.filter(({ id }) => left.has(id)),
      { ...options, onPerson: work.keep },
    );
  });
}

/**
 * A folder with a person of each row, each as `personaFromRow` makes them: columns `id`, `name` and `weight` are what they
 * are called, names are from lists where no column gives them, and consent and source stand beside each persona. The folder
 * grows as that of `populationFromInterviews` does. Throws CONSENT_MISSING, OPTION_INVALID for an empty row, and as
 * `generatePopulation`.
 * @example
 * const consent = { given: true, scope: "simulated interviews" };
 * const rows = [{ id: "r1", name: "Ana Reis", age: 44, "commutes by": "tram" }];
 * const { people } = await populationFromRows(simulation, rows, { folder: "pilot", source: "pilot.csv", consent });
 */
export async function populationFromRows(
  simulation: Simulation,
  rows: readonly MicrodataRow[],
  { consent, source, ...options }: PopulationFromRowsOptions,
): Promise<Manifest> {
  const { folder, name = slug(folder) } = options;
  const origin: Origin = { kind: "survey", source, consent };
  checkConsent(origin, "these rows");
  const drawn = drawsOfRows(rows);
  const draws = drawn.map(({ draw }) => draw);
  const plan = { ...(await planOf(simulation, draws, { ...options, name })), method: "rows", grows: true };
  const given = new Map(drawn.flatMap(({ draw, name: own }) => (own === undefined ? [] : [[draw.id, own]])));
  return inFolder(simulation, { ...options, plan, given }, async ({ place, left, names, placeOf, keep }) => {
    await generatePeople(place, left, {
      ...options,
      names: left.map(({ id }) => names.get(id) as string),
      nameOf: (id) => names.get(id),
      placeOf,
      onPerson: (result) =>
        keep("error" in result ? result : { ...result, origin: { ...origin, subject: result.draw.id } }),
    });
  });
}
