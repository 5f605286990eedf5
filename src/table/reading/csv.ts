import { readCsv } from "../../kernel/text/files/read-csv.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { bytesOf } from "./bytes.ts";
import { type Sheet, unreadable } from "./sheet.ts";

const limits = { mostBytes: 64 * 1024 * 1024, mostRows: 1_000_000 } as const;

/**
 * The cells of a file of text: separated by commas, semicolons or tabs, whichever its first line has most of; with any
 * line ends, a byte order mark or none, and lines within quotes. Where commas separate nothing they may be decimal.
 * @param encoding what the text is in. Default: what its byte order mark says, else UTF-8
 */
export async function readCsvSheet(file: string, encoding?: string): Promise<Sheet> {
  const text = await textOf(file, encoding);
  const separator = separatorOf(text);
  const read = readCsv(text, { mostRows: limits.mostRows, separator });
  if ("fault" in read) throw unreadable(file, [read.fault]);
  return { file, rows: read.rows, decimal: separator === "," ? "." : "," };
}

async function textOf(file: string, encoding?: string): Promise<string> {
  const [bytes, wrong] = await bytesOf(file, limits.mostBytes).then(
    (read) => [read, undefined] as const,
    (cause: unknown) => [new Uint8Array(), cause] as const,
  );
  if (wrong !== undefined) throw unreadable(file, [{ path: "", message: `${fileReason(wrong)}.` }], { cause: wrong });
  const marked = markOf(bytes);
  try {
    const text = new TextDecoder(encoding ?? marked ?? "utf-8", { fatal: true }).decode(bytes);
    if (text.includes("\0")) throw new Error("it holds bytes that are zero, as UTF-16 does");
    return text;
  } catch (cause) {
    throw unreadable(file, [{ path: "", message: `${fileReason(cause)}.` }], { cause, hint: declaring });
  }
}

const declaring =
  "Save it as 'CSV UTF-8', or say in the description of the answers what it is in: `encoding: windows-1252` (Excel in the West), `utf-16le`, `shift_jis` …";

/** The encoding that a text's first bytes tell. */
function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** What stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const [first = ""] = text.replace(/"(?:[^"]|"")*"/g, "").split(/[\r\n]/, 1);
  const count = (mark: string): number => first.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
