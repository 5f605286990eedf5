import { type ReadCsv, readCsv } from "../../kernel/text/files/read-csv.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { bytesOf } from "./bytes.ts";
import { type Sheet, unreadable } from "./sheet.ts";

const limits = { mostBytes: 64 * 1024 * 1024, mostRows: 2_000_000 } as const;

/** What stands before the decimals: where commas separate nothing, they may. */
type Decimal = Pick<Sheet, "decimal">;

/**
 * The cells of a file of text, as `readCsvCells` has them. FILE_UNREADABLE, too, with the place of what keeps it from
 * being a table.
 */
export async function readCsvSheet(file: string, encoding?: string): Promise<Sheet> {
  const read = await readCsvCells(file, encoding);
  if ("fault" in read) throw unreadable(file, [read.fault]);
  return { file, rows: read.rows, decimal: read.decimal };
}

/**
 * The cells of a file of text: separated by commas, semicolons or tabs, whichever its first line has most of, or by
 * what this names as Excel has it (`sep=;`), which is then no row; with any line ends, a byte order mark or none, and lines within quotes. FILE_UNREADABLE for what is no text.
 * @param encoding what the text is in. Default: what its byte order mark says, else UTF-8
 */
export async function readCsvCells(file: string, encoding?: string): Promise<ReadCsv & Decimal> {
  const text = await textOf(file, encoding);
  const [named, separator = separatorOf(text)] = /^"?sep=([^"\r\n\w\s]|\t)"?(?=[\r\n]|$)/i.exec(text) ?? [""];
  const decimal = separator === "," ? "." : ",";
  // The line stays as an empty one, so that every cell keeps its place in the file.
  return { ...readCsv(text.slice(named.length), { mostRows: limits.mostRows, separator }), decimal };
}

async function textOf(file: string, encoding?: string): Promise<string> {
  const [bytes, wrong] = await bytesOf(file, limits.mostBytes).then(
    (read) => [read, undefined] as const,
    (cause: unknown) => [new Uint8Array(), cause] as const,
  );
  if (wrong !== undefined) {
    const hint = "Check the path, from the folder where the program runs.";
    throw unreadable(file, [{ path: "", message: `${fileReason(wrong)}.` }], { cause: wrong, hint });
  }
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
  "Save it as 'CSV UTF-8'; of answers, their description may say what it is in: `encoding: windows-1252` (Excel in the West), `utf-16le`, `shift_jis` …";

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
