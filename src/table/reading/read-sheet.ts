import { extname } from "node:path";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { readCsvSheet } from "./csv.ts";
import type { Sheet } from "./sheet.ts";

/**
 * The cells of a table in a file: CSV (.csv, .tsv, .txt) or the first sheet of an Excel workbook (.xlsx). Throws
 * FILE_UNREADABLE with the place of what is wrong, PACKAGE_MISSING, and OPTION_INVALID for other kinds of files.
 */
export async function readSheet(file: string): Promise<Sheet> {
  switch (extname(file).toLowerCase()) {
    case ".csv":
    case ".tsv":
    case ".txt":
      return readCsvSheet(file);
    case ".xlsx":
      return (await import("./xlsx.ts")).readXlsxSheet(file);
    default:
      throw otherKind(file, ".csv, .tsv, .txt and .xlsx");
  }
}

const spss =
  "pandas.read_spss(file).to_csv('people.csv', index=False) with Python's pandas and pyreadstat, or haven::read_sav in R";

const converters: Readonly<Record<string, string>> = {
  ".sav": spss,
  ".zsav": spss,
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
