import { basename, dirname, extname, resolve } from "node:path";
import { unmarkedCsvOf } from "../../kernel/text/files/csv.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { RespondentRow, SurveyAnswer } from "../administer/collected.ts";
import { asWritten } from "../administer/variants.ts";
import { attentionOf } from "../flow/attention.ts";
import type { Instrument } from "../instrument/document.ts";
import { respondentRows } from "../results/respondents.ts";
import { type Reply, replyFromCsv, replyFromJson } from "./reply.ts";

/** What people answered, as a run of simulated people has it: figures and tables are made of both alike. */
export interface GatheredReplies {
  readonly respondents: readonly RespondentRow[];
  readonly answers: readonly SurveyAnswer[];
  /** Files that are no answers to this questionnaire, and why. */
  readonly refused: readonly { readonly file: string; readonly faults: readonly string[] }[];
}

/** Of one reply, in bytes. */
const largestReply = 4 * 1024 * 1024;

/**
 * Gathers the files (JSON or CSV) that people saved on the page of a questionnaire (`surveyHtml`), one a person: each answer is
 * held to its scale, and a file that is wrong is named and left out. Respondents are called as their files are; who saved both has
 * one reply, of which the JSON is read, as it says how the sitting ended. Throws FILE_UNREADABLE and OPTION_INVALID for no
 * files, for other kinds, and for two of one name in different folders.
 */
export async function gatherReplies(instrument: Instrument, files: readonly string[]): Promise<GatheredReplies> {
  const [respondents, answers, refused]: [
    RespondentRow[],
    SurveyAnswer[],
    { file: string; faults: readonly string[] }[],
  ] = [[], [], []];
  for (const file of onceEach(files)) {
    const read = readerOf(file)(await readTextFile(file, { mostBytes: largestReply }), instrument);
    if ("faults" in read) refused.push({ file, faults: read.faults });
    else {
      const who = { respondent: nameOf(file), name: nameOf(file), variant: asWritten.name, sample: 0 };
      respondents.push({ ...who, ...endOf(read.reply, instrument) });
      answers.push(...read.reply.answers.map((answer): SurveyAnswer => ({ ...who, ...answer })));
    }
  }
  return { respondents, answers, refused };
}

/** What was gathered as CSV, a row a person: what people answered is not marked as simulated. */
export function repliesCsv(replies: GatheredReplies): string {
  const rows = respondentRows(replies).map(({ name: _name, variant: _variant, sample: _sample, ...row }) => row);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => Reflect.get(row, column) as unknown));
  return unmarkedCsvOf(columns, cells);
}

const nameOf = (file: string): string => basename(file, extname(file));

/** One file of each respondent, in the order in which they are named first. */
function onceEach(files: readonly string[]): readonly string[] {
  if (files.length === 0) throw wrong("No reply is named.", { value: "", hint: "Name the files that people saved." });
  for (const file of files) readerOf(file);
  const replies = Map.groupBy(files, (file) => resolve(dirname(file), nameOf(file)));
  const once = [...replies.values()].map(
    (own) => own.find((file) => readerOf(file) === replyFromJson) ?? (own[0] as string),
  );
  const again = once.find((file, at) => once.findIndex((other) => nameOf(other) === nameOf(file)) < at);
  if (again === undefined) return once;
  const other = once.find((file) => nameOf(file) === nameOf(again));
  throw wrong(`${other} and ${again} have one name, by which respondents are told apart.`, {
    value: nameOf(again),
    hint: "Give each respondent's file a name of its own.",
  });
}

function endOf({ end, because, answers }: Reply, instrument: Instrument) {
  const failed = attentionOf(instrument, answers).filter(({ passed }) => passed === false);
  return { end, ...(because !== undefined && { because }), failedChecks: failed.map(({ item }) => item) };
}

function readerOf(file: string): typeof replyFromJson {
  const ending = extname(file).toLowerCase();
  if (ending === ".json") return replyFromJson;
  if (ending === ".csv") return replyFromCsv;
  const hint = "The page of a questionnaire saves .json and .csv.";
  throw wrong(`'${file}' is no reply to a questionnaire.`, { value: file, hint });
}

const wrong = (
  message: string,
  { value, hint }: { readonly value: string; readonly hint: string },
): TinyTroupeError<"OPTION_INVALID"> =>
  new TinyTroupeError("OPTION_INVALID", message, { data: { option: "files", value }, hint });
