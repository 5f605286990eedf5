import { readCsv } from "../../kernel/text/files/read-csv.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { type Sheet, unreadable } from "./sheet.ts";

const limits = { mostBytes: 64 * 1024 * 1024, mostRows: 1_000_000 } as const;

/**
 * The cells of a file of text: separated by commas, semicolons or tabs, whichever its first line has most of; with any
 * line ends, a byte order mark or none, and lines within quotes. Where commas separate nothing they may be decimal.
 */
export async function readCsvSheet(file: string): Promise<Sheet> {
  const text = await readTextFile(file, limits);
  const separator = separatorOf(text);
  const read = readCsv(text, { mostRows: limits.mostRows, separator });
  if ("fault" in read) throw unreadable(file, [read.fault]);
  return { file, rows: read.rows, decimal: separator === "," ? "." : "," };
}

/** What stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const [first = ""] = text.replace(/"(?:[^"]|"")*"/g, "").split(/[\r\n]/, 1);
  const count = (mark: string): number => first.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
