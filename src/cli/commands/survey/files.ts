import { dirname, extname, resolve } from "node:path";
import {
  type Instrument,
  type Issue,
  instrumentText,
  itemsOf,
  loadInstrument,
  loadQualtrics,
  qualtricsFile,
  surveyHtml,
  TinyTroupeError,
} from "../../../index.ts";
import { refuseTaken, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { instrumentLines } from "./show.ts";

/** In which language a questionnaire is read. */
export interface SurveyFlags {
  readonly language?: string;
}

/** Where a questionnaire goes. */
export interface ConvertFlags extends SurveyFlags {
  readonly out: string;
}

/** `survey show`: as those read it who take it. */
export async function showSurvey(session: Session, file: string, flags: SurveyFlags): Promise<void> {
  const instrument = await read(session, file, flags);
  if (session.json) return reply(session, { survey: instrument });
  session.out.print(...instrumentLines(session, instrument));
}

/** `survey check`: what is wrong with it is thrown, with all of it named. */
export async function checkSurvey(session: Session, file: string): Promise<void> {
  const instrument = await read(session, file, {});
  const { languages, blocks, quotas } = instrument;
  const counts = { items: itemsOf(instrument).length, blocks: blocks.length, quotas: quotas.length };
  if (session.json) return reply(session, { valid: true, languages, ...counts });
  const told = [
    `${counts.items} items in ${counts.blocks} ${counts.blocks === 1 ? "block" : "blocks"}`,
    languages.join(", "),
  ];
  session.out.print(`${session.outStyle.good("✓")} ${harmless(file)}: ${told.join("; ")}`);
}

/** `survey convert`: the same in another format, never over a file that is there. */
export async function convertSurvey(session: Session, file: string, flags: ConvertFlags): Promise<void> {
  refuseTaken(session, flags.out, "--out");
  const write = writers[extname(flags.out).toLowerCase()];
  if (write === undefined) throw unknownFormat(flags.out);
  const instrument = await read(session, file, flags);
  const { text, left = [] } = await write(instrument, dirname(resolve(session.environment.folder, file)));
  await writeNewFile(session, piece(text), flags.out);
  if (session.json) reply(session, { written: flags.out, left });
  else tellLeft(session, left);
}

/** A text, and what of the questionnaire has no place in it. */
interface WrittenSurvey {
  readonly text: string;
  readonly left?: readonly Issue[];
}

type Writer = (instrument: Instrument, folder: string) => Promise<WrittenSurvey>;

const writers: Readonly<Record<string, Writer>> = {
  ".yaml": async (instrument) => ({ text: await instrumentText(instrument, "yaml") }),
  ".yml": async (instrument) => ({ text: await instrumentText(instrument, "yaml") }),
  ".json": async (instrument) => ({ text: await instrumentText(instrument, "json") }),
  ".html": async (instrument, folder) => ({ text: await surveyHtml(instrument, { folder }) }),
  ".qsf": async (instrument) => qualtricsFile(instrument),
};

/** A questionnaire; of a file of Qualtrics, what of it has no place is told. */
async function read(session: Session, file: string, { language }: SurveyFlags): Promise<Instrument> {
  const path = resolve(session.environment.folder, file);
  if (extname(path).toLowerCase() !== ".qsf") return loadInstrument(path, language === undefined ? {} : { language });
  const { instrument, left } = await loadQualtrics(path);
  tellLeft(session, left);
  return instrument;
}

function tellLeft({ err }: Session, left: readonly Issue[]): void {
  for (const { path, message } of left) err.say(`! ${path === "" ? "" : `${path}: `}${message}`);
}

function unknownFormat(file: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `'${file}' ends in no format that a questionnaire is written in.`, {
    data: { option: "--out", value: file },
    hint: `Name a file that ends in one of ${Object.keys(writers).join(", ")}.`,
  });
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
