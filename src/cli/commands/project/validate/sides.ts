import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type AnswerSet,
  type AnswersDescription,
  answersOfSurvey,
  type FittedDescription,
  fitAnswersDescription,
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

/** How two tables are to be read, by what was declared, a questionnaire, or what stands in them. */
export interface Described {
  readonly description: AnswersDescription;
  /** The description as a file, where it was made of something else. */
  readonly text?: string;
  readonly proposed?: ProposedDescription;
  /** What tables lack of a questionnaire. */
  readonly lacks?: FittedDescription["lacks"];
}

type Files = readonly [human: string, simulated: string];

/** Reads both tables; what was proposed is shown. */
export async function tablesOf(session: Session, files: Files, describe: string | undefined): Promise<Tables> {
  const tables = await readTables(session, files, describe);
  if (tables.proposed !== undefined && !session.json) showProposal(session, tables.proposed);
  return tables;
}

/** Reads both tables, and shows nothing. */
export async function readTables(session: Session, files: Files, describe: string | undefined): Promise<Tables> {
  const { description, proposed, lacks } = await describedBy(session, files, describe);
  const [human, simulated] = placesOf(session, files);
  // Both sides, called as the user calls them.
  const called = (set: AnswerSet, source: string, more: readonly string[] = []): AnswerSet => ({
    ...set,
    source,
    remarks: [...more, ...set.remarks],
  });
  return {
    human: called(await loadAnswers(human, description), files[0], lacks?.human),
    simulated: called(await loadAnswers(simulated, description, "simulated"), files[1], lacks?.simulated),
    proposed,
  };
}

/** What says how both tables are read; a questionnaire as far as both have its items. */
export async function describedBy(session: Session, files: Files, describe: string | undefined): Promise<Described> {
  const both = placesOf(session, files);
  if (describe === undefined) {
    const proposed = await proposeAnswersDescription(...both);
    return { description: proposed.description, text: proposed.text, proposed };
  }
  const file = resolve(session.environment.folder, describe);
  const [report] = await validateFiles(file);
  if (report?.kind !== "questionnaire") return { description: await loadAnswersDescription(file) };
  const whole = parseAnswersDescription(answersOfSurvey(await loadInstrument(file)));
  return fitAnswersDescription(whole, ...both);
}

const placesOf = ({ environment: { folder } }: Session, [human, simulated]: Files): [string, string] => [
  resolve(folder, human),
  resolve(folder, simulated),
];

/** Shows a description that nobody declared, and what it assumes. */
export function showProposal({ out, outStyle: style }: Session, { text, assumptions }: ProposedDescription): void {
  out.say(
    "No description was given, so this one was assumed. 'validate … --propose data.yaml' writes it, to be mended and passed by --describe.",
    style.warn,
  );
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

/** A text as what is written into a file. */
export async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
