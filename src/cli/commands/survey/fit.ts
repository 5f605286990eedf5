import { dirname, extname, resolve } from "node:path";
import {
  type Answer,
  type AnswersDescription,
  answersOfSurvey,
  defineStudy,
  type ElicitationName,
  elicitationNames,
  type FittedElicitation,
  type FittedTemperature,
  fitAnswersDescription,
  fitElicitation,
  type Instrument,
  instrumentText,
  loadAnswers,
  loadAnswersDescription,
  loadInstrument,
  parseAnswersDescription,
  type RunProvenance,
  type Simulation,
  type SurveyProgress,
  TinyTroupeError,
} from "../../../index.ts";
import { refuseUnwritable, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";
import type { ModelFlags } from "../flags.ts";
import { making } from "../making.ts";
import { dryRun } from "../money/dry-run.ts";

/** Whom ways of asking are tried on, and which. */
export interface FitFlags extends ModelFlags {
  readonly people: readonly string[];
  readonly first?: number;
  readonly language?: string;
  readonly methods: readonly string[];
  readonly describe?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
}

/** The files of a fit: a questionnaire, and what people answered to it. */
export interface FitFiles {
  readonly survey: string;
  readonly human: string;
}

/** `survey fit`: which way of asking comes nearest to what people answered. */
export async function fitSurvey(session: Session, { survey, human }: FitFiles, flags: FitFlags): Promise<void> {
  const { folder } = session.environment;
  const { language, out } = flags;
  if (out !== undefined) refuseUnwritable(session, out, "--out");
  const candidates = flags.methods.map(candidateOf);
  const path = resolve(folder, survey);
  const instrument = await loadInstrument(path, language === undefined ? {} : { language });
  const answers = await answersIn(session, { instrument, human, describe: flags.describe });
  const fitting: Fitting = { instrument, answers, candidates, flags, folder: dirname(path) };
  const name = `survey fit ${instrument.name}`.slice(0, 80);
  if (flags.dryRun) {
    return dryRun(session, defineStudy({ name, folder, run: (simulation) => fitted(simulation, fitting) }), flags);
  }
  const progress = { ways: 0, done: 0, of: 0 };
  const status = (): string =>
    `way ${progress.ways} of ${candidates.length}, ${progress.done} of ${progress.of} sittings`;
  const made = await making(
    session,
    { name, flags, what: "survey", status, embedder: flags.embedder },
    async ({ simulation, tick }) => {
      const onProgress = ({ done, of, items }: SurveyProgress): void => {
        Object.assign(progress, { done, of, ways: progress.ways + Number(done === 0 && items === 1) });
        tick();
      };
      const fit = await fitted(simulation, { ...fitting, onProgress });
      return { fit, provenance: await simulation.provenance() };
    },
  );
  showFit(session, made);
  if (out !== undefined) await writeNewFile(session, piece(await textWith(instrument, made.fit, out)), out);
}

interface Fitting {
  readonly instrument: Instrument;
  readonly answers: readonly Answer[];
  readonly candidates: readonly ElicitationName[];
  readonly flags: FitFlags;
  readonly folder: string;
  readonly onProgress?: (progress: SurveyProgress) => void;
}

async function fitted(
  simulation: Simulation,
  { instrument, answers: human, candidates, flags, folder, onProgress }: Fitting,
): Promise<FittedElicitation> {
  const { people: sources, first, concurrency } = flags;
  const people = await simulation.loadPeople([...sources], first === undefined ? {} : { first });
  return fitElicitation(simulation.context, {
    ...{ instrument, human, candidates, people, folder },
    ...(concurrency !== undefined && { concurrency }),
    ...(onProgress && { onProgress }),
  });
}

interface HumanFile {
  readonly instrument: Instrument;
  readonly human: string;
  readonly describe: string | undefined;
}

/** What people answered, by the questionnaire's own scales or as it is described. */
async function answersIn(session: Session, { instrument, human, describe }: HumanFile): Promise<readonly Answer[]> {
  const { folder } = session.environment;
  const file = resolve(folder, human);
  const description: AnswersDescription =
    describe === undefined
      ? (await fitAnswersDescription(parseAnswersDescription(answersOfSurvey(instrument)), file, file)).description
      : await loadAnswersDescription(resolve(folder, describe));
  const { people, excluded, remarks } = await loadAnswers(file, description);
  for (const remark of remarks) session.err.say(harmless(remark), session.errStyle.warn);
  if (excluded.length > 0)
    session.err.say(`${excluded.length} answers of people fit no scale, and are left out.`, session.errStyle.warn);
  return people.flatMap(({ answers }) => Object.values(answers));
}

function candidateOf(given: string): ElicitationName {
  const name = elicitationNames.find((one) => one === given);
  if (name !== undefined) return name;
  throw new TinyTroupeError("OPTION_INVALID", `There is no way of asking called '${given}'.`, {
    data: { option: "--methods", value: given },
    hint: `There are: ${elicitationNames.join(", ")}.`,
  });
}

function showFit(
  session: Session,
  { fit, provenance }: { readonly fit: FittedElicitation; readonly provenance: RunProvenance },
): void {
  if (session.json) {
    reply(session, { simulated: true, provenance, ...fit });
    return;
  }
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  const rows = fit.table
    .toSorted((one, other) => one.distance - other.distance)
    .map(({ item, method, distance, measure, simulated, human, temperature }) => ({
      ...{ item, method: temperature === undefined ? method : `${method} at ${temperature}` },
      ...{ distance: distance.toFixed(3), measure, simulated, human },
    }));
  const byItem = [...Map.groupBy(rows, ({ item }) => item).values()].flat();
  out.print("", ...table(byItem, look), "");
  const overall = fit.overall.map(({ method, distance, items }) => `${method} ${distance.toFixed(3)} (${items})`);
  out.say(`How far from people, over so many items that all could ask: ${overall.join(", ")}.`, style.bold);
  for (const one of fit.temperatures) out.say(learnedText(one));
  out.say(
    "0 is the same distribution, 1 as far as can be. What was chosen by these answers is to be held against others, which it has not seen: tinytroupe validate.",
    style.dim,
  );
}

/** What a temperature does for answers of people by which it was not chosen. */
function learnedText({ items, temperature, heldOut, usual }: FittedTemperature): string {
  const [learned, without] = [heldOut, usual].map((one) => one.toFixed(3));
  const to = "from answers of people that it had not seen";
  return temperature === 1
    ? `Ratings by similarity of ${items.join(", ")} stay at temperature 1: ${without} ${to}, and learned ones ${learned}.`
    : `Ratings by similarity of ${items.join(", ")} at temperature ${temperature}: ${learned} ${to}, and ${without} at 1.`;
}

/** The questionnaire with the nearest way for each item. */
function textWith(instrument: Instrument, fit: FittedElicitation, file: string): Promise<string> {
  const blocks = instrument.blocks.map((block) => ({
    ...block,
    items: block.items.map((item) => ({ ...item, ...askedBy(fit, item) })),
  }));
  const format = extname(file).toLowerCase() === ".json" ? "json" : "yaml";
  return instrumentText({ ...instrument, blocks } as Instrument, format);
}

/** The nearest way for an item and, of ratings by similarity, the temperature of its scale. */
function askedBy(
  { methods, temperatures }: FittedElicitation,
  item: { readonly id: string; readonly method?: unknown },
) {
  const method = methods[item.id];
  const isRating = (method ?? item.method) === "similarity-rating";
  const learned = isRating ? temperatures.find(({ items }) => items.includes(item.id)) : undefined;
  return { ...(method && { method }), ...(learned && { temperature: learned.temperature }) };
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
