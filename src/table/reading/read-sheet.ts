import { extname } from "node:path";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { readCsvSheet } from "./csv.ts";
import type { Sheet } from "./sheet.ts";

/**
 * The cells of a table in a file: CSV (.csv, .tsv, .txt), the first sheet of an Excel workbook (.xlsx), or a file of SPSS
 * (.sav, .zsav). Text is UTF-8, or what its byte order mark or `encoding` says. Throws FILE_UNREADABLE with the place of what is wrong, PACKAGE_MISSING, and OPTION_INVALID for other kinds.
 */
export async function readSheet(file: string, encoding?: string): Promise<Sheet> {
  switch (extname(file).toLowerCase()) {
    case ".csv":
    case ".tsv":
    case ".txt":
      return readCsvSheet(file, encoding);
    case ".xlsx":
      return (await import("./xlsx.ts")).readXlsxSheet(file);
    case ".sav":
    case ".zsav":
      return (await import("./spss/spss.ts")).readSpssSheet(file);
    default:
      throw otherKind(file, ".csv, .tsv, .txt, .xlsx, .sav and .zsav");
  }
}

const converters: Readonly<Record<string, string>> = {
  ".por": "'Save as' .sav in SPSS, or haven::read_por and write_sav in R",
  ".dta": "pandas.read_stata(file).to_csv('people.csv', index=False) with Python's pandas, or haven::read_dta in R",
  ".xls": "'Save as' XLSX or CSV in the program that shows it",
};

/** OPTION_INVALID for a file that is no table that can be read, with the way to convert it. */
export function otherKind(file: string, kinds: string): TinyTroupeError<"OPTION_INVALID"> {
  const way = converters[extname(file).toLowerCase()] ?? "any program that writes CSV";
  return new TinyTroupeError("OPTION_INVALID", `'${file}' is none of ${kinds}.`, {
    data: { option: "file", value: file },
    hint: `Convert it to CSV first: ${way}. Labels of values are better than their codes.`,
  });
}
