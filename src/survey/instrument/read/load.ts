import { readTextFile } from "../../../kernel/text/files/read-text.ts";
import { readWritten } from "../../../kernel/text/written.ts";
import type { Instrument } from "../document.ts";
import { invalidInstrument, parseInstrument, type ReadInstrumentOptions } from "./parse.ts";

/** A thousand items with their options have half of it. In bytes. */
const largestInstrument = 2 * 1024 * 1024;

/**
 * An instrument from a YAML or JSON file. Throws FILE_UNREADABLE, TARGET_UNKNOWN for a language that it does not have, and
 * SURVEY_INVALID with file, line and column of all that is wrong.
 */
export async function loadInstrument(
  file: string,
  { language }: Pick<ReadInstrumentOptions, "language"> = {},
): Promise<Instrument> {
  const text = await readTextFile(file, { mostBytes: largestInstrument });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidInstrument(faults, file);
  return parseInstrument(value, { file, placed, ...(language !== undefined && { language }) });
}
