import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  administer,
  checkWeighing,
  defineStudy,
  type Instrument,
  loadInstrument,
  loadPopulation,
  type Population,
  paraphrasesOf,
  type RunProvenance,
  respondentRows,
  type Simulation,
  type SurveyMemory,
  type SurveyProgress,
  type SurveyRun,
  type SurveyVariant,
  type SurveyWeights,
  segmentsBy,
  summariseSurvey,
  summariseTasks,
  surveyCost,
  surveyReportHtml,
  TinyTroupeError,
  tableMetadata,
  tableOf,
  variantEffects,
  type WeighingOptions,
  weighSurvey,
  writeTable,
} from "../../../index.ts";
import { refuseTaken, refuseTakenIn, writeNewFile } from "../../new-file.ts";
import { metadataBeside } from "../../outcome.ts";
import type { Session } from "../../session.ts";
import type { ModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { dryRun } from "../money/dry-run.ts";
import { type Attributes, attributesOf, isPopulation, rowsWith, segmentsOf } from "./attributes.ts";
import { showCost, showTaken } from "./taken.ts";

/** What is asked of whom, and what is left of it. */
export interface TakeFlags extends ModelFlags {
  readonly people: readonly string[];
  readonly first?: number;
  readonly language?: string;
  readonly method?: string;
  readonly memory?: SurveyMemory;
  readonly samples?: number;
  readonly reversed?: boolean;
  /** In the other words that items declare, too. */
  readonly paraphrased?: boolean;
  /** By which dimensions of the population; true for all. */
  readonly weigh?: true | readonly string[];
  readonly by?: string;
  readonly pilot?: number;
  readonly out?: string;
  readonly html?: string;
  readonly dryRun?: boolean;
}

const files = ["answers.csv", "respondents.csv", "summary.csv", "tasks.csv", "effects.csv"] as const;

/** `survey run`: a questionnaire that simulated people take, each on forks that leave them as they were. */
export async function takeSurvey(session: Session, file: string, flags: TakeFlags): Promise<void> {
  const { folder } = session.environment;
  const path = resolve(folder, file);
  const { language, out, html, pilot } = flags;
  if (out !== undefined)
    refuseTakenIn(
      session,
      out,
      files.flatMap((one) => [one, metadataBeside(one)]),
    );
  if (html !== undefined) refuseTaken(session, html, "--html");
  const instrument = await loadInstrument(path, language === undefined ? {} : { language });
  const name = `survey ${instrument.name}`.slice(0, 80);
  const asking = { instrument, flags, variants: variantsOf(instrument, flags), folder: dirname(path) };
  if (flags.dryRun) {
    return dryRun(session, defineStudy({ name, folder, run: (simulation) => taken(simulation, asking) }), flags);
  }
  const progress = { done: 0, of: 0, items: 0, failed: 0 };
  const status = (): string => `${progress.done} of ${progress.of} sittings, ${progress.items} items answered`;
  const made = await making(
    session,
    { name, flags, what: "survey", status, embedder: flags.embedder },
    async ({ simulation, tick }) => {
      const onProgress = (now: SurveyProgress): void => {
        Object.assign(progress, now);
        tick();
      };
      const found = await taken(simulation, { ...asking, onProgress });
      return { ...found, provenance: await simulation.provenance() };
    },
  );
  if (pilot !== undefined) return showCost(session, surveyCost(made.run, made.sittings), made);
  const figures = await figuresOf(instrument, made, flags);
  if (out !== undefined) await write(session, { ...made, ...figures, instrument, out });
  if (html !== undefined) {
    const page = await surveyReportHtml({ ...figures, instrument, run: made.run }, { provenance: made.provenance });
    await writeNewFile(session, piece(page), html);
  }
  showTaken(session, { ...made, ...figures, instrument });
}

/** What it comes to: figures, tasks, and what asking otherwise does. */
async function figuresOf(instrument: Instrument, { run, population, attributes }: Taken, { weigh, by }: TakeFlags) {
  const { answers, respondents } = run;
  const weighing =
    weigh === undefined || population === undefined ? undefined : weighSurvey(run, population, dims(weigh));
  const apart = (dimension: string): ReadonlyMap<string, string> =>
    population ? segmentsBy(run, population, dimension) : segmentsOf(respondents, attributes, dimension);
  const segments = by === undefined ? undefined : apart(by);
  const options = { respondents, ...(weighing && { weights: weighing.weights }), ...(segments && { segments }) };
  return {
    summary: await summariseSurvey(instrument, answers, options),
    tasks: await summariseTasks(instrument, answers, options),
    effects: await variantEffects(instrument, answers),
    ...(weighing && { weighing }),
  };
}

const dims = (weigh: true | readonly string[]): WeighingOptions => (weigh === true ? {} : { dimensions: weigh });

interface Taking {
  readonly instrument: Instrument;
  readonly flags: TakeFlags;
  readonly variants: readonly SurveyVariant[];
  /** Where the instrument's pictures are. */
  readonly folder: string;
  readonly onProgress?: (progress: SurveyProgress) => void;
}

/** What came of it, and of how many sittings in all: a pilot is of the first. */
interface Taken {
  readonly run: SurveyRun;
  readonly sittings: number;
  /** Of which the people are, where they are weighed or told apart. */
  readonly population?: Population;
  /** Of the people, where tables are written or they are told apart. */
  readonly attributes: Attributes;
}

async function taken(
  simulation: Simulation,
  { instrument, flags, variants, folder, onProgress }: Taking,
): Promise<Taken> {
  const { first, method, memory, samples = 1, concurrency, pilot, out, by } = flags;
  const everybody = await simulation.loadPeople([...flags.people], first === undefined ? {} : { first });
  const people = pilot === undefined ? everybody : everybody.slice(0, pilot);
  const population = await populationOf(simulation, flags);
  const attributes =
    out === undefined && by === undefined ? new Map() : await attributesOf(simulation, everybody, flags.people);
  if (population !== undefined) checkWeighing(everybody, population, { weigh: flags.weigh && dims(flags.weigh), by });
  else if (by !== undefined) segmentsOf([], attributes, by);
  const run = await administer(simulation.context, {
    ...{ instrument, people, folder, samples, variants },
    ...(method !== undefined && { method }),
    ...(memory !== undefined && { memory }),
    ...(concurrency !== undefined && { concurrency }),
    ...(onProgress && { onProgress }),
  });
  const sittings = everybody.length * samples * (1 + variants.length);
  return { run, sittings, attributes, ...(population && { population }) };
}

/** The ways in which everybody is asked otherwise. Throws OPTION_INVALID where there are no other words. */
function variantsOf(instrument: Instrument, { reversed, paraphrased }: TakeFlags): readonly SurveyVariant[] {
  const worded = paraphrased ? paraphrasesOf(instrument) : [];
  if (paraphrased && worded.length === 0) {
    throw new TinyTroupeError("OPTION_INVALID", "No item of this questionnaire has other words.", {
      data: { option: "--paraphrased" },
      hint: "Write them beside an item's text: paraphrases: [the same in other words]",
    });
  }
  return [...(reversed ? [{ name: "reversed", options: "reversed" as const }] : []), ...worded];
}

/** The one population that people are weighed by, and told apart where they are all of it. */
async function populationOf(
  simulation: Simulation,
  { people: [source = "", ...more], first, weigh, by }: TakeFlags,
): Promise<Population | undefined> {
  const isOne = more.length === 0;
  if (weigh === undefined && (by === undefined || !isOne || !isPopulation(simulation.pathOf(source)))) return undefined;
  if (isOne) return loadPopulation(simulation.pathOf(source), first === undefined ? {} : { first });
  throw new TinyTroupeError("OPTION_INVALID", "--weigh goes by one population, and several sources are named.", {
    data: { option: "--weigh", value: more.length + 1 },
    hint: "Name the folder of one population as --people.",
  });
}

interface Writing extends Taken {
  readonly instrument: Instrument;
  readonly summary: readonly object[];
  readonly tasks: readonly object[];
  readonly effects: readonly object[];
  readonly weighing?: SurveyWeights;
  readonly provenance: RunProvenance;
  readonly out: string;
}

async function write(
  session: Session,
  { run, attributes, instrument, weighing, provenance, out, ...found }: Writing,
): Promise<void> {
  await mkdir(resolve(session.environment.folder, out), { recursive: true });
  const respondents = rowsWith(respondentRows(run), { attributes, weights: weighing?.weights, instrument });
  const tables = [run.answers, respondents, found.summary, found.tasks, found.effects];
  for (const [place, rows] of tables.entries()) {
    if (rows.length === 0) continue;
    const [file, table] = [files[place] as string, tableOf(rows)];
    const bytes = await writeTable(table, "csv", { provenance });
    await writeNewFile(session, piece(Buffer.from(bytes).toString("utf8")), join(out, file));
    await writeNewFile(session, piece(tableMetadata(table, { file, provenance })), join(out, metadataBeside(file)));
  }
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
