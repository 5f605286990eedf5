import { access } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readDocumentFile } from "../../document/files/file.ts";
import { withText } from "../../document/read/with-text.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { type Issue, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { Instrument } from "../../survey/instrument/document.ts";
import { readRelations } from "../../world/network/read-relations.ts";
import { contradictionsIn } from "../document/checks/checks.ts";
import type { StudyDocument } from "../document/document.ts";
import type { SurveyStep } from "../document/surveys.ts";
import { overwrittenIn } from "../entrances.ts";
import { readStudyDocument } from "../files.ts";
import { checkArms } from "../forks/arm.ts";
import { checkNames } from "../interpret.ts";
import { readersIn } from "../steps/extract.ts";
import { checkCompared } from "../steps/kept/compared.ts";
import { instrumentsOf } from "../steps/survey.ts";
import { type Called, named as peopleNamed } from "../worlds/names.ts";
import { checkWorld } from "../worlds/place.ts";
import { type FileKind, type Found, nothing } from "./found.ts";
import { pictureIssues } from "./lists.ts";
import { type Cast, castIn } from "./people.ts";

/** What is wrong with a study, and with the files that it names. */
export async function inStudy({ file }: FileKind): Promise<Found> {
  const { document, placed } = await readStudyDocument(file);
  const folder = dirname(file);
  const found = nothing();
  const cast = await castIn(document.people, { folder, found, world: document.world?.kind });
  if (cast.length === document.people.length) {
    found.issues.push(...nameIssues(document, cast), ...(await relationIssues(document, folder, cast)));
    const pathOf = (path: string) => resolve(folder, path);
    if (found.issues.length === 0) found.issues.push(...(await overwrittenIn(document.steps, cast, pathOf)));
  }
  found.issues.push(...(await shownIssues(document, folder)));
  found.issues.push(...(await surveyIssues(document, folder)));
  found.warnings.push(...readerWarnings(document));
  return { issues: found.issues.map(placed), warnings: found.warnings.map(placed), needs: found.needs };
}

function nameIssues(
  { steps, interventions = [], arms = {}, world }: StudyDocument,
  cast: readonly Cast[],
): readonly Issue[] {
  const personas = cast.flatMap(({ persona }) => (persona === undefined ? [] : [{ persona }]));
  const areAllKnown = personas.length === cast.length;
  return [
    ...issuesOf(() => checkWorld(world, cast)),
    ...issuesOf(() => checkArms(arms, cast)),
    ...steps.flatMap((step, place) => issuesOf(() => checkNames(step, place, cast))),
    ...(areAllKnown ? steps.flatMap((step, place) => issuesOf(() => checkCompared(step, place, personas))) : []),
    ...interventions.flatMap(({ of }, place) =>
      typeof of === "object" ? issuesOf(() => peopleNamed(of, cast, `interventions.${place}.of`)) : [],
    ),
  ];
}

function issuesOf(check: () => unknown): readonly Issue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "STUDY_INVALID")) throw error;
    return error.data.issues;
  }
}

/** What is wrong with the relations that a study reads from a file. */
async function relationIssues(
  { world }: StudyDocument,
  folder: string,
  cast: readonly Called[],
): Promise<readonly Issue[]> {
  const { network, follows } = { network: undefined, follows: undefined, ...world };
  const [key, file] = network === undefined ? ["follows", follows?.file] : ["network", network.file];
  if (file === undefined) return [];
  try {
    await readRelations(
      resolve(folder, file),
      cast.map(({ name }) => ({ id: slug(name), name })),
    );
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "NETWORK_INVALID", "FILE_UNREADABLE")) throw error;
    return [{ path: `world.${key}.file`, message: error.message }];
  }
}

/** Readers whom the study does not name itself: its project may, or whoever opens it. */
function readerWarnings({ steps, models = {} }: StudyDocument): readonly Issue[] {
  const known = ["judge", "actor", ...Object.keys(models)];
  return steps.flatMap((step, place) =>
    readersIn(step)
      .filter((reader) => !known.includes(reader))
      .map((reader) => ({
        path: `steps.${place}.${Object.keys(step)[0]}`,
        message: `The study names no model '${reader}'; there are: ${known.join(", ")}. The project has to name it.`,
      })),
  );
}

async function shownIssues({ steps }: StudyDocument, folder: string): Promise<readonly Issue[]> {
  const looked = steps.map(async (step, place): Promise<readonly Issue[]> => {
    if (!("show" in step)) return [];
    const { image, document } = step.show;
    const at = `steps.${place}.show`;
    if (document === undefined) {
      const isElsewhere = image === undefined || /^https?:/.test(image);
      return isElsewhere ? [] : pictureIssues(resolve(folder, image), `${at}.image`);
    }
    return documentIssues(resolve(folder, document), `${at}.document`);
  });
  return (await Promise.all(looked)).flat();
}

/** What is wrong with a document that people are to read. */
async function documentIssues(file: string, path: string): Promise<readonly Issue[]> {
  try {
    withText(await readDocumentFile({ path: file }));
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "DOCUMENT_UNREADABLE")) throw error;
    return [{ path, message: error.message }];
  }
}

/** What is wrong with the questionnaires of files, with where populations are, and with what is counted of answers. */
async function surveyIssues(document: StudyDocument, folder: string): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  const read = new Map<SurveyStep, Instrument>();
  for (const [place, step] of document.steps.entries()) {
    if (!("survey" in step)) continue;
    const { population } = step.survey;
    const path = `steps.${place}.survey`;
    try {
      if (population !== undefined) await access(resolve(folder, population));
    } catch (cause) {
      const message = `Cannot read the population ${resolve(folder, population ?? "")}: ${fileReason(cause)}.`;
      issues.push({ path: `${path}.population`, message });
    }
    try {
      const found = await instrumentsOf([step], (name) => resolve(folder, name));
      for (const [own, instrument] of found) read.set(own, instrument);
    } catch (error) {
      if (!isTinyTroupeError(error, "SURVEY_INVALID", "FILE_UNREADABLE", "TARGET_UNKNOWN")) throw error;
      issues.push({ path: `${path}.file`, message: error.message });
    }
  }
  return [...issues, ...contradictionsIn(document, read)];
}
