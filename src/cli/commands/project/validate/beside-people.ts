import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type AnswerComparison,
  type AnswerSet,
  type AnswersDescription,
  answersCsv,
  answersOfSurvey,
  compareAnswers,
  figuresCsv,
  loadAnswers,
  loadAnswersDescription,
  loadClaims,
  loadInstrument,
  type ProposedDescription,
  parseAnswersDescription,
  proposeAnswersDescription,
  validateFiles,
  validationReport,
  validationReportHtml,
} from "../../../../index.ts";
import { createPreparation } from "../../../live/preparation.ts";
import { refuseTaken, writeNewFile } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { harmless } from "../../../terminal/text.ts";
import { showComparison } from "./show.ts";

/** The flags of `validate` for tables of answers. */
export interface BesideFlags {
  readonly describe?: string;
  readonly claims?: string;
  readonly out?: string;
  readonly seed?: string;
  readonly resamples?: number;
}

/** Holds the answers of simulated people against those of people; a claim that fails is exit code 1. */
export async function besidePeople(
  session: Session,
  files: readonly [human: string, simulated: string],
  flags: BesideFlags,
): Promise<void> {
  const { folder } = session.environment;
  const [humanFile, simulatedFile] = files.map((file) => resolve(folder, file)) as [string, string];
  if (flags.out !== undefined) refuseTaken(session, flags.out, "--out");
  const claims = flags.claims === undefined ? undefined : await loadClaims(resolve(folder, flags.claims));
  const proposed = flags.describe === undefined ? await proposeAnswersDescription(humanFile, simulatedFile) : undefined;
  const description = proposed?.description ?? (await descriptionIn(resolve(folder, flags.describe ?? "")));
  if (proposed !== undefined && !session.json) showProposal(session, proposed);
  const { human, simulated } = await answersIn([humanFile, simulatedFile], files, description);
  const comparison = await createPreparation(session.err, () => performance.now()).during(
    "Comparing",
    compareAnswers(human, simulated, {
      ...(claims !== undefined && { claims }),
      ...(flags.seed !== undefined && { seed: flags.seed }),
      ...(flags.resamples !== undefined && { resamples: flags.resamples }),
    }),
  );
  if (comparison.claims?.rows.some(({ status }) => status !== "passed")) session.exitCode = 1;
  if (!session.json) showComparison(session, comparison);
  if (flags.out !== undefined) await write(session, flags.out, { comparison, human, simulated, proposed });
  if (session.json)
    reply(session, {
      ...comparison,
      ...(proposed && { proposed: { text: proposed.text, assumptions: proposed.assumptions } }),
    });
}

/** A description, or a questionnaire, which says on which scales its tables are answered. */
async function descriptionIn(file: string): Promise<AnswersDescription> {
  const [report] = await validateFiles(file);
  if (report?.kind !== "questionnaire") return loadAnswersDescription(file);
  return parseAnswersDescription(answersOfSurvey(await loadInstrument(file)));
}

/** Both sides, called as the user calls them. */
async function answersIn(
  [human, simulated]: readonly [string, string],
  [humanName, simulatedName]: readonly [string, string],
  description: AnswersDescription,
): Promise<{ readonly human: AnswerSet; readonly simulated: AnswerSet }> {
  return {
    human: { ...(await loadAnswers(human, description)), source: humanName },
    simulated: { ...(await loadAnswers(simulated, description, "simulated")), source: simulatedName },
  };
}

function showProposal({ out, outStyle: style }: Session, { text, assumptions }: ProposedDescription): void {
  out.say("No description was given, so this one was assumed. Mend it and pass it by --describe.", style.warn);
  out.print(
    "",
    ...harmless(text)
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
    "",
  );
  for (const assumption of assumptions) {
    const [first = "", ...rest] = out.fold(harmless(assumption), 2);
    out.print(`- ${first}`, ...rest.map((line) => `  ${line}`));
  }
  out.print("");
}

interface Made {
  readonly comparison: AnswerComparison;
  readonly human: AnswerSet;
  readonly simulated: AnswerSet;
  readonly proposed: ProposedDescription | undefined;
}

async function write(
  session: Session,
  folder: string,
  { comparison, human, simulated, proposed }: Made,
): Promise<void> {
  await mkdir(resolve(session.environment.folder, folder), { recursive: true });
  const files: readonly (readonly [string, string])[] = [
    ["report.md", validationReport(comparison)],
    ["report.html", await validationReportHtml(comparison)],
    ["figures.csv", figuresCsv(comparison)],
    ["answers.csv", answersCsv(human, simulated)],
    ["comparison.json", `${JSON.stringify(comparison, null, 2)}\n`],
    ...(proposed === undefined ? [] : [["data.yaml", proposed.text] as const]),
  ];
  for (const [name, text] of files) await writeNewFile(session, piece(text), join(folder, name));
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
