import { dirname } from "node:path";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import { loadPopulation, type Population } from "../../population/folder/load.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { administer } from "../../survey/administer/administer.ts";
import type { SurveyRun } from "../../survey/administer/collected.ts";
import type { AdministerOptions } from "../../survey/administer/options.ts";
import { type Instrument, itemsOf } from "../../survey/instrument/document.ts";
import { partsOf } from "../../survey/instrument/items.ts";
import { loadInstrument } from "../../survey/instrument/read/load.ts";
import { parseInstrument } from "../../survey/instrument/read/parse.ts";
import { withoutGaps } from "../../survey/instrument/written.ts";
import { variantEffects } from "../../survey/results/effects.ts";
import { respondentRows } from "../../survey/results/respondents.ts";
import type { SummaryOptions } from "../../survey/results/segments.ts";
import { summariseSurvey } from "../../survey/results/summary.ts";
import { summariseTasks } from "../../survey/results/tasks/summarise.ts";
import { checkWeighing, segmentsBy, type WeighingOptions, weighSurvey } from "../../survey/results/weigh.ts";
import type { Step } from "../document/document.ts";
import type { SurveyStep } from "../document/surveys.ts";
import { named } from "../worlds/names.ts";
import type { Row } from "./tables.ts";

/** Questionnaires by the steps in which they are answered. */
export type Instruments = ReadonlyMap<SurveyStep, Instrument>;

const surveysIn = (steps: readonly Step[]): readonly SurveyStep[] =>
  steps.flatMap((step) => ("survey" in step ? [step.survey] : []));

/** The questionnaires of a study, read before anybody is asked. Throws SURVEY_INVALID, FILE_UNREADABLE. */
export async function instrumentsOf(steps: readonly Step[], pathOf: (path: string) => string): Promise<Instruments> {
  const read = surveysIn(steps).map(async (step): Promise<readonly [SurveyStep, Instrument]> => {
    const { file, instrument, language } = step;
    const spoken = language === undefined ? {} : { language };
    const path = file === undefined ? undefined : pathOf(file);
    return [step, path === undefined ? parseInstrument(instrument, spoken) : await loadInstrument(path, spoken)];
  });
  return new Map(await Promise.all(read));
}

/** People of a folder who were asked, and whom they were drawn as, where results are weighed or told apart by that. */
export interface Respondents {
  readonly people: readonly TinyPerson[];
  readonly population?: Population;
}

/**
 * People of populations by their folder: they enter the run once, before anybody is asked, and whether they can be weighed is
 * known then.
 */
export async function respondentsOf(
  steps: readonly Step[],
  simulation: Simulation,
): Promise<ReadonlyMap<string, Respondents>> {
  const entered = new Map<string, Respondents>();
  for (const { population: folder, first, weigh, by } of surveysIn(steps)) {
    if (folder === undefined) continue;
    const subset = first === undefined ? {} : { first };
    const path = simulation.pathOf(folder);
    const before = entered.get(folder);
    const people = before?.people ?? (await simulation.loadPeople([path], subset));
    const wanted = weigh !== undefined || by !== undefined;
    const population = before?.population ?? (wanted ? await loadPopulation(path, subset) : undefined);
    if (population !== undefined) checkWeighing(people, population, { weigh: weighingOf(weigh), by });
    entered.set(folder, { people, ...(population && { population }) });
  }
  return entered;
}

const weighingOf = (weigh: SurveyStep["weigh"]): WeighingOptions | undefined =>
  weigh === undefined || weigh === true ? weigh && {} : { dimensions: weigh };

/** Who there is to ask, and where what they answer goes. */
interface Asking {
  readonly simulation: Simulation;
  readonly people: readonly TinyPerson[];
  readonly instruments: Instruments;
  readonly respondents: ReadonlyMap<string, Respondents>;
  readonly tables: Map<string, readonly Row[]>;
}

/** Puts a questionnaire to people. Whoever gives no answer is told of, and has a row that says so. */
export async function takeSurvey(step: SurveyStep, scene: Asking): Promise<void> {
  const { simulation, tables } = scene;
  const instrument = scene.instruments.get(step) as Instrument;
  const run = await administer(simulation.context, optionsOf(step, instrument, scene));
  for (const { name, item, error } of run.failures) {
    const what = item === undefined ? "" : ` ${item}`;
    simulation.context.watch({ type: "warning", message: `${name} did not answer${what}: ${error.message}` });
  }
  const form = { varied: step.variants !== undefined, sampled: (step.samples ?? 1) > 1 };
  tables.set(step.as, wideRows(run, form));
  if (step.answers !== undefined) tables.set(step.answers, answerRows(run, form));
  const { respondents, answers } = run;
  const options = { respondents, ...weighed(step, run, scene) };
  if (step.figures !== undefined) tables.set(step.figures, rowed(await summariseSurvey(instrument, answers, options)));
  if (step.tasks !== undefined) tables.set(step.tasks, rowed(await summariseTasks(instrument, answers, options)));
  if (step.effects !== undefined) tables.set(step.effects, rowed(await variantEffects(instrument, answers)));
}

/** Weights and segments by what people were drawn as. */
function weighed({ population: folder = "", weigh, by }: SurveyStep, run: SurveyRun, scene: Asking): SummaryOptions {
  const { population } = scene.respondents.get(folder) ?? {};
  if (population === undefined) return {};
  const weighing = weighingOf(weigh);
  return {
    ...(weighing && { weights: weighSurvey(run, population, weighing).weights }),
    ...(by !== undefined && { segments: segmentsBy(run, population, by) }),
  };
}

function optionsOf(step: SurveyStep, instrument: Instrument, scene: Asking): AdministerOptions {
  const { simulation, people, respondents } = scene;
  const { file, who, population, method, methods, classifier, memory, samples, variants, as: name } = step;
  const asked = population === undefined ? named(who, people) : (respondents.get(population)?.people ?? []);
  const folder = file === undefined ? simulation.pathOf(".") : dirname(simulation.pathOf(file));
  const ways = withoutGaps({ method, methods, classifier, memory, samples, variants: variants?.map(withoutGaps) });
  return { instrument, people: asked, name, folder, ...ways } as AdministerOptions;
}

/** What a row has beside its answers: a variant and a sample where there are several. */
export interface SurveyForm {
  readonly varied: boolean;
  readonly sampled: boolean;
}

const base = ({ varied, sampled }: SurveyForm): readonly string[] => [
  "person",
  ...(varied ? ["variant"] : []),
  ...(sampled ? ["sample"] : []),
];

/** The columns of a table with a row a person. */
export const wideColumns = (instrument: Instrument, form: SurveyForm): readonly string[] => [
  ...base(form),
  ...["end", "checks"],
  ...itemsOf(instrument)
    .flatMap(partsOf)
    .flatMap(({ id, options }) => (options.some(({ open }) => open) ? [id, `${id} (other)`] : [id])),
];

/** The columns of a table with a row an answer. */
export const answerColumns = (form: SurveyForm): readonly string[] => [...base(form), ...said];

const said = ["item", "value", "missing", "other", "words", "method"];

function wideRows(run: SurveyRun, form: SurveyForm): readonly Row[] {
  return respondentRows(run).map(({ respondent: _id, name, variant, sample, ...rest }) => ({
    ...headOf({ name, variant, sample }, form),
    ...rest,
  }));
}

function answerRows({ answers }: SurveyRun, form: SurveyForm): readonly Row[] {
  return answers.map((answer) => {
    const {
      missing = null,
      other = null,
      words = null,
      item,
      value,
      method,
    } = {
      ...{ missing: undefined, other: undefined, words: undefined },
      ...answer,
    };
    return { ...headOf(answer, form), item, value, missing, other, words, method };
  });
}

const headOf = (
  { name, variant, sample }: Pick<SurveyRun["answers"][number], "name" | "variant" | "sample">,
  { varied, sampled }: SurveyForm,
): Row => ({ person: name, ...(varied && { variant }), ...(sampled && { sample }) });

/** What is wrong with a questionnaire that is written out in a step; undefined for one that a file has. */
export function writtenIn({ instrument, language }: SurveyStep) {
  if (instrument === undefined) return undefined;
  try {
    return { instrument: parseInstrument(instrument, language === undefined ? {} : { language }) };
  } catch (error) {
    if (isTinyTroupeError(error, "SURVEY_INVALID")) {
      return { issues: error.data.issues.map(({ path, message }) => ({ path: `instrument.${path}`, message })) };
    }
    if (isTinyTroupeError(error, "TARGET_UNKNOWN")) return { issues: [{ path: "language", message: error.message }] };
    throw error;
  }
}

const rowed = (rows: readonly object[]): readonly Row[] => rows.map((row) => ({ ...row }));
