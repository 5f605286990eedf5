import { basename, extname } from "node:path";
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
 * held to its scale, and a file that is wrong is named and left out. Respondents are called as their files are. Throws
 * FILE_UNREADABLE and OPTION_INVALID for no files, for other kinds, and for two of one name.
 */
export async function gatherReplies(instrument: Instrument, files: readonly string[]): Promise<GatheredReplies> {
  const names = files.map((file) => basename(file, extname(file)));
  const again = names.find((name, at) => names.indexOf(name) < at);
  if (files.length === 0) throw wrong("", "Name the files that people saved.");
  if (again !== undefined) throw wrong(again, "Give each respondent's file a name of its own.");
  const [respondents, answers, refused]: [
    RespondentRow[],
    SurveyAnswer[],
    { file: string; faults: readonly string[] }[],
  ] = [[], [], []];
  for (const [at, file] of files.entries()) {
    const read = readerOf(file)(await readTextFile(file, { mostBytes: largestReply }), instrument);
    if ("faults" in read) refused.push({ file, faults: read.faults });
    else {
      const who = { respondent: names[at] as string, name: names[at] as string, variant: asWritten.name, sample: 0 };
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

function endOf({ end, because, answers }: Reply, instrument: Instrument) {
  const failed = attentionOf(instrument, answers).filter(({ passed }) => passed === false);
  return { end, ...(because !== undefined && { because }), failedChecks: failed.map(({ item }) => item) };
}

function readerOf(file: string): typeof replyFromJson {
  const ending = extname(file).toLowerCase();
  if (ending === ".json") return replyFromJson;
  if (ending === ".csv") return replyFromCsv;
  throw wrong(file, "The page of a questionnaire saves .json and .csv.");
}

const wrong = (value: string, hint: string): TinyTroupeError<"OPTION_INVALID"> =>
  new TinyTroupeError("OPTION_INVALID", `'${value}' is no reply to a questionnaire.`, {
    data: { option: "files", value },
    hint,
  });
