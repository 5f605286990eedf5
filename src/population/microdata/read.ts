import { extname } from "node:path";
import { readCsv } from "../../kernel/text/files/read-csv.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { readParquet } from "./parquet.ts";
import { type MicrodataRow, unreadable } from "./rows.ts";

const limits = { mostBytes: 64 * 1024 * 1024, mostRows: 1_000_000 } as const;

/**
 * The rows of a table of people: CSV (commas, semicolons or tabs; its first line names the columns) or Parquet.
 * @throws FILE_UNREADABLE with the place of what is wrong, PACKAGE_MISSING, and OPTION_INVALID for other kinds of files
 */
export async function readMicrodata(file: string): Promise<readonly MicrodataRow[]> {
  switch (extname(file).toLowerCase()) {
    case ".csv":
    case ".tsv":
    case ".txt":
      return rowsOf(await readTextFile(file, limits), file);
    case ".parquet":
      return readParquet(file);
    default:
      throw otherKind(file);
  }
}

function rowsOf(text: string, file: string): readonly MicrodataRow[] {
  const separator = separatorOf(text);
  const read = readCsv(text, { mostRows: limits.mostRows, separator });
  if ("fault" in read) throw unreadable(file, [read.fault]);
  const [head, ...rows] = read.rows;
  if (head === undefined) throw unreadable(file, [{ path: "", message: "The file is empty." }]);
  const columns = head.map(({ text: name }) => name.trim());
  const issues = head.flatMap(({ line, column }, place): Issue[] => {
    const name = columns[place] ?? "";
    if (name === "") return [{ path: "", message: "This column has no name.", line, column }];
    const again = columns.indexOf(name) !== place;
    return again ? [{ path: "", message: `There is a column '${name}' already.`, line, column }] : [];
  });
  const uneven = rows.find((row) => row.length !== columns.length);
  const [begin] = uneven ?? [];
  if (uneven !== undefined && begin !== undefined) {
    const message = `This line has ${uneven.length} cells; there are ${columns.length} columns.`;
    issues.push({ path: "", message, line: begin.line, column: begin.column });
  }
  if (issues.length > 0) throw unreadable(file, issues);
  const decimal = separator === "," ? undefined : /^[+-]?\d+,\d+$/;
  const asNumber = (cell: string): string => (decimal?.test(cell) ? cell.replace(",", ".") : cell);
  return rows.map((row) =>
    Object.fromEntries(columns.map((name, place) => [name, asNumber(row[place]?.text.trim() ?? "")])),
  );
}

/** What stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const [first = ""] = text.replace(/"(?:[^"]|"")*"/g, "").split(/[\r\n]/, 1);
  const count = (mark: string): number => first.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

const converters: Readonly<Record<string, string>> = {
  ".sav":
    "pandas.read_spss(file).to_csv('people.csv', index=False) with Python's pandas and pyreadstat, or haven::read_sav in R",
  ".zsav":
    "pandas.read_spss(file).to_csv('people.csv', index=False) with Python's pandas and pyreadstat, or haven::read_sav in R",
  ".dta": "pandas.read_stata(file).to_csv('people.csv', index=False) with Python's pandas, or haven::read_dta in R",
  ".xlsx": "'Save as' CSV in the program that shows it",
};

function otherKind(file: string): TinyTroupeError<"OPTION_INVALID"> {
  const ending = extname(file).toLowerCase();
  const way = converters[ending] ?? "any program that writes CSV or Parquet";
  return new TinyTroupeError("OPTION_INVALID", `'${file}' is none of .csv, .tsv, .txt and .parquet.`, {
    data: { option: "file", value: file },
    hint: `Convert it to CSV first: ${way}. Labels of values are better than their codes.`,
  });
}
