import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type AnswerSet,
  type AnswersDescription,
  answersOfSurvey,
  loadAnswers,
  loadAnswersDescription,
  loadInstrument,
  type ProposedDescription,
  parseAnswersDescription,
  proposeAnswersDescription,
  validateFiles,
} from "../../../../index.ts";
import { writeNewFile } from "../../../new-file.ts";
import type { Session } from "../../../session.ts";
import { harmless } from "../../../terminal/text.ts";

/** Two tables of answers, read as they are described or as a description was proposed. */
export interface Tables {
  readonly human: AnswerSet;
  readonly simulated: AnswerSet;
  readonly proposed: ProposedDescription | undefined;
}

/** Reads both tables; what was proposed is shown. */
export async function tablesOf(
  session: Session,
  files: readonly [human: string, simulated: string],
  describe: string | undefined,
): Promise<Tables> {
  const { folder } = session.environment;
  const [humanFile, simulatedFile] = files.map((file) => resolve(folder, file)) as [string, string];
  const proposed = describe === undefined ? await proposeAnswersDescription(humanFile, simulatedFile) : undefined;
  const description: AnswersDescription =
    proposed?.description ?? (await descriptionIn(resolve(folder, describe ?? "")));
  if (proposed !== undefined && !session.json) showProposal(session, proposed);
  return {
    // Both sides, called as the user calls them.
    human: { ...(await loadAnswers(humanFile, description)), source: files[0] },
    simulated: { ...(await loadAnswers(simulatedFile, description, "simulated")), source: files[1] },
    proposed,
  };
}

/** A description, or a questionnaire, which says on which scales its tables are answered. */
async function descriptionIn(file: string): Promise<AnswersDescription> {
  const [report] = await validateFiles(file);
  if (report?.kind !== "questionnaire") return loadAnswersDescription(file);
  return parseAnswersDescription(answersOfSurvey(await loadInstrument(file)));
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

/** Writes files into a folder that is not there yet, or has none of them. */
export async function writeInto(
  session: Session,
  folder: string,
  files: readonly (readonly [name: string, text: string])[],
): Promise<void> {
  await mkdir(resolve(session.environment.folder, folder), { recursive: true });
  for (const [name, text] of files) await writeNewFile(session, piece(text), join(folder, name));
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
