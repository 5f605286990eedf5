import { readTextFile } from "../../../kernel/text/files/read-text.ts";
import { readJson } from "../../../kernel/text/written.ts";
import { invalidInstrument } from "../../instrument/read/parse.ts";
import type { QualtricsSurvey } from "./read.ts";

/** In bytes. */
const largestFile = 32 * 1024 * 1024;

/**
 * An instrument from a file of Qualtrics (.qsf). Its HTML is read as plain text; options are called as in its exports of data.
 * Throws FILE_UNREADABLE, and SURVEY_INVALID for what is no such file or has nothing that can be asked.
 */
export async function loadQualtrics(file: string): Promise<QualtricsSurvey> {
  const read = readJson(await readTextFile(file, { mostBytes: largestFile }));
  if ("fault" in read) throw invalidInstrument([read.fault], file);
  const { parseQualtrics } = await import("./read.ts");
  return parseQualtrics(read.value, file);
}
